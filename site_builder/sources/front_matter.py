"""Front matter: YAML between two lines of `---` at the top of a Markdown file."""

from typing import Any

from site_builder.sources.yaml_text import LineDict, YamlError, load_yaml


def split_front_matter(text: str) -> tuple[LineDict, str, int]:
    """Return (front matter, Markdown below it, 1-based line that begins at); the front matter is empty without one.

    Raises YamlError when the front matter is broken, is not closed, or holds no mapping.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return LineDict(1), text, 1
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        raise YamlError("the front matter has no closing line of `---`", 1)
    values: Any = load_yaml("\n".join(lines[1:end]), first_line=2) or LineDict(1)
    if not isinstance(values, LineDict):
        raise YamlError("the front matter holds no `key: value` lines", 2)
    return values, "\n".join(lines[end + 1 :]), end + 2


def has_front_matter(head: str) -> bool:
    return head.startswith("---") and head.split("\n", 1)[0].rstrip() == "---"
