"""Writes down everything SQLite asks of the disk, so that a test can cut the power at any moment of it.

SQLite reaches the disk through a table of C functions, its VFS. ``Recorder`` puts functions of its own into
the default VFS of this process; each notes what was asked and then calls the original one. Nothing is
imitated: the workbook is written by the very code that writes a person's.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import pickle
import sqlite3
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any

# Names as addresses: SQLite keeps them and reads what it has put behind their end.
OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(Structure):
    """The beginning of ``struct sqlite3_vfs``."""

    _fields_ = [
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        ("xOpen", c_void_p),
        ("xDelete", c_void_p),
    ]


class Methods(Structure):
    """``struct sqlite3_io_methods``, all three versions of it."""

    _fields_ = [
        ("iVersion", c_int),
        *(
            (name, c_void_p)
            for name in (
                "xClose",
                "xRead",
                "xWrite",
                "xTruncate",
                "xSync",
                "xFileSize",
                "xLock",
                "xUnlock",
                "xCheckReservedLock",
                "xFileControl",
                "xSectorSize",
                "xDeviceCharacteristics",
                "xShmMap",
                "xShmLock",
                "xShmBarrier",
                "xShmUnmap",
                "xFetch",
                "xUnfetch",
            )
        ),
    ]


class File(Structure):
    """``struct sqlite3_file``."""

    _fields_ = [("pMethods", POINTER(Methods))]


class Recorder:
    """Notes, from now on and for the rest of this process, what happens to the files in ``folder``.

    Attributes:
        events: ``("open", name, made)``, ``("write", name, offset, bytes)``, ``("truncate", name, size)``,
            ``("sync", name)``, ``("delete", name, folder_synced)`` and ``("note", anything)``.
    """

    def __init__(self, folder: Path) -> None:
        self.events: list[tuple[Any, ...]] = []
        self._folder = folder
        self._names: dict[int, str] = {}
        self._methods: dict[int, Methods] = {}
        self._keep: list[Any] = []
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = POINTER(Vfs)
        library.sqlite3_vfs_find.argtypes = [c_char_p]
        sqlite3.connect(":memory:").close()
        vfs = library.sqlite3_vfs_find(None).contents
        self._open, self._delete = OPEN(vfs.xOpen), DELETE(vfs.xDelete)
        vfs.xOpen = self._kept(OPEN(self._on_open))
        vfs.xDelete = self._kept(DELETE(self._on_delete))

    def note(self, something: Any) -> None:
        """Put something of the test's own among the events."""
        self.events.append(("note", something))

    def save(self, path: Path) -> None:
        """Write the events to a file."""
        path.write_bytes(pickle.dumps(self.events))

    def _kept(self, function: Any) -> int | None:
        self._keep.append(function)
        return ctypes.cast(function, c_void_p).value

    def _name(self, raw: int | None) -> str | None:
        if raw is None:
            return None
        path = Path(ctypes.string_at(raw).decode())
        return path.name if path.parent == self._folder else None

    def _on_open(self, vfs: int, raw: int | None, file: int, flags: int, out: int | None) -> int:
        name = self._name(raw)
        made = name is not None and not (self._folder / name).exists()
        status = int(self._open(vfs, raw, file, flags, out))
        if status == 0 and name is not None:
            self._names[file] = name
            self.events.append(("open", name, made))
            opened = ctypes.cast(file, POINTER(File)).contents
            opened.pMethods = ctypes.pointer(self._recording(opened.pMethods.contents))
        return status

    def _recording(self, plain: Methods) -> Methods:
        """The same methods, with those that change the disk noted first."""
        at = ctypes.addressof(plain)
        if at in self._methods:
            return self._methods[at]
        made = Methods.from_buffer_copy(plain)
        write, truncate, sync = WRITE(plain.xWrite), TRUNCATE(plain.xTruncate), SYNC(plain.xSync)

        def on_write(file: int, data: int, size: int, offset: int) -> int:
            self.events.append(("write", self._names[file], offset, ctypes.string_at(data, size)))
            return int(write(file, data, size, offset))

        def on_truncate(file: int, size: int) -> int:
            self.events.append(("truncate", self._names[file], size))
            return int(truncate(file, size))

        def on_sync(file: int, flags: int) -> int:
            status = int(sync(file, flags))
            self.events.append(("sync", self._names[file]))
            return status

        made.xWrite = self._kept(WRITE(on_write))
        made.xTruncate = self._kept(TRUNCATE(on_truncate))
        made.xSync = self._kept(SYNC(on_sync))
        # Without these SQLite could change the file through memory, past the functions above.
        made.iVersion = 1
        self._methods[at] = made
        return made

    def _on_delete(self, vfs: int, raw: int | None, sync_folder: int) -> int:
        name = self._name(raw)
        status = int(self._delete(vfs, raw, sync_folder))
        if status == 0 and name is not None:
            self.events.append(("delete", name, bool(sync_folder)))
        return status
