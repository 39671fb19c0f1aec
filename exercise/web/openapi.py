"""The HTTP interface for programs, its commands from the domain's own types."""

from functools import cache
from typing import Any, TypeAlias

from exercise.domain.commands import WIRE_TYPES
from exercise.web.wire import adapter

Schema: TypeAlias = dict[str, Any]

REF = "#/components/schemas/{model}"
TEXT: Schema = {"type": "string"}
UUID: Schema = {"type": "string", "format": "uuid"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
EXERCISE: Schema = {"name": "exercise", "in": "path", "required": True, "schema": TEXT}


def command_schema(kind: str) -> Schema:
    """Return the JSON Schema of a type of command, with its envelope's id."""
    schema = adapter(kind).json_schema(ref_template=REF, by_alias=True)
    definitions = schema.pop("$defs", {})
    found: Schema = next(
        (one for name, one in definitions.items() if _is(one, kind)), schema
    )
    properties = {"id": UUID, **found.get("properties", {})}
    properties["type"] = {"const": kind, "type": "string"}
    required = [
        "id",
        "type",
        *(one for one in found.get("required", ()) if one != "type"),
    ]
    return {**found, "properties": properties, "required": required}


def _is(schema: Schema, kind: str) -> bool:
    told: Schema = schema.get("properties", {}).get("type", {})
    return told.get("const") == kind


@cache
def description() -> Schema:
    """Return the OpenAPI description."""
    commands = {f"command.{kind}": command_schema(kind) for kind in WIRE_TYPES}
    commands["command.draft"] = _object(
        {
            "id": UUID,
            "type": {"const": "draft"},
            "key": TEXT,
            "text": TEXT,
            "how": {"enum": ["", "take", "restore"]},
        },
        "id",
        "type",
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Détente", "version": "1"},
        "servers": [{"url": "/api/v1"}],
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "detente"},
            },
            "schemas": {**commands, **_answers()},
        },
        "security": [{"token": []}, {"session": []}],
        "paths": _paths(list(commands)),
    }


def _object(properties: Schema, *required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _answers() -> Schema:
    maybe_text = {"type": ["string", "null"]}
    maybe_number = {"type": ["integer", "null"]}
    author = _object(dict.fromkeys(("member", "delegation", "seat", "name"), TEXT))
    return {
        "ack": {
            "type": "object",
            "properties": {
                "ok": {"const": True},
                "id": maybe_text,
                "position": maybe_number,
                "audience": maybe_text,
                "at_ms": NUMBER,
                "duplicate": {"type": "boolean"},
                "link": TEXT,
                "draft": {"type": "object"},
            },
            "required": ["ok", "id", "position", "audience", "at_ms"],
        },
        "refusal": {
            "type": "object",
            "properties": {
                "ok": {"const": False},
                "code": TEXT,
                "message": TEXT,
                "field": TEXT,
                "retry_after": NUMBER,
            },
            "required": ["ok", "code", "message"],
        },
        "entry": _object(
            {
                "id": TEXT,
                "position": NUMBER,
                "at_ms": NUMBER,
                "wall": TEXT,
                "kind": TEXT,
                "author": author,
                "audience": TEXT,
                "body": {"type": ["object", "null"]},
                "html": TEXT,
            },
            "id",
            "position",
            "at_ms",
            "wall",
            "kind",
            "author",
            "audience",
            "body",
            "html",
        ),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: Schema, what: str = "Done") -> Schema:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _refusals(*statuses: int) -> Schema:
    return {str(one): _json(_ref("refusal"), "Refused") for one in statuses}


def _paths(commands: list[str]) -> Schema:
    one_of = {"oneOf": [_ref(one) for one in commands]}
    entries = _object(
        {
            "epoch": TEXT,
            "entries": {"type": "array", "items": _ref("entry")},
            "head": NUMBER,
            "read": {"type": "object"},
        }
    )
    query = [
        {"name": name, "in": "query", "schema": schema}
        for name, schema in (
            ("audience", TEXT),
            ("after", NUMBER),
            ("before", NUMBER),
            ("limit", NUMBER),
        )
    ]
    return {
        "/join": {
            "post": {
                "security": [],
                "requestBody": _body(
                    _object(
                        {
                            "code": TEXT,
                            "name": TEXT,
                            "seat": {"type": ["string", "null"]},
                            "id": UUID,
                        },
                        "code",
                        "name",
                    )
                ),
                "responses": {
                    "200": _json({"type": "object"}),
                    **_refusals(403, 404, 409, 413, 422, 429, 503),
                },
            }
        },
        "/exercises": {
            "post": {
                "requestBody": _body(
                    _object(
                        {
                            **dict.fromkeys(("scenario", "title"), TEXT),
                            **dict.fromkeys(("starts_at", "plan_from"), TEXT),
                        },
                        "scenario",
                        "title",
                    )
                ),
                "responses": {
                    "201": _json({"type": "object"}),
                    **_refusals(400, 401, 403, 413, 422, 503),
                },
            }
        },
        "/exercises/{exercise}/commands": {
            "post": {
                "parameters": [EXERCISE],
                "requestBody": _body(one_of),
                "responses": {
                    "200": _json(_ref("ack")),
                    **_refusals(400, 401, 403, 404, 409, 413, 422, 429, 500, 503),
                },
            }
        },
        "/exercises/{exercise}/entries": {
            "get": {
                "parameters": [EXERCISE, *query],
                "responses": {"200": _json(entries), **_refusals(401, 403, 404, 422)},
            }
        },
        "/exercises/{exercise}/papers/{sha256}": {
            "get": {
                "parameters": [
                    EXERCISE,
                    {"name": "sha256", "in": "path", "required": True, "schema": TEXT},
                ],
                "responses": {
                    "200": {"description": "The file's bytes"},
                    **_refusals(401, 404),
                },
            }
        },
        **{
            f"/exercises/{{exercise}}/{what}": {
                "get": {
                    "parameters": [EXERCISE],
                    "responses": {
                        "200": {"description": "Done"},
                        **_refusals(401, 403, 404),
                    },
                }
            }
            for what in ("ratings/mine", "score", "record.jsonl")
        },
        "/exercises/{exercise}/report.{form}": {
            "get": {
                "parameters": [
                    EXERCISE,
                    {"name": "form", "in": "path", "required": True, "schema": TEXT},
                ],
                "responses": {
                    "200": {"description": "Done"},
                    **_refusals(401, 403, 404, 409),
                },
            }
        },
    }


def _body(schema: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}
