"""JSON, YAML, XML, HTML and Python literals as text: their values, each with its line, and what is damaged."""
