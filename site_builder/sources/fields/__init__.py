"""What the fields of a paper are called and how their values are written, whatever the format."""
