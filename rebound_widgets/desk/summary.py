"""One page to take along from a session: what the reply holds, as a document."""

from __future__ import annotations

from collections.abc import Iterable

from ..content import Content
from ..reports import Document
from ..reports.document import Pairs, Paragraph, Section, Table
from ..sharing import CounselReply


def summary(reply: CounselReply, name: str, worked: Iterable[str], content: Content) -> Document:
    """The page.

    Args:
        reply: What is given back.
        name: The person's name.
        worked: The components that were part of the session, in words.
        content: The language.
    """
    say = content.words

    def day(given: object) -> str:
        return content.facts.show_day(given, "year") if given else ""  # type: ignore[arg-type]

    sections = []
    if reply.note:
        title = say("session.summary.note", counsellor=reply.counsellor)
        sections.append(
            Section(
                title=title, blocks=tuple(Paragraph(text=part) for part in reply.note.split("\n") if part)
            )
        )
    if reply.actions:
        table = Table(
            caption=say("session.summary.agreed"),
            columns=(say("session.summary.what"), say("session.summary.by")),
            rows=tuple((action.what, day(action.by)) for action in reply.actions),
        )
        sections.append(Section(title=say("session.summary.agreed"), blocks=(table,)))
    if reply.questions:
        asked = tuple(Paragraph(text=question) for question in reply.questions)
        sections.append(Section(title=say("session.summary.questions"), blocks=asked))
    parts = tuple(worked)
    if parts:
        told = Pairs(pairs=tuple((str(number), part) for number, part in enumerate(parts, start=1)))
        sections.append(Section(title=say("session.summary.worked"), blocks=(told,)))
    return Document(
        title=say("session.summary.title", day=day(reply.made_on)),
        lang=content.locale,
        direction=content.facts.direction,
        lede=(say("session.summary.lede", name=name, counsellor=reply.counsellor),),
        sections=tuple(sections),
        words={"page": say["take-along.page"]},
    )
