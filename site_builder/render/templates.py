"""The template environment of a theme, and errors for authors of broken templates."""

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
from site_builder.render.text import escaped
from site_builder.render.words import filters_of, functions_of, lookups
from site_builder.volumes.cache import Cache

ENDINGS = ("html", "xml", "txt")  # of templates; assets of a theme have others


class Templates(Environment):
    """A Jinja2 environment tuned for filling templates thousands of times; the language is the same."""

    def __init__(self, folders: Sequence[Path], words: Words = ENGLISH, cache: Cache | None = None) -> None:
        """Load templates from folders, of which the first that has a template wins; escape all values.

        cache: has the compiled templates of earlier builds.
        """
        super().__init__(
            loader=FileSystemLoader(folders),
            autoescape=True,
            finalize=escaped,
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
        """Load the templates of some folders before processes are forked.

        folders: those whose templates use the filters and functions of this environment; "" is the theme's root.
        """
        for name in (name for name in self.list_templates(ENDINGS) if name.rpartition("/")[0] in folders):
            with suppress(TemplateError, UnicodeError):  # reported when a page uses it
                self.get_template(name)

    def fill(self, name: str, shared: dict[str, object], values: dict[str, object]) -> str:
        """Fill a template with values that many pages share, including the globals, and with values of its own."""
        try:
            return self._filled(name, shared, values)
        except Exception:
            self.handle_exception()

    def include(self, name: str, context: Context, own: dict[str, object]) -> str:
        """Fill an included template with the values of the including one; `own` are local values of a block."""
        given = {key: value for key, value in own.items() if value is not missing}
        return self._filled(name, context.parent, {**context.vars, **given})

    def _filled(self, name: str, shared: dict[str, object], values: dict[str, object]) -> str:
        template = self.get_template(name)
        context = Context(self, shared, name, template.blocks)
        context.vars.update(values)
        return "".join(template.root_render_func(context))


class _Compiled(BytecodeCache):
    """Keeps compiled templates between builds. Their code is executed, so the cache must be trusted."""

    def __init__(self, cache: Cache, words: Words) -> None:
        self._cache = cache
        self._language = words.language  # filters of constants run when a template is compiled

    def load_bytecode(self, bucket: Bucket) -> None:
        compiled = self._cache.recall(self._cache_key(bucket), lambda: None)
        if compiled is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._cache.recall(self._cache_key(bucket), bucket.bytecode_to_string)

    def _cache_key(self, bucket: Bucket) -> tuple[str, ...]:
        return "template", self._language, bucket.key, bucket.checksum


class _Code(CodeGenerator):
    """Leaves escaping to `finalize`, so that each value is handled once, and makes direct calls of functions."""

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja2's name
        """Write a plain call. Jinja2 checks for each function whether it takes the context; none of ours does."""
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
        """Write an include as one call; Jinja2's looks the template up, copies the context and yields each piece."""
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
    """Return an error for the template's author, with the template and line."""
    path, line = _place(error, folders) or (template, None)
    what = f"{error.name} is in no theme" if isinstance(error, TemplateNotFound) else str(error)
    return BuildError("a template is broken, nothing was written:", [Problem(path, line, what, "")])


def _place(error: Exception, folders: Sequence[Path]) -> tuple[str, int] | None:
    """Return the innermost template and line of an error, as `templates/<theme>/…`; None if no template is involved."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    for filename, line in reversed(frames):
        for folder in folders:
            if Path(filename).is_relative_to(folder):
                return Path(filename).relative_to(folder.parent.parent).as_posix(), line
    return None
