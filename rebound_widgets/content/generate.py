"""Writes what follows from the content files: JSON Schema, permanent ids, the parsed form.

``python -m rebound_widgets.content.generate`` after a change to a content file or a kind of question. A test
says when it was forgotten; nothing breaks meanwhile: the parsed form is only used while it fits.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .. import places
from .files import LOCALE_FORM, PARSED, parsed_form
from .loading import FIRST_LOCALE, Content, permanent_ids, read_content
from .schema import schemas

IDS = "permanent_ids.txt"
"""Beside the languages' folders: every id that answers hang on."""

_IDS_HEAD = "# Every id that answers hang on, with what it is. Lines are added, never changed or taken out.\n"


def known_ids(data: Path) -> list[str]:
    """The ids in the committed file; none where there is no such file."""
    path = data / "content" / IDS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def generated(data: Path) -> dict[Path, str]:
    """Path to text of everything that is generated below ``data``, as it should be now.

    Raises:
        ValueError: the content cannot be used, or an id has vanished or changed; says which.
    """
    tags = locales(data / "content")
    ids = permanent_ids(_usable(FIRST_LOCALE, data / "content"))
    lost = sorted(set(known_ids(data)) - set(ids))
    if lost:
        raise ValueError("Answers hang on these ids, so they stay: " + "; ".join(lost))
    for tag in tags:
        if permanent_ids(_usable(tag, data / "content")) != ids:
            raise ValueError(
                f"{tag} has ids that {FIRST_LOCALE} has not; a language rewords and adds nothing"
            )
    files = {data / "content" / IDS: _IDS_HEAD + "\n".join(ids) + "\n"}
    for name, schema in schemas().items():
        files[data / "schema" / name] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    for tag in tags:
        folder = data / "content" / tag
        parsed = json.dumps(parsed_form(folder), ensure_ascii=False, separators=(",", ":"), indent=0)
        files[folder / PARSED] = parsed + "\n"
    return files


def locales(root: Path) -> list[str]:
    """The languages below a content folder, by their folders' names."""
    return sorted(path.name for path in root.iterdir() if path.is_dir() and LOCALE_FORM.fullmatch(path.name))


def _usable(locale: str, root: Path) -> Content:
    content, problems = read_content(locale, root=root, use_parsed=False)
    wrong = [str(problem) for problem in problems if not problem.warning]
    if content is None or wrong:
        raise ValueError("\n".join(wrong))
    return content


def main() -> None:
    """Write everything that is generated."""
    try:
        files = generated(places.shipped("data"))
    except ValueError as error:
        sys.exit(str(error))
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
