"""JSON Schemas of `site.yaml`, the desk and YAML lists, with which editors complete keys and mark mistakes."""

from collections.abc import Mapping

from pydantic.json_schema import JsonSchemaValue

from site_builder.config.settings import Settings
from site_builder.model.raw_paper import FIELDS, RawField, Shape
from site_builder.sources.content.desk import EDITION_KEYS, GROUPS, PAPER_KEYS
from site_builder.sources.fields.paper_fields import LINK_KINDS, NOT_FOR_PEOPLE, SYNONYMS
from site_builder.sources.formats.yaml_list import DEFAULTS

DRAFT = "https://json-schema.org/draft/2020-12/schema"

# Editors parse the id 2401.10000 as a number, the program does not. A key without a value counts as absent.
_TEXT = {"type": ["string", "number", "null"]}
_COUNT = {"type": ["integer", "string", "null"]}
_FLAG = {"type": ["boolean", "integer", "string"]}
_LIST = {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
_LINKS = {"type": ["object", "null"], "additionalProperties": {"type": "string"}}
_PERSON = {"type": "object", "additionalProperties": {"type": "string"}}
_SHAPES: Mapping[Shape, Mapping[str, object]] = {
    "text": _TEXT,
    "list": _LIST,
    "count": _COUNT,
    "links": _LINKS,
    "flag": _FLAG,
    "people": {"anyOf": [{"type": "array", "items": {"anyOf": [_TEXT, _PERSON]}}, _TEXT]},
}


def site_schema() -> dict[str, object]:
    """Return the schema of `site.yaml`."""
    schema = Settings.model_json_schema()
    sections = {name: _with_empty_keys(section) for name, section in schema["$defs"].items()}
    whole = {**_with_empty_keys(_without_defaults_of_sections(schema)), "$defs": sections}
    return {"$schema": DRAFT, **whole, "title": "Settings of a Broadsheet site"}


def list_schema() -> dict[str, object]:
    """Return the schema of a YAML list: papers alone, or below `papers:` with defaults for all of them."""
    properties: dict[str, dict[str, object]] = {
        name: _schema_of(field) for name, field in FIELDS.items() if name not in NOT_FOR_PEOPLE
    }
    for name in LINK_KINDS:
        properties.setdefault(name, {"type": "string", "description": f"address: {name}"})
    for name, field in SYNONYMS.items():
        properties.setdefault(name, {**properties[field], "description": f"the same as {field}"})
    properties["editor_note"] = {**_TEXT, "description": "the same as note"}
    properties["subtitle"] = {**_TEXT, "description": "text: follows the title"}
    paper = {"type": "object", "properties": properties, "additionalProperties": False}
    papers = {"type": ["array", "null"], "items": {"anyOf": [{"$ref": "#/$defs/paper"}, _TEXT]}}
    shared = {name: {**properties[name], "description": f"for all papers: {FIELDS[name].meaning}"} for name in DEFAULTS}
    own = {name: {**_TEXT, "description": f"{name} of the list"} for name in ("title", "published")}
    whole = {
        "type": "object",
        "properties": {**own, **shared, "papers": papers},
        "required": ["papers"],
        "additionalProperties": False,
    }
    return {
        "$schema": DRAFT,
        "title": "A list of papers",
        "$defs": {"paper": paper},
        "anyOf": [whole, papers, {"$ref": "#/$defs/paper"}],
    }


def desk_schema() -> dict[str, object]:
    """Return the schema of `desk.yaml`: the editor's input on papers by id, and on days, weeks and months."""
    fields = {key: _schema_of(FIELDS[name]) for key, name in PAPER_KEYS.items()}
    paper = {"anyOf": [_object(fields), {"type": "string", "pattern": r"^(hold|hide|lead)\b"}]}
    edition = _object({key: _LIST if key == "order" else _TEXT for key in EDITION_KEYS})
    groups = {name: _entries(paper if name == "papers" else edition) for name in GROUPS}
    return {"$schema": DRAFT, **_object(groups), "title": "The editor's desk"}


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _entries(entry: Mapping[str, object]) -> dict[str, object]:
    """Return the schema of named entries; an empty group is null."""
    return {"type": ["object", "null"], "additionalProperties": entry}


def _schema_of(field: RawField) -> dict[str, object]:
    return {**_SHAPES[field.shape], "description": field.meaning}


def _with_empty_keys(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Let every key of an object have no value, and a text without a pattern be a number."""
    properties = {name: _or_empty(field) for name, field in schema.get("properties", {}).items()}
    return {**schema, "properties": properties} if properties else schema


def _or_empty(field: JsonSchemaValue) -> JsonSchemaValue:
    if "type" not in field or "enum" in field:
        about: JsonSchemaValue = {key: field[key] for key in ("description", "default") if key in field}
        value = {key: value for key, value in field.items() if key not in about}
        return {**about, "anyOf": [value, {"type": "null"}]}
    if "patternProperties" in field:
        patterns = {pattern: _or_empty(value) for pattern, value in field["patternProperties"].items()}
        field = {**field, "patternProperties": patterns}
    is_free = field["type"] == "string" and "pattern" not in field
    return {**field, "type": [field["type"], *(["number"] if is_free else []), "null"]}


def _without_defaults_of_sections(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Remove the defaults of whole sections, since each of their keys has its own."""
    properties = {
        name: {key: value for key, value in field.items() if key != "default" or not isinstance(value, dict)}
        for name, field in schema["properties"].items()
    }
    return {**schema, "properties": properties}
