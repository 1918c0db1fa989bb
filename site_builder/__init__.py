"""Turn paper lists into a website, feeds and mail."""

__version__ = "0.1.0"
