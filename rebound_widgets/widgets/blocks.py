"""Blocks of text as plain mappings, checked before they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

_ACTION_FIELDS = frozenset(
    {"id", "label", "kind", "href", "download", "copy", "about", "disabled", "confirm", "focus"}
)
_CONFIRM_FIELDS = frozenset({"title", "text", "yes", "no"})
STATES = ("saved", "saving", "offline", "refused")
_PART_FIELDS = frozenset({"text", "href", "strong", "tone"})

BLOCKS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        kind: (frozenset(needed), frozenset(allowed))
        for kind, needed, allowed in (
            ("heading", {"text"}, {"level", "id"}),
            ("paragraph", {"text"}, {"tone"}),
            ("list", {"items"}, {"ordered"}),
            ("entries", {"items"}, set[str]()),
            ("facts", {"items"}, set[str]()),
            ("quote", {"text"}, {"cite"}),
            ("notice", {"text"}, {"title", "tone", "actions"}),
            ("empty", {"text"}, {"title", "actions"}),
            ("letter", {"subject", "text"}, {"none", "note", "actions"}),
            ("status", {"text", "state"}, set[str]()),
            ("table", {"columns", "rows"}, {"caption", "numeric"}),
            ("more", {"summary", "blocks"}, set[str]()),
            ("card", {"blocks"}, {"next"}),
            ("actions", {"items"}, set[str]()),
        )
    }
)
"""Each kind of block with the fields it needs and those it may have besides."""


def accept_blocks(blocks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """``blocks`` as plain JSON.

    Raises:
        ValueError: an unknown kind, a field missing or unknown; it names the block by its place, from 1.
        TypeError: a block that is no mapping, or a text that is neither words nor parts.
    """
    return [_accept_block(block, place) for place, block in enumerate(blocks, start=1)]


def accept_actions(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Buttons and links as plain JSON; each needs an ``id`` of its own and a ``label``.

    Raises:
        ValueError: a field missing or unknown, or the same id twice.
    """
    accepted = [
        _accept_fields(item, f"action {place}", frozenset({"id", "label"}), _ACTION_FIELDS)
        for place, item in enumerate(items, start=1)
    ]
    for item in accepted:
        if "confirm" in item:
            needed = _CONFIRM_FIELDS - {"text"}
            item["confirm"] = _accept_fields(
                item["confirm"], f"what {item['id']!r} asks first", needed, _CONFIRM_FIELDS
            )
    ids = [item["id"] for item in accepted]
    if len(set(ids)) != len(ids):
        raise ValueError(f"Actions need an id of their own each; these share one: {', '.join(map(str, ids))}")
    return accepted


def _accept_block(block: Mapping[str, Any], place: int) -> dict[str, Any]:
    kind = block.get("kind")
    if kind not in BLOCKS:
        raise ValueError(f"Block {place} has the kind {kind!r}; known are {', '.join(BLOCKS)}")
    needed, allowed = BLOCKS[str(kind)]
    accepted = _accept_fields(block, f"block {place} ({kind})", needed, needed | allowed | {"kind"})
    if "blocks" in accepted:
        accepted["blocks"] = accept_blocks(accepted["blocks"])
    if kind == "actions":
        accepted["items"] = accept_actions(accepted["items"])
    if "actions" in accepted:
        accepted["actions"] = accept_actions(accepted["actions"])
    if "text" in accepted:
        accepted["text"] = _accept_text(accepted["text"], f"block {place} ({kind})")
    if kind == "status" and accepted["state"] not in STATES:
        raise ValueError(f"A status is one of {', '.join(STATES)}; block {place} has {accepted['state']!r}")
    if kind == "list":
        accepted["items"] = [_accept_text(item, f"block {place} (list)") for item in accepted["items"]]
    if kind in ("entries", "facts"):
        accepted["items"] = [_accept_item(item, str(kind), place) for item in accepted["items"]]
    return accepted


def _accept_item(item: Mapping[str, Any], kind: str, place: int) -> dict[str, Any]:
    what = f"an item of block {place} ({kind})"
    if kind == "facts":
        accepted = _accept_fields(item, what, frozenset({"term", "text"}), frozenset({"term", "text"}))
    else:
        fields = frozenset({"text", "aside", "due", "actions"})
        accepted = _accept_fields(item, what, frozenset({"text"}), fields)
    accepted["text"] = _accept_text(accepted["text"], what)
    if "actions" in accepted:
        accepted["actions"] = accept_actions(accepted["actions"])
    return accepted


def _accept_text(text: Any, what: str) -> str | list[Any]:
    """A string, or a list of strings and of mappings with ``text``."""
    if isinstance(text, str):
        return text
    if not isinstance(text, Iterable) or isinstance(text, Mapping):
        raise TypeError(f"The text of {what} is a string or a list of parts, not {type(text).__name__}")
    return [
        part
        if isinstance(part, str)
        else _accept_fields(part, f"a part of {what}", frozenset({"text"}), _PART_FIELDS)
        for part in text
    ]


def _accept_fields(given: Any, what: str, needed: frozenset[str], allowed: frozenset[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise TypeError(f"{what[0].upper()}{what[1:]} is a mapping, not {type(given).__name__}")
    missing, unknown = needed - set(given), set(given) - allowed
    if missing:
        raise ValueError(f"{what[0].upper()}{what[1:]} lacks {', '.join(sorted(missing))}")
    if unknown:
        raise ValueError(
            f"{what[0].upper()}{what[1:]} has {', '.join(sorted(map(str, unknown)))}; "
            f"it takes {', '.join(sorted(allowed))}"
        )
    return {key: value for key, value in given.items() if value is not None}
