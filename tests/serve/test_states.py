"""The widgets that are sent with a page are those its kernel has, as it has them."""

from __future__ import annotations

from typing import Any

from rebound_widgets.serve.states import States


def heard(*messages: tuple[str, dict[str, Any], list[bytes]]) -> dict[str, Any]:
    """What a page is sent after these messages."""
    states = States()
    for kind, content, buffers in messages:
        states.hear(kind, content, buffers)
    return states.sent()


def opened(name: str, state: dict[str, Any], paths: Any = (), buffers: Any = ()) -> Any:
    """A widget is made."""
    data = {"state": state, "buffer_paths": [list(path) for path in paths]}
    return "comm_open", {"comm_id": name, "target_name": "jupyter.widget", "data": data}, list(buffers)


def said(name: str, data: dict[str, Any], buffers: Any = ()) -> Any:
    """A widget says something."""
    return "comm_msg", {"comm_id": name, "data": data}, list(buffers)


def test_a_page_is_sent_what_its_widgets_came_to() -> None:
    """The last value of each counts; one that is closed, and what is no widget, is not sent."""
    got = heard(
        opened("one", {"value": 1, "kept": "yes"}),
        opened("two", {"value": 1}),
        said("one", {"method": "update", "state": {"value": 2}}),
        said("one", {"method": "echo_update", "state": {"value": 3}}),
        said("nobody", {"method": "update", "state": {"value": 4}}),
        ("comm_open", {"comm_id": "other", "target_name": "elsewhere", "data": {}}, []),
        ("comm_close", {"comm_id": "two", "data": {}}, []),
        ("status", {"execution_state": "idle"}, []),
    )
    assert {"one": {"state": {"value": 2, "kept": "yes"}}} == got


def test_bytes_go_along_and_are_replaced_with_their_value() -> None:
    """Bytes lie beside the state with their place in it; those of a value that changed are not sent again."""
    got = heard(
        opened(
            "one", {"picture": {"size": 2}}, [("picture", "data"), ("sound",)], [b"old", memoryview(b"la")]
        ),
        said(
            "one",
            {"method": "update", "state": {"picture": {}}, "buffer_paths": [["picture", "b"]]},
            [b"new"],
        ),
    )
    assert {
        "one": {"state": {"picture": {}}, "buffers": [[["sound"], "bGE="], [["picture", "b"], "bmV3"]]}
    } == got


def test_what_a_widget_shows_to_everybody_goes_along() -> None:
    """The last thing shown counts; what was meant for one page, or has bytes, is asked for by the page itself."""
    show = {"type": "show", "page": None, "rows": [1]}
    got = heard(
        opened("one", {}),
        said("one", {"method": "custom", "content": {**show, "rows": []}}),
        said("one", {"method": "custom", "content": show}),
        said("one", {"method": "custom", "content": {**show, "page": "mine"}}),
        said("one", {"method": "custom", "content": {**show, "rows": [2]}}, [b"bytes"]),
        said("one", {"method": "custom", "content": "show"}),
    )
    assert {"one": {"state": {"_shown": show}}} == got
