"""What cells print and show inside ``Output`` widgets before any page is there."""

from __future__ import annotations

from typing import Any

from rebound_widgets.serve.outputs import Outputs


def made(name: str) -> dict[str, Any]:
    """An ``Output`` is made."""
    return said(
        "comm_open", {"comm_id": name, "data": {"state": {"_model_name": "OutputModel", "outputs": []}}}
    )


def wants(name: str, asked: str) -> dict[str, Any]:
    """It wants what answers ``asked``; nothing where that is empty."""
    return said("comm_msg", {"comm_id": name, "data": {"state": {"msg_id": asked}}})


def said(kind: str, content: dict[str, Any], asked: str = "one") -> dict[str, Any]:
    return {"msg_type": kind, "content": content, "parent_header": {"msg_id": asked}}


def printed(text: str, asked: str = "one") -> dict[str, Any]:
    return said("stream", {"name": "stdout", "text": text}, asked)


def test_an_output_gets_what_is_printed_while_it_wants_it() -> None:
    """Lines of one stream are one output; what answers another request, or comes later, belongs to the page."""
    outputs = Outputs()
    heard = [
        outputs.hear(one)
        for one in (
            made("a"),
            printed("before"),
            wants("a", "one"),
            printed("x"),
            printed("y"),
            printed("other", asked="two"),
            said("error", {"ename": "E", "evalue": "e", "traceback": []}),
            said("status", {"execution_state": "busy"}),
            wants("a", ""),
            printed("after"),
        )
    ]
    assert [False, False, False, True, True, False, True, False, False, False] == heard
    text = {"output_type": "stream", "name": "stdout", "text": "xy"}
    error = {"output_type": "error", "ename": "E", "evalue": "e", "traceback": []}
    assert {"a": [text, error]} == outputs.caught()


def test_the_innermost_output_is_written_to_and_can_be_cleared() -> None:
    """Of two that want the same the last one opened gets it; clearing may wait for the next thing shown."""
    outputs = Outputs()
    for one in (
        made("a"),
        made("b"),
        wants("a", "one"),
        printed("gone"),
        said("clear_output", {"wait": True}),
        wants("b", "one"),
        printed("inside"),
        wants("b", ""),
        printed("anew"),
    ):
        outputs.hear(one)
    texts = {name: [one["text"] for one in caught] for name, caught in outputs.caught().items()}
    assert {"a": ["anew"], "b": ["inside"]} == texts
