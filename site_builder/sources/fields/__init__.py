"""The names of a paper's fields and the notation of their values, independent of the format."""
