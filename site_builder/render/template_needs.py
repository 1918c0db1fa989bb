"""What a template is made of: itself, the templates it fills in, and what it asks of the whole site."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from jinja2 import Environment, TemplateError, TemplateNotFound, meta, nodes

# Functions that fill in another template, by the name of the function.
Fillings = Mapping[str, Sequence[str]]


# Functions that name a file beside the page they are given.
FUNCTIONS_BESIDE = frozenset({"beside", "card_path"})


@dataclass(frozen=True, slots=True)
class Needs:
    """What pages of one template depend on besides their data.

    digest: of the sources of all templates that take part; names: every name they read.
    asked: addresses whose existence they ask for; is_asking_beside: whether they ask for files beside a page;
    is_asking_any: whether they ask for addresses that only rendering tells.
    """

    digest: str
    names: frozenset[str]
    asked: tuple[str, ...]
    is_asking_beside: bool
    is_asking_any: bool


@dataclass(frozen=True, slots=True)
class _Source:
    text: str
    fills: frozenset[str | None]
    names: frozenset[str]
    questions: tuple[nodes.Node, ...]
    paths: tuple[nodes.Node, ...]


class TemplateNeeds:
    """Finds out what templates of one environment need, each once."""

    def __init__(self, templates: Environment, fillings: Fillings) -> None:
        self._templates = templates
        self._fillings = fillings
        self._sources: dict[str, _Source | None] = {}
        self._needs: dict[tuple[str, ...], Needs] = {}

    def of(self, *names: str) -> Needs:
        """Return what the templates need together. A template that is missing or broken is as if it were empty."""
        if names not in self._needs:
            self._needs[names] = self._gather(names)
        return self._needs[names]

    def _gather(self, names: Sequence[str]) -> Needs:
        taken: dict[str, _Source] = {}
        pending = list(names)
        while pending:
            name = pending.pop()
            source = self._read(name)
            if source and name not in taken:
                taken[name] = source
                pending += self._filled_by(source)
        digest = blake2b(digest_size=16)
        for name in sorted(taken):
            digest.update(f"{name}\0{taken[name].text}\0".encode("utf-8", "surrogatepass"))
        questions = [question for source in taken.values() for question in source.questions]
        paths = [path for source in taken.values() for path in source.paths]
        fixed = [address for question in questions if (address := self._fixed(question)) is not None]
        beside = [question for question in questions if self._is_beside(question, paths)]
        return Needs(
            digest=digest.hexdigest(),
            names=frozenset().union(*(source.names for source in taken.values())),
            asked=tuple(sorted(set(fixed))),
            is_asking_beside=bool(beside),
            is_asking_any=len(beside) + len(fixed) < len(questions),
        )

    def _filled_by(self, source: _Source) -> Iterator[str]:
        for name, templates in self._fillings.items():
            if name in source.names:
                yield from templates
        if None in source.fills:
            yield from self._templates.list_templates()
        yield from (name for name in source.fills if name is not None)

    def _fixed(self, question: nodes.Node) -> str | None:
        """Return an address that is written in the template, or that a function makes of nothing or of constants."""
        if isinstance(question, nodes.Const):
            return str(question.value)
        if isinstance(question, nodes.Call) and isinstance(question.node, nodes.Name) and not question.kwargs:
            values = [value.value for value in question.args if isinstance(value, nodes.Const)]
            function = self._templates.globals.get(question.node.name)
            if len(values) == len(question.args) and callable(function):
                return str(function(*values))
        return None

    def _is_beside(self, question: nodes.Node, paths: Sequence[nodes.Node]) -> bool:
        """Tell whether a template asks for a file beside its page, or beside the first page of its term."""
        if not (isinstance(question, nodes.Call) and isinstance(question.node, nodes.Name)):
            return False
        if question.node.name not in FUNCTIONS_BESIDE or not question.args:
            return False
        known = self._own_paths
        return question.args[0] in known or (
            question.args[0] == nodes.Name("path", "load") and all(path in known for path in paths)
        )

    @cached_property
    def _own_paths(self) -> list[nodes.Node]:
        sources = ("page.path", "term_path(term.taxonomy, term.slug)")
        parsed = [self._templates.parse(f"{{% set path = {source} %}}") for source in sources]
        return [node.node for template in parsed for node in template.find_all(nodes.Assign)]

    def _read(self, name: str) -> _Source | None:
        if name not in self._sources:
            self._sources[name] = self._parse(name)
        return self._sources[name]

    def _parse(self, name: str) -> _Source | None:
        try:
            text = self._templates.loader.get_source(self._templates, name)[0] if self._templates.loader else ""
            tree = self._templates.parse(text)
        except (TemplateNotFound, TemplateError):
            return None
        calls = [call for call in tree.find_all(nodes.Call) if call.node == nodes.Name("exists", "load")]
        assigned = [node for node in tree.find_all(nodes.Assign) if node.target == nodes.Name("path", "store")]
        return _Source(
            text=text,
            fills=frozenset(meta.find_referenced_templates(tree)),
            names=frozenset(node.name for node in tree.find_all(nodes.Name)),
            questions=tuple(call.args[0] for call in calls if call.args),
            paths=tuple(node.node for node in assigned),
        )
