"""The templates of a theme, and what to tell its author when one is broken."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from keyword import iskeyword
from pathlib import Path
from traceback import walk_tb

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Const, Expr, Include
from jinja2.runtime import Context
from jinja2.utils import missing

from site_builder.languages import ENGLISH, Words
from site_builder.problems import BuildError, Problem
from site_builder.render.text import carried
from site_builder.render.words import filters_of, functions_of, lookups
from site_builder.volumes.cache import Cache

ENDINGS = ("html", "xml", "txt")  # of templates; the theme's assets have others


class Templates(Environment):
    """Templates that are filled by the thousand: the same language, with less done for each piece of a page."""

    def __init__(self, folders: Sequence[Path], words: Words = ENGLISH, cache: Cache | None = None) -> None:
        """Take templates from the folders, the first folder that has one wins; all text is escaped.

        cache: knows how an earlier build compiled them.
        """
        super().__init__(
            loader=FileSystemLoader(folders),
            autoescape=True,
            finalize=carried,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_Compiled(cache, words) if cache else None,
        )
        self.filters.update(filters_of(words))
        self.globals.update(lookups(words) | functions_of(words))

    def load_all(self, folders: Collection[str]) -> None:
        """Load the templates of some folders before processes share them.

        folders: those that hold templates of these filters and functions; "" is the theme's own.
        """
        for name in (name for name in self.list_templates(ENDINGS) if name.rpartition("/")[0] in folders):
            with suppress(TemplateError, UnicodeError):  # reported when a page uses it
                self.get_template(name)

    def fill(self, name: str, shared: dict[str, object], values: dict[str, object]) -> str:
        """Fill a template with what many pages share, the globals among it, and with values of its own."""
        try:
            return self._filled(name, shared, values)
        except Exception:
            self.handle_exception()

    def include(self, name: str, context: Context, own: dict[str, object]) -> str:
        """Fill a template in with the values of another, of which a block has values of its own."""
        given = {key: value for key, value in own.items() if value is not missing}
        return self._filled(name, context.parent, {**context.vars, **given})

    def _filled(self, name: str, shared: dict[str, object], values: dict[str, object]) -> str:
        template = self.get_template(name)
        context = Context(self, shared, name, template.blocks)
        context.vars.update(values)
        return "".join(template.root_render_func(context))


class _Compiled(BytecodeCache):
    """Keeps compiled templates from build to build. Their code is run, so the cache must know whose it is."""

    def __init__(self, cache: Cache, words: Words) -> None:
        self._cache = cache
        self._language = words.language  # constants are filtered when a template is compiled

    def load_bytecode(self, bucket: Bucket) -> None:
        compiled = self._cache.recall(self._cache_key(bucket), lambda: None)
        if compiled is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.recall(self._cache_key(bucket), bucket.bytecode_to_string)

    def _cache_key(self, bucket: Bucket) -> tuple[str, ...]:
        return "template", self._language, bucket.key, bucket.checksum


class _Code(CodeGenerator):
    """Leaves escaping to `finalize`, so that each piece of a page is looked at once, and calls functions at once."""

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja2's name
        """Jinja2 asks of each function whether it wants the context; none of ours does."""
        values = [*node.args, *node.kwargs]
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(value.key) for value in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        for number, value in enumerate(values):
            self.write(", " if number else "(")
            self.visit(value, frame)
        self.write(")" if values else "()")

    def visit_Include(self, node: Include, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Jinja2 would look the template up anew, copy all that its values are resolved in, and pass on each piece."""
        if node.ignore_missing or not node.with_context or not isinstance(node.template, Const):
            super().visit_Include(node, frame)
            return
        own = self.dump_local_context(frame)
        self.writeline(f"included = environment.include({node.template.value!r}, context, {own})", node)
        self.simple_write("included", frame)

    def _output_child_pre(self, node: Expr, frame: object, finalize: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, node: Expr, frame: object, finalize: object) -> None:
        self.write(")")


Templates.code_generator_class = _Code


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
