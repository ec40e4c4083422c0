"""The flow: how many reached each stage, and where the others are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import frontend
from .framed_picture import FramedPicture

TONES = ("accent", "plum", "warm", "quiet")
_STAGE_FIELDS = frozenset({"label", "value", "text", "exits"})
_EXIT_FIELDS = frozenset({"label", "value", "text", "tone"})


class Flow(FramedPicture):
    """A stream that runs from stage to stage, and what leaves it at each: a Sankey diagram of one chain.

    ``spec`` has ``stages``, mappings in order with ``label``, ``value`` (how many reached it), ``text`` (what
    stands in place of the number) and ``exits``: mappings with ``label``, ``value``, ``text`` and ``tone``
    (``accent``, ``plum``, ``warm``, ``quiet``) of those that came no further. What reached a stage and did
    not leave it flows on to the next.

    Wide, the stream runs across and exits hang below it; narrow, it runs down and exits stand beside it.

    Args:
        spec: What to draw. Without stages the picture shows ``empty``.
        title: The finding, as a sentence.
        counts: Of how many.
        interval: What any interval is.
        source: Where the numbers come from.
        alt: The picture in words; the title where empty.
        table: ``{"columns": [...], "rows": [[...], ...]}`` for "See the numbers"; made from the stages where
            ``None``.
        empty: What will appear here.
        words: See ``words_views.CHART``.

    Raises:
        ValueError: an unknown field or tone, a value below 0, or a stage from which more leave than reached it.
    """

    _esm = frontend.module(frontend.STATIC / "flow.js")
    _css = frontend.style("plot", "chart", "flow")

    @classmethod
    def accept(cls, spec: Mapping[str, Any]) -> dict[str, Any]:
        _refuse_unknown(spec, frozenset({"stages"}), "a flow")
        return {"stages": [_accept_stage(stage) for stage in spec.get("stages", ())]}


def _accept_stage(stage: Mapping[str, Any]) -> dict[str, Any]:
    _refuse_unknown(stage, _STAGE_FIELDS, "a stage")
    exits = [_accept_exit(one) for one in stage.get("exits", ())]
    value = _accept_count(stage.get("value"), stage.get("label"))
    if sum(one["value"] for one in exits) > value:
        raise ValueError(f"More leave the stage {stage.get('label')!r} than the {value} that reached it.")
    return {**stage, "value": value, "exits": exits}


def _accept_exit(given: Mapping[str, Any]) -> dict[str, Any]:
    _refuse_unknown(given, _EXIT_FIELDS, "an exit")
    if given.get("tone", "quiet") not in TONES:
        raise ValueError(f"A tone is one of {', '.join(TONES)}; it was given {given['tone']!r}.")
    return {"tone": "quiet", **given, "value": _accept_count(given.get("value"), given.get("label"))}


def _accept_count(value: Any, label: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{label!r} takes a count of 0 or more; it was given {value!r}.")
    return value


def _refuse_unknown(given: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    unknown = set(given) - known
    if unknown:
        raise ValueError(
            f"Unknown in {what}: {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}."
        )
