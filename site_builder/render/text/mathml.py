"""Parse the converter's MathML against an allow-list into a tree; only what is in the tree is written."""

import re
from dataclasses import dataclass, field

from markupsafe import escape

from site_builder.render.text.bounds import MAX_MATHML_NESTING

_LENGTH = r"-?\d(?:\.\d+)?em|0"  # below 10 em, so that nothing covers other text
_BOOLEAN = "true|false"
_SPACING = {"lspace": _LENGTH, "rspace": _LENGTH, "minsize": _LENGTH, "maxsize": _LENGTH}
_STYLE = {"displaystyle": _BOOLEAN, "scriptlevel": "[0-2]"}

# Element → its attributes → pattern of their whole value. Anything else makes the formula fail.
ELEMENTS: dict[str, dict[str, str]] = {
    "math": {"display": "block|inline"},
    "mi": {"mathvariant": "normal"},
    "mn": {},
    "mo": {"form": "prefix|infix|postfix", "stretchy": _BOOLEAN, "movablelimits": _BOOLEAN, **_SPACING},
    "mtext": {},
    "mspace": {"width": _LENGTH},
    "mrow": _STYLE,
    "mstyle": _STYLE,
    "mpadded": {"width": _LENGTH, "height": _LENGTH, "voffset": _LENGTH},
    "mphantom": {},
    "mfrac": {"linethickness": "0", "displaystyle": _BOOLEAN},
    "msqrt": {},
    "mroot": {},
    "msub": {},
    "msup": {},
    "msubsup": {},
    "munder": {"accentunder": _BOOLEAN},
    "mover": {"accent": _BOOLEAN},
    "munderover": {"accent": _BOOLEAN, "accentunder": _BOOLEAN},
    "mmultiscripts": {},
    "mprescripts": {},
    "mtable": _STYLE,
    "mtr": {},
    "mtd": {},
    "b": {},
    "i": {},
    "em": {},
    "code": {},
    "span": {},
}
_WORDING = frozenset({"b", "i", "em", "code", "span"})  # HTML, inside mtext only
_DROPPED = frozenset({"style", "class"})  # the pages' policy forbids inline style
_VOID = frozenset({"mspace", "mprescripts"})
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "#39": "'", "ApplyFunction": "\u2061"}

_TOKEN = re.compile(r'<(/?)([a-z]+)((?: [a-z]+="[^"<>&]*")*) ?(/?)>|&([#0-9A-Za-z]{1,20});|([^<>&]+)')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


class MathmlError(ValueError):
    """Raised for markup that is not on the allow-list."""


@dataclass(slots=True)
class Element:
    """An element with its allowed attributes."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)


def read_mathml(markup: str) -> Element:
    """Parse one `<math>` element. Raises MathmlError for anything that is not on the allow-list."""
    document = Element("")
    open_elements = [document]
    position = 0
    while token := _TOKEN.match(markup, position):
        position = token.end()
        closes, name, attributes, closes_itself, entity, text = token.groups()
        if name and closes:
            if open_elements.pop().name != name:
                raise MathmlError(f"</{name}> closes nothing")
        elif name:
            element = Element(name, _checked(name, attributes, open_elements[-1].name))
            open_elements[-1].children.append(element)
            if not closes_itself:
                open_elements.append(element)
        else:
            open_elements[-1].children.append(text or _character(entity))
        if not 0 < len(open_elements) <= MAX_MATHML_NESTING:
            raise MathmlError("nested too deep")
    match document.children:
        case [Element("math") as math] if position == len(markup) and len(open_elements) == 1:
            return math
    raise MathmlError("not one whole formula")


def write_mathml(element: Element) -> str:
    """Return the element as HTML that is also well-formed XML."""
    inner = "".join(str(escape(child)) if isinstance(child, str) else write_mathml(child) for child in element.children)
    if element.name == "span":
        return inner
    attributes = "".join(f' {name}="{value}"' for name, value in element.attributes.items())
    if element.name in _VOID and not inner:
        return f"<{element.name}{attributes}/>"
    return f"<{element.name}{attributes}>{inner}</{element.name}>"


def _checked(name: str, attributes: str, parent: str) -> dict[str, str]:
    allowed = ELEMENTS.get(name)
    is_wording = name in _WORDING
    if allowed is None or (name == "math") != (parent == "") or is_wording != (parent in _WORDING or parent == "mtext"):
        raise MathmlError(f"<{name}> in <{parent}>")
    shown = {}
    for attribute, value in _ATTRIBUTE.findall(attributes):
        if attribute in _DROPPED:
            continue
        if attribute not in allowed or not re.fullmatch(allowed[attribute], value):
            raise MathmlError(f"{attribute}={value!r} in <{name}>")
        shown[attribute] = value
    return shown


def _character(entity: str) -> str:
    if entity not in _ENTITIES:
        raise MathmlError(f"&{entity};")
    return _ENTITIES[entity]
