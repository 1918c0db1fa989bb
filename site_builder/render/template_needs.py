"""What a template depends on: its source, the templates it fills, and the files of the site it asks for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment, TemplateError, TemplateNotFound, meta, nodes

from site_builder.fingerprint import fingerprint_of_all
from site_builder.volumes.cache import Cache

# Name of a function → the templates that it fills.
Fillings = Mapping[str, Sequence[str]]


# Functions that return the path of a file next to the page given to them.
FUNCTIONS_NEXT_TO_PAGE = frozenset({"beside", "card_path"})


@dataclass(frozen=True, slots=True)
class Needs:
    """What pages of one template depend on besides their data.

    digest: of the sources of all templates involved. names: every name they read.
    checked_paths: addresses whose existence they check. has_checks_next_to_page: whether they check for files next to a
    page. has_unknown_checks: whether they check addresses that are only known when rendering.
    """

    digest: str
    names: frozenset[str]
    checked_paths: tuple[str, ...]
    has_checks_next_to_page: bool
    has_unknown_checks: bool


@dataclass(frozen=True, slots=True)
class _TemplateSource:
    """A parsed template; `questions` is the number of its calls of `exists`.

    fills: templates it includes or extends, None for one known only when rendering. fixed: constant addresses it
    checks. next to: number of checks for files next to its page. beside_path: the same for the variable `path`.
    has_own_paths: whether `path` is only ever set to the page or to the first page of its term.
    """

    text: str
    fills: frozenset[str | None]
    names: frozenset[str]
    questions: int
    fixed: tuple[str, ...]
    beside: int
    beside_path: int
    has_own_paths: bool


class TemplateNeeds:
    """Finds the dependencies of the templates in one environment; each is parsed once."""

    def __init__(self, templates: Environment, fillings: Fillings, cache: Cache) -> None:
        """cache: has the results of earlier builds."""
        self._templates = templates
        self._fillings = fillings
        self._cache = cache
        self._sources: dict[str, _TemplateSource | None] = {}
        self._needs: dict[tuple[str, ...], Needs] = {}

    def of(self, *names: str) -> Needs:
        """Return the combined needs of templates. A missing or broken template counts as empty."""
        if names not in self._needs:
            self._needs[names] = self._gather(names)
        return self._needs[names]

    def _gather(self, names: Sequence[str]) -> Needs:
        taken: dict[str, _TemplateSource] = {}
        pending = list(names)
        while pending:
            name = pending.pop()
            source = self._read(name)
            if source and name not in taken:
                taken[name] = source
                pending += self._filled_by(source)
        sources = taken.values()
        fixed = [address for source in sources for address in source.fixed]
        beside = sum(source.beside for source in sources)
        if all(source.has_own_paths for source in sources):
            beside += sum(source.beside_path for source in sources)
        return Needs(
            digest=fingerprint_of_all(part for name in sorted(taken) for part in (name, taken[name].text)),
            names=frozenset().union(*(source.names for source in sources)),
            checked_paths=tuple(sorted(set(fixed))),
            has_checks_next_to_page=beside > 0,
            has_unknown_checks=beside + len(fixed) < sum(source.questions for source in sources),
        )

    def _filled_by(self, source: _TemplateSource) -> Iterator[str]:
        for name, templates in self._fillings.items():
            if name in source.names:
                yield from templates
        if None in source.fills:
            yield from self._templates.list_templates()
        yield from (name for name in source.fills if name is not None)

    def _fixed(self, question: nodes.Node) -> str | None:
        """Return the address if it is a literal, or a call of a known function with literal arguments, else None."""
        if isinstance(question, nodes.Const):
            return str(question.value)
        if isinstance(question, nodes.Call) and isinstance(question.node, nodes.Name) and not question.kwargs:
            values = [value.value for value in question.args if isinstance(value, nodes.Const)]
            function = self._templates.globals.get(question.node.name)
            if len(values) == len(question.args) and callable(function):
                return str(function(*values))
        return None

    def _subject(self, question: nodes.Node) -> nodes.Node | None:
        """Return the page argument of a check for a file next to a page; None for any other check."""
        if not (isinstance(question, nodes.Call) and isinstance(question.node, nodes.Name)):
            return None
        return question.args[0] if question.node.name in FUNCTIONS_NEXT_TO_PAGE and question.args else None

    @cached_property
    def _own_paths(self) -> list[nodes.Node]:
        sources = ("page.path", "term_path(term.taxonomy, term.slug)")
        parsed = [self._templates.parse(f"{{% set path = {source} %}}") for source in sources]
        return [node.node for template in parsed for node in template.find_all(nodes.Assign)]

    def _read(self, name: str) -> _TemplateSource | None:
        if name not in self._sources:
            self._sources[name] = self._parse(name)
        return self._sources[name]

    def _parse(self, name: str) -> _TemplateSource | None:
        try:
            text = self._templates.loader.get_source(self._templates, name)[0] if self._templates.loader else ""
        except TemplateNotFound:
            return None
        cache_key = ("what a template needs", tuple(self._templates.globals), text)
        return self._cache.recall(cache_key, lambda: self._source(text))

    def _source(self, text: str) -> _TemplateSource | None:
        try:
            tree = self._templates.parse(text)
        except TemplateError:
            return None
        calls = [call for call in tree.find_all(nodes.Call) if call.node == nodes.Name("exists", "load")]
        questions = [call.args[0] for call in calls if call.args]
        subjects = [subject for question in questions if (subject := self._subject(question)) is not None]
        paths = [node.node for node in tree.find_all(nodes.Assign) if node.target == nodes.Name("path", "store")]
        return _TemplateSource(
            text=text,
            fills=frozenset(meta.find_referenced_templates(tree)),
            names=frozenset(node.name for node in tree.find_all(nodes.Name)),
            questions=len(questions),
            fixed=tuple(address for question in questions if (address := self._fixed(question)) is not None),
            beside=sum(subject in self._own_paths for subject in subjects),
            beside_path=sum(subject == nodes.Name("path", "load") for subject in subjects),
            has_own_paths=all(path in self._own_paths for path in paths),
        )
