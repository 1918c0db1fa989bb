"""The values that pass from step to step."""
