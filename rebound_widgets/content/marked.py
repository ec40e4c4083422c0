"""Lists and mappings that know on which line of which file each of their parts stands."""

from __future__ import annotations

from typing import Any


class MarkedDict(dict[str, Any]):
    """A mapping out of a file.

    Attributes:
        file: The file's name for messages.
        line: Where the mapping begins, from 1.
        lines: Key to the line and file it was written on; a merged mapping has parts of several files.
    """

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, tuple[str, int]] = {}

    def put(self, key: str, value: Any, file: str, line: int) -> None:
        """Set a key and where it stands."""
        self[key] = value
        self.lines[key] = (file, line)

    def where(self, key: str | None = None) -> tuple[str, int]:
        """File and line of a key, or of the mapping where it has no such key."""
        return self.lines.get(key or "", (self.file, self.line))

    def copy(self) -> MarkedDict:
        """A copy as deep as the mappings and lists go."""
        twin = MarkedDict(self.file, self.line)
        for key, value in self.items():
            twin.put(key, _copied(value), *self.lines[key])
        return twin


class MarkedList(list[Any]):
    """A list out of a file.

    Attributes:
        file: The file's name for messages.
        line: Where the list begins, from 1.
        lines: The file and line of each item.
    """

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: list[tuple[str, int]] = []

    def add(self, value: Any, file: str, line: int) -> None:
        """Append an item and where it stands."""
        self.append(value)
        self.lines.append((file, line))

    def where(self, index: int) -> tuple[str, int]:
        """File and line of an item."""
        return self.lines[index] if index < len(self.lines) else (self.file, self.line)

    def copy(self) -> MarkedList:
        """A copy as deep as the mappings and lists go."""
        twin = MarkedList(self.file, self.line)
        for value, place in zip(self, self.lines, strict=True):
            twin.add(_copied(value), *place)
        return twin


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, MarkedDict | MarkedList) else value


def packed(value: Any) -> Any:
    """``value`` with its lines as plain JSON; the file's name is left out."""
    if isinstance(value, MarkedDict):
        return [value.line, {key: [value.lines[key][1], packed(item)] for key, item in value.items()}]
    if isinstance(value, MarkedList):
        items = zip(value, value.lines, strict=True)
        return [value.line, [[place[1], packed(item)] for item, place in items]]
    return value


def unpacked(value: Any, file: str) -> Any:
    """What ``packed`` was given, as a part of ``file``."""
    if not isinstance(value, list):
        return value
    line, held = value
    if isinstance(held, dict):
        mapping = MarkedDict(file, line)
        for key, (at, item) in held.items():
            mapping.put(key, unpacked(item, file), file, at)
        return mapping
    items = MarkedList(file, line)
    for at, item in held:
        items.add(unpacked(item, file), file, at)
    return items
