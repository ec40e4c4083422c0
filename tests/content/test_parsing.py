"""Reading one YAML file: what it holds, on which line, or what an author has to mend."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.content.marked import MarkedDict, MarkedList, packed, unpacked
from rebound_widgets.content.parsing import MAX_BYTES, MAX_PROBLEMS, parse


def test_words_that_look_like_values_elsewhere_stay_words() -> None:
    """``no``, ``yes``, ``on`` and days are words; only true, false, null and numbers are not."""
    text = "a: no\nb: yes\nc: on\nd: 2026-11-05\ne: 12:30\nf: true\ng: ~\nh: 7\ni: 1.5\nj: '7'\nno: k\n"
    expected = {
        "a": "no",
        "b": "yes",
        "c": "on",
        "d": "2026-11-05",
        "e": "12:30",
        "f": True,
        "g": None,
        "h": 7,
        "i": 1.5,
        "j": "7",
        "no": "k",
    }
    assert (expected, []) == parse(text.encode(), "x.yaml")


def test_every_part_knows_its_line() -> None:
    """A key, an item and a mapping inside a list each know the line they stand on."""
    value, problems = parse(b"a: 1\nb:\n  - x\n  - c: 2\n    d: 3\n", "x.yaml")
    assert [] == problems
    assert isinstance(value, MarkedDict)
    assert ("x.yaml", 2) == value.where("b")
    assert isinstance(value["b"], MarkedList)
    assert [("x.yaml", 3), ("x.yaml", 4)] == value["b"].lines
    assert ("x.yaml", 5) == value["b"][1].where("d")
    assert ("x.yaml", 4) == value["b"][1].where("missing")


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (b"a: 1\na: 2\n", 2, "The key is there already, on line 1"),
        (b"a:\n\tb: 1\n", 2, "The line begins with a tab"),
        (b"a: b: c\n", 1, "A colon stands inside unquoted words"),
        (b"a: @x\n", 1, "The words begin with a sign YAML keeps for itself"),
        (b"a: 1\nfoo\nb: 2\n", 3, "The line has no colon after its key"),
        (b"a:\n   b: 1\n  c: 2\n", 3, "The line does not belong to what is above it"),
        (b'a: "b\nc: d\n', 3, "Something opened is not closed"),
        (b"a: [1, 2\nb: 3\n", 2, "Something opened is not closed"),
        (b'a: "\\q"\n', 1, "A backslash stands in double quotes"),
        (b"a: 1\n---\nb: 2\n", 2, "The file holds more than one document"),
        (b"x: 1\na: &x [1]\n", 2, "There is a reference"),
        (b"a: *x\n", 1, "There is a reference"),
        (b"a: !!python/object:os.system x\n", 1, "There is a type mark"),
        (b"? [a]\n: b\n", 1, "A key is not a word"),
        ("a: b".encode("utf-16"), 1, "The file is not text in UTF-8"),
        ("a: b\nb: é".encode("latin-1"), 2, "The file is not text in UTF-8"),
        (b"a: 1\nb: \x00\n", 2, "There is a character that is no text"),
        (b'a: 1\nb: "\\UFFFFFFFF"\n', 2, "This cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: bytes, line: int, what: str) -> None:
    """A broken file gives one sentence of ours with the right line, never the library's."""
    _, problems = parse(text, "x.yaml")
    assert ("x.yaml", line, what) == (problems[0].file, problems[0].line, problems[0].what)
    assert "yaml.org" not in problems[0].rule


def test_a_problem_is_one_line_with_file_line_what_rule_and_what_stands_there() -> None:
    """An author reads file, line, what is wrong, the rule and what stands there in one line."""
    _, problems = parse(b"a: 1\na: 2\n", "words.yaml")
    expected = ["words.yaml:2: The key is there already, on line 1. A key stands once in a mapping. Got: a"]
    assert expected == [str(problem) for problem in problems]


HOSTILE = {
    "nested lists": b"[" * 200_000,
    "nested lists on lines": b"[\n" * 100_000,
    "nested mappings": b"".join(b" " * depth + b"a:\n" for depth in range(600)),
    "nested dashes": b"- " * 100_000,
    "braces": b"{" * 100_000,
    "references that grow": b"a: &a [x, x]\n"
    + b"".join(b"k%d: &k%d [*a, *a]\n" % (n, n) for n in range(500)),
    "too long": b"a" * (MAX_BYTES + 1),
    "one key many times": b"a: 1\n" * 40_000,
    "many parts": b"a:\n" + b"  - [1,2,3,4,5,6,7,8,9,10]\n" * 8_000,
    "an open quotation": b'a: "' + b"x " * 120_000,
    "control characters": bytes(range(256)) * 500,
    "a reference to itself": b"a: &a\n  - *a\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_ends_in_sentences_and_soon(data: bytes) -> None:
    """A file made to hang or fill the memory is refused with a few sentences, in seconds."""
    began = time.process_time()
    _, problems = parse(data, "x.yaml")
    assert 1 <= len(problems) <= MAX_PROBLEMS + 1
    assert time.process_time() - began < 10


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused(data: bytes) -> None:
    """No file makes the reader raise; it gives a value or says what is wrong."""
    value, problems = parse(data, "x.yaml")
    assert isinstance(value, dict | list | str | int | float | bool | None)
    assert all(problem.what and problem.rule for problem in problems)


_TREE = st.recursive(
    st.none() | st.booleans() | st.integers(0, 999) | st.text("ab: #-'\"é", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(_TREE)
def test_the_parsed_form_gives_back_what_was_read(tree: object) -> None:
    """What ships parsed is what reading the file would give, lines included."""
    import json

    value, problems = parse(json.dumps(tree, indent=1).encode(), "x.yaml")
    assert (tree, []) == (value, problems)
    again = unpacked(json.loads(json.dumps(packed(value))), "x.yaml")
    assert value == again
    assert repr(packed(value)) == repr(packed(again))
