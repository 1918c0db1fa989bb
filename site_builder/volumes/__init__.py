"""The engine: what earlier builds made, which volumes stay as they are, and the processes that make the others."""
