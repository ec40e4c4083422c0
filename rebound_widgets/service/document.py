"""The OpenAPI document, made from the operations."""

from __future__ import annotations

from typing import Any

from .operations import OPERATIONS, Operation
from .schemas import ERROR, ID

_REFUSALS = {
    "401": "The token is none of the hub's, or opens nothing here.",
    "403": "The token does not allow that, or the person has not agreed.",
    "404": "There is nothing there for whoever asks.",
    "409": "Something else is kept under that id, or it was taken back.",
    "413": "Too large.",
    "415": "Not JSON.",
    "422": "What was sent is not as it should be.",
    "429": "Too often; try again in a moment.",
    "503": "The hub or the database does not answer. Nothing was written; send the same again.",
}


def document() -> dict[str, Any]:
    """The document, without the address of any server."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _told(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rebound's desk service",
            "version": "1",
            "description": "What people shared, kept for one counsellor each. Every write may be sent again: the id in "
            "its path is its key, and the same body under it changes nothing.",
        },
        "components": {
            "securitySchemes": {
                "hub": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "token, a blank, and a token of the hub",
                }
            },
            "schemas": {"Error": ERROR},
        },
        "security": [{"hub": []}],
        "paths": paths,
    }


def _told(operation: Operation) -> dict[str, Any]:
    answer = {"description": "Done.", "content": {"application/json": {"schema": operation.answer}}}
    codes = {"200": answer, **({"201": answer} if operation.makes else {})}
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    refusals = {code: {"description": words, "content": error} for code, words in _REFUSALS.items()}
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.about,
        "responses": {**codes, **refusals},
    }
    if operation.scope:
        told["description"] = f"Needs the scope `{operation.scope}`."
    if "{id}" in operation.path:
        told["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": ID}]
    if operation.body is not None:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
    return told
