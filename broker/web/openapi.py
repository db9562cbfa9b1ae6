"""The API described for programs: OpenAPI 3.1 from the table of routes and the structs themselves.

Rules: nothing is described by hand that the code knows; only the API is described, pages are for people.
"""

import re
from collections.abc import Sequence
from typing import Any, get_args

import msgspec

from appliance.wire.choices import Action
from broker.web.errors import STATUS, ErrorBody
from broker.web.route import API, Route

REFERENCE = "#/components/schemas/{name}"
Schemas = dict[Any, dict[str, Any]]
"""By the type that a body, a reply or a query has."""
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_PLACES: dict[str, dict[str, Any]] = {
    "desk": {"type": "string", "description": "a desk, such as q01a"},
    "ticket": {"type": "string", "format": "uuid", "description": "a ticket's id"},
    "job": {"type": "string", "description": "the id of a report or a simulation"},
    "action": {"type": "string", "enum": list(get_args(Action))},
    "case": {"type": "string", "description": "a case of the integrity tests, such as q01a.bursts.2026-11-16"},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "a UUID; the same again gets the first answer and is not done twice",
    "schema": {"type": "string", "format": "uuid"},
}
_ERRORS: dict[str, tuple[int, ...]] = {
    "GET": (400, 401, 403, 404, 503),
    "POST": (400, 401, 403, 404, 409, 413, 415, 503),
}


def document(table: Sequence[Route]) -> dict[str, Any]:
    """The OpenAPI document of the API's rows in `table`."""
    routes = [route for route in table if route.rule.startswith(API)]
    replies = [route.reply for route in routes if route.reply is not None]
    types = [
        *(route.body for route in routes if route.body),
        *replies,
        *(r.query for r in routes if r.query),
        ErrorBody,
    ]
    # All in one call: two structs of one name are then called by their modules, wherever they are spoken of.
    found, components = msgspec.json.schema_components(types, ref_template=REFERENCE)
    schemas = dict(zip(types, found, strict=True))
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(_PLACE.sub(r"{\1}", route.rule), {})[route.method.lower()] = _operation(
            route, schemas, components
        )
    queries = {route.query.__name__ for route in routes if route.query}
    return {
        "openapi": "3.1.0",
        "info": {"title": "goiso", "version": "1", "description": "Numbers, calls and ratings of a service centre."},
        "paths": paths,
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {name: schema for name, schema in components.items() if name not in queries},
        },
    }


def _operation(route: Route, schemas: Schemas, components: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.purpose,
        "operationId": re.sub(r"\W+", "_", route.name).strip("_").lower(),
        "parameters": _parameters(route, components),
        "responses": _responses(route, schemas),
        "x-roles": sorted(route.roles) if route.roles is not None else ["everybody"],
    }
    if route.roles is None:
        operation["security"] = []
    if route.body is not None:
        operation["requestBody"] = {"content": {"application/json": {"schema": schemas[route.body]}}}
    return operation


def _parameters(route: Route, components: dict[str, Any]) -> list[dict[str, Any]]:
    found = [
        {"name": place, "in": "path", "required": True, "schema": _PLACES[place]}
        for place in _PLACE.findall(route.rule)
    ]
    if route.query is not None:
        fields = components[route.query.__name__]["properties"]
        found += [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in fields.items()]
    if route.method == "POST":
        found.append(_KEY)
    return found


def _responses(route: Route, schemas: Schemas) -> dict[str, Any]:
    errors = {status for status in STATUS.values() if status in _ERRORS[route.method]}
    responses: dict[str, Any] = {str(status): _content("refused", schemas[ErrorBody]) for status in sorted(errors)}
    if route.reply is None:
        responses[str(route.status)] = {"description": route.purpose, "content": {"text/event-stream": {}}}
    else:
        responses[str(route.status)] = _content(route.purpose, schemas[route.reply])
    return dict(sorted(responses.items()))


def _content(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
