"""A document as a PDF for everybody: tagged, with title and language, fonts inside (PDF/UA-1)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from ..domain.refused import Refused
from .document import Document

TEMPLATE = Path(__file__).resolve().parent / "report.typ"
"""How it looks. The words come to it as data, so nothing a person wrote is ever read as markup."""


def pdf_bytes(document: Document, now: dt.datetime) -> bytes:
    """The document as PDF. It takes a second or two, so a page runs it in a worker.

    Letters the fonts inside the library do not have (Arabic, Chinese, pictures) are taken from the system's
    fonts; where those lack them too, the file is made all the same, tagged but without the promise of PDF/UA.

    Args:
        document: What it says.
        now: The moment to put on it, aware.

    Raises:
        Refused: the library could not set it.
    """
    import typst  # noqa: PLC0415 - 30 MB that only a PDF needs

    given = {"report": json.dumps(document.as_mapping(), ensure_ascii=False)}
    for ours_alone, for_everybody in ((True, True), (False, True), (False, False)):
        try:
            made = typst.compile(
                TEMPLATE.read_bytes(),
                sys_inputs=given,
                ignore_system_fonts=ours_alone,
                pdf_standards=["ua-1"] if for_everybody else [],
                timestamp=int(now.timestamp()),
            )
        except RuntimeError:  # typst.TypstError; its words may quote the person's, so they are not kept
            continue
        if isinstance(made, bytes):
            return made
    raise Refused(
        "report-not-set", "The PDF could not be made. The same report can be saved as a page to print."
    )
