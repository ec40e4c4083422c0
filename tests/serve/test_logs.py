"""The launcher's log: what happened and where, never what was said."""

from __future__ import annotations

import json
import logging
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rebound_widgets.serve.logs import FILE_NAME, Wordless, log, logging_to, places, places_in

SECRET = "the letter to my mother"


def read(folder: Path) -> str:
    """What is in the log."""
    return (folder / FILE_NAME).read_text(encoding="utf-8")


def test_our_sentences_are_written_and_other_libraries_words_are_not(tmp_path: Path) -> None:
    """A library's line says where it comes from; what it says may be somebody's words, or a token."""
    with logging_to(tmp_path):
        log.info("kernel %s started", "1234")
        logging.getLogger("elsewhere").warning("GET /?token=%s", SECRET)
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn(SECRET, stacklevel=1)
    written = read(tmp_path)
    assert "kernel 1234 started" in written
    assert "warning elsewhere at test_logs:" in written
    assert "py.warnings at" in written
    assert SECRET not in written
    assert 0o600 == (tmp_path / FILE_NAME).stat().st_mode & 0o777


def test_lines_for_machines_have_no_other_words(
    tmp_path: Path, logged_errors: list[logging.LogRecord]
) -> None:
    """As JSON too: a library's own words are left out, and so are those of an exception."""
    with logging_to(tmp_path, as_json=True):
        logging.getLogger("elsewhere").warning("GET /?token=%s", SECRET)
        try:
            int(SECRET)
        except ValueError:
            log.exception("reading failed")
    first, second = (json.loads(line) for line in read(tmp_path).splitlines())
    assert first["what"].startswith("elsewhere at test_logs:")
    assert ("error", "reading failed") == (second["level"], second["what"])
    assert second["places"].startswith("ValueError: test_logs.py:")
    assert SECRET not in read(tmp_path)
    assert 1 == len(logged_errors)
    logged_errors.clear()


def test_an_exception_is_written_without_its_words(
    tmp_path: Path, logged_errors: list[logging.LogRecord]
) -> None:
    """The kind and the places help whoever mends it; the words may be a person's."""
    with logging_to(tmp_path):
        try:
            int(SECRET)
        except ValueError:
            log.exception("reading failed")
    assert "reading failed | ValueError: test_logs.py:" in read(tmp_path)
    assert SECRET not in read(tmp_path)
    assert 1 == len(logged_errors)
    logged_errors.clear()


@given(st.text(min_size=12, alphabet=st.characters(categories=["L"])))
def test_no_word_of_a_failing_cell_is_kept(words: str) -> None:
    """Whatever a traceback from a kernel quotes, only file names and line numbers are taken from it."""
    lines = [
        f"\x1b[31mValueError\x1b[0m Traceback {words}",
        f'  File "/home/somebody/app/page.py", line 12, in {words}',
        f"Cell In[1], line 3, {words}",
        f"File ~/rebound/store.py:40, in write({words})",
        f"----> 1 raise ValueError('{words}')",
        f"ValueError: {words}",
    ]
    assert "page.py:12 < store.py:40" == places_in(lines).replace("In[1]:3 < ", "")
    assert words not in places_in(lines)


def test_the_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    """Old lines make room: three files at most, each the person's alone."""
    with logging_to(tmp_path):
        for number in range(9000):
            log.info("line %d of many, long enough to fill the file some time %s", number, "-" * 40)
    files = sorted(tmp_path.glob(f"{FILE_NAME}*"))
    assert 3 == len(files)
    assert {0o600} == {file.stat().st_mode & 0o777 for file in files}
    assert sum(file.stat().st_size for file in files) < 650_000


def test_places_name_the_way_to_an_error() -> None:
    """Outermost first, innermost last."""
    with pytest.raises(KeyError) as caught:
        {}[SECRET]
    assert places(caught.value).startswith("KeyError: test_logs.py:")
    assert SECRET not in places(caught.value)


def test_a_line_of_ours_keeps_its_form() -> None:
    """Time, level, sentence."""
    record = logging.LogRecord("rebound", logging.INFO, __file__, 1, "open on port %d", (8899,), None)
    assert Wordless().format(record).endswith(" info open on port 8899")
