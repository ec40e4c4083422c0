"""Reads one YAML 1.2 file into marked lists and mappings, or says what is wrong with it.

Built on the library's events and not on its loader: so every part keeps its line, ``no`` stays a word, and a
file can neither make objects, nor grow by references to itself, nor nest without end.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .marked import MarkedDict, MarkedList
from .problems import Problem, shorten

MAX_BYTES = 262_144
MAX_DEPTH = 12
MAX_PARTS = 20_000
MAX_PROBLEMS = 20
"""A file with more is not read further: its author mends the first and looks again."""

_UNREADABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
_WHOLE = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_WORDS_FOR_VALUES: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS_FOR_VALUES |= {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}

# What the library says, in part, and what an author reads instead: what is wrong, the rule.
_SENTENCES = (
    (
        "mapping values are not allowed",
        "A colon stands inside unquoted words",
        "Put words with a colon in quotes",
    ),
    ("cannot start any token", "The words begin with a sign YAML keeps for itself", "Put them in quotes"),
    (
        "expected ':'",
        "The line has no colon after its key",
        "A line of a mapping is a key, a colon, a blank, a value",
    ),
    (
        "expected <block end>",
        "The line does not belong to what is above it",
        "Neighbours begin in the same column",
    ),
    ("end of stream", "Something opened is not closed", "Close every quotation mark, bracket and brace"),
    ("expected ',' or", "Something opened is not closed", "Close every bracket and brace"),
    ("escape", "A backslash stands in double quotes", "Use single quotes, or no backslash"),
    (
        "single document",
        "The file holds more than one document",
        "A content file is one document without --- inside",
    ),
)


def parse(data: bytes, file: str, first_line: int = 1) -> tuple[Any, list[Problem]]:
    """The value in ``data``, and what is wrong with it.

    Args:
        data: The file's bytes, UTF-8.
        file: The file's name for messages.
        first_line: The line of the file that ``data`` begins on.

    Returns:
        A ``MarkedDict``, ``MarkedList`` or scalar, ``None`` for an empty file or one that cannot be read;
        and the problems, none of them when the value can be trusted.
    """
    text, problem = decoded(data, file)
    if problem is not None:
        return None, [problem]
    tab = _TAB_INDENT.search(text)
    if tab is not None:
        line = text.count("\n", 0, tab.start()) + first_line
        return None, [
            Problem(file=file, line=line, what="The line begins with a tab", rule="Indent with spaces")
        ]
    builder = _Builder(file, first_line - 1)
    try:
        for event in _events(text):
            if not builder.take(event):
                break
    except Exception as error:  # whatever the library does with a hostile file, an author reads a sentence
        builder.problems.append(_explained(error, file, first_line - 1, builder.line))
    return builder.root, builder.problems


def decoded(data: bytes, file: str) -> tuple[str, Problem | None]:
    """The text in ``data``, or why it is none."""
    if len(data) > MAX_BYTES:
        got = f"{len(data):,} bytes or more"
        return "", Problem(
            file=file,
            line=0,
            what="The file is too long",
            rule=f"A content file has at most {MAX_BYTES:,} bytes",
            got=got,
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", Problem(
            file=file,
            line=line,
            what="The file is not text in UTF-8",
            rule="Save it with the encoding UTF-8",
            got=f"byte {data[error.start]:#04x}",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = _UNREADABLE.search(text)
    if odd is None:
        return text, None
    return "", Problem(
        file=file,
        line=text.count("\n", 0, odd.start()) + 1,
        what="There is a character that is no text",
        rule="Leave out control characters",
        got=f"U+{ord(odd.group()):04X}",
    )


def _events(text: str) -> Iterator[Any]:
    from ruamel.yaml import YAML  # noqa: PLC0415 - costs a quarter of a second; what ships is parsed already

    return iter(YAML(typ="safe", pure=True).parse(io.StringIO(text)))


def _explained(error: Exception, file: str, before: int, last_line: int) -> Problem:
    """The library's complaint in our words; where it names no line, the last one that could be read."""
    said = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", error)))
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 + before if mark is not None else last_line
    for part, what, rule in _SENTENCES:
        if part in said:
            return Problem(file=file, line=line, what=what, rule=rule)
    return Problem(
        file=file, line=line, what="This cannot be read", rule="A content file is written in YAML 1.2"
    )


@dataclass
class _Builder:
    """Puts events together, without recursion; ``take`` says whether to go on."""

    file: str
    before: int
    root: Any = None
    line: int = 1
    problems: list[Problem] = field(default_factory=list)
    _open: list[MarkedDict | MarkedList] = field(default_factory=list)
    _keys: list[tuple[str, int] | None] = field(default_factory=list)
    _parts: int = 0
    _documents: int = 0

    def take(self, event: Any) -> bool:
        kind = type(event).__name__
        line = self.line = event.start_mark.line + 1 + self.before
        self._parts += 1
        if self._parts > MAX_PARTS or len(self._open) > MAX_DEPTH:
            rule = f"A content file nests at most {MAX_DEPTH} deep and has at most {MAX_PARTS:,} parts"
            self._say(line, "The file has too much in it", rule)
            return False
        if len(self.problems) >= MAX_PROBLEMS:
            return False
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self._say(line, "The file holds more than one document", "A content file is one document")
                return False
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._open.pop()
            self._keys.pop()
        elif kind in ("MappingStartEvent", "SequenceStartEvent", "ScalarEvent", "AliasEvent"):
            return self._node(kind, event, line)
        return True

    def _node(self, kind: str, event: Any, line: int) -> bool:
        if kind == "AliasEvent" or event.anchor:
            self._say(line, "There is a reference", "A content file has no & or * references", event.anchor)
        elif event.tag:
            self._say(line, "There is a type mark", "A content file has no ! marks", event.tag)
        if self._expects_key():
            if kind != "ScalarEvent":
                self._say(line, "A key is not a word", "A key is a name, followed by a colon")
                return False
            self._keys[-1] = (event.value, line)
            return True
        if kind == "MappingStartEvent":
            value: Any = MarkedDict(self.file, line)
        elif kind == "SequenceStartEvent":
            value = MarkedList(self.file, line)
        else:
            value = _scalar(event) if kind == "ScalarEvent" else None
        self._attach(value, line)
        if isinstance(value, MarkedDict | MarkedList):
            self._open.append(value)
            self._keys.append(None)
        return True

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], MarkedDict) and self._keys[-1] is None

    def _attach(self, value: Any, line: int) -> None:
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        if isinstance(parent, MarkedList):
            parent.add(value, self.file, line)
            return
        key, at = self._keys[-1] or ("", line)
        self._keys[-1] = None
        if key in parent:
            first = parent.lines[key][1]
            self._say(at, f"The key is there already, on line {first}", "A key stands once in a mapping", key)
        parent.put(key, value, self.file, at)

    def _say(self, line: int, what: str, rule: str, got: object = "") -> None:
        self.problems.append(Problem(file=self.file, line=line, what=what, rule=rule, got=shorten(got or "")))


def _scalar(event: Any) -> Any:
    """A scalar by the core schema of YAML 1.2: only true, false, null and numbers are no text."""
    text = str(event.value)
    if event.style not in (None, ""):
        return text
    if text in _WORDS_FOR_VALUES:
        return _WORDS_FOR_VALUES[text]
    if _WHOLE.fullmatch(text) and len(text) < 16:
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
