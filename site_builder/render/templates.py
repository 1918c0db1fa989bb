"""The templates of a theme, and what to tell its author when one is broken."""

from collections.abc import Sequence
from pathlib import Path
from traceback import walk_tb
from typing import Any
from weakref import WeakSet

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError

from site_builder.papers.clean import strip_controls
from site_builder.problems import BuildError, Problem

_made: WeakSet[Environment] = WeakSet()


def environment(folders: Sequence[Path]) -> Environment:
    """Return the templates of the folders, the first folder that has one wins; all text is escaped."""
    templates = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        finalize=_carried,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    _made.add(templates)
    return templates


def forget_templates() -> None:
    """Let this process read templates anew, which it otherwise reads once."""
    for templates in _made:
        if templates.cache is not None:
            templates.cache.clear()


def _carried(value: Any) -> Any:
    """Return a value as an output may carry it: text from outside without control characters."""
    return strip_controls(value) if type(value) is str else value


def template_error(error: Exception, template: str, folders: Sequence[Path]) -> BuildError:
    """Return the error as the template's author needs it: where in which template."""
    path, line = _place(error, folders) or (template, None)
    what = f"{error.name} is in no theme" if isinstance(error, TemplateNotFound) else str(error)
    return BuildError("a template is broken, nothing was written:", [Problem(path, line, what, "")])


def _place(error: Exception, folders: Sequence[Path]) -> tuple[str, int] | None:
    """Return the innermost template and line of an error, as `templates/<theme>/…`."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    for filename, line in reversed(frames):
        for folder in folders:
            if Path(filename).is_relative_to(folder):
                return Path(filename).relative_to(folder.parent.parent).as_posix(), line
    return None
