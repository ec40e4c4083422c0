"""Two versions of a reply compared and joined, by the browser's own code."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from rebound_widgets.widgets.frontend import STATIC

pytestmark = pytest.mark.browser
SOURCE = (STATIC / "lib" / "values.js").read_text(encoding="utf-8")
CALL = """async ([source, name, args]) => {
  const module = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const found = module[name](...args);
  return found === undefined ? "cannot" : found;
}"""


@pytest.fixture
def page(desk: Any) -> Page:
    """An empty page."""
    empty: Page = desk.open()
    return empty


def call(page: Page, name: str, *args: Any) -> Any:
    """What a function of values.js gives."""
    return page.evaluate(CALL, [SOURCE, name, list(args)])


def test_versions_that_differ_only_in_form_are_the_same(page: Page) -> None:
    """Nobody is asked to choose between two versions that say the same."""
    same = [
        ("a  b ", "a b"),
        ("a\r\nb", "a\nb"),
        (None, ""),
        ([], None),
        ({"if": ""}, None),
        ({"a": [], "b": 1}, {"b": 1}),
    ]
    other = [
        ("a b", "ab"),
        ("a\nb", "a b"),
        (["a", "b"], ["b", "a"]),
        (0, None),
        ({"if": "x"}, {"then": "x"}),
    ]
    assert [True] * len(same) == [call(page, "sameReply", *pair) for pair in same]
    assert [False] * len(other) == [call(page, "sameReply", *pair) for pair in other]


@pytest.mark.parametrize(
    ("kind", "mine", "theirs", "expected"),
    [
        ("prose", "mine", "theirs", "mine\n\ntheirs"),
        ("prose", "mine", None, "mine"),
        ("prose", "all of mine", "of", "all of mine"),
        ("prose", "of", "all of theirs", "all of theirs"),
        ("timed-page", "a", "b", "a\n\nb"),
        ("line", "Analyst", "Data", "Analyst / Data"),
        ("star", {"task": "a"}, {"task": "b", "result": "c"}, {"task": "a\n\nb", "result": "c"}),
        ("people", {"name": "Ana"}, {"name": "Bo", "note": "x"}, {"name": "Ana / Bo", "note": "x"}),
        ("several", ["a", "b"], ["b", "c"], ["a", "b", "c"]),
        ("ranking", ["b", "a"], ["a", "c"], ["b", "a", "c"]),
        ("cards", {"m": ["a"]}, {"m": ["b"], "t": ["a", "c"]}, {"m": ["a", "b"], "t": ["c"]}),
        ("scale", 2, 4, "cannot"),
        ("choice", "a", "b", "cannot"),
        ("date", "2026-11-05", "2026-11-06", "cannot"),
        ("number", 1, 2, "cannot"),
    ],
)
def test_joining_loses_nothing(page: Page, kind: str, mine: Any, theirs: Any, expected: Any) -> None:
    """Joined, both versions are there; a reply that can only be one thing cannot be joined."""
    assert expected == call(page, "joinReplies", kind, mine, theirs)


@pytest.mark.parametrize(
    ("before", "mine", "theirs", "expected"),
    [
        ([1, 2], [1, 2, 3], [1, 2, 4], [1, 2, 4, 3]),
        ([1, 2], [2], [1, 2, 3], [2, 3]),
        ([1, 2], [1, 2], [2, 1], [2, 1]),
        (None, [1], [2], [2, 1]),
        ([1], None, [1, 2], [2]),
        ([1], [1], None, []),
    ],
)
def test_lists_changed_in_two_places_hold_what_either_added(
    page: Page, before: Any, mine: Any, theirs: Any, expected: list[int]
) -> None:
    """What either added is there, what either deleted is not."""
    assert expected == call(page, "mergeItems", before, mine, theirs)


def test_a_cursor_stays_beside_its_words(page: Page) -> None:
    """Words that come before it, behind it or in place of others leave a cursor where the hand was."""
    for before, after, at, expected in [
        ("abc", "abc def", 3, 7),
        ("abc", "abc def", 2, 2),
        ("abc", "xx abc", 1, 4),
        ("abc def", "abc XY def", 5, 8),
        ("abc def", "abc", 5, 3),
        ("one two", "three", 3, 5),
        ("", "abc", 0, 3),
        ("aaa", "aaaa", 1, 1),
    ]:
        assert expected == call(page, "movedCursor", before, after, at), (before, after, at)


def test_a_reply_that_was_gone_on_with_is_known(page: Page) -> None:
    """A text, and each text of a small form, may begin with all of another; a list never does."""
    on = [("one two", "one"), ("one", "one"), ({"if": "rain", "then": "tea"}, {"if": "rain"})]
    off = [("one", "one two"), ({"if": "rain"}, {"then": "tea"}), (["a", "b"], ["a"]), (3, 3), (None, "one")]
    assert [True] * len(on) == [call(page, "goesOn", *pair) for pair in on]
    assert [False] * len(off) == [call(page, "goesOn", *pair) for pair in off]
