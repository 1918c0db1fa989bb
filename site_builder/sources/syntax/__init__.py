"""Parsers for JSON, YAML, XML, HTML and Python literals that keep line numbers and report damage."""
