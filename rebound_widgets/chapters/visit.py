"""One person's visit: the open workbook, and how the pages of it get about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable

from ..content import Content, Words
from ..domain.chapter import Chapter, Exercise
from ..domain.record import Conflict
from ..domain.refused import Refused
from ..store import PASSING
from ..widgets import exercise as widget
from ..widgets.words import LINE
from ..workbook import Kept, Workbook


def _stay(_address: str) -> None:
    """Where there is no shell, as in a notebook of one chapter, there is nowhere to go."""


def _nothing() -> None:
    """Where no page is open, there is nothing to draw again."""


@dataclass
class Visit:
    """What every page needs.

    Attributes:
        workbook: The open workbook.
        go: Takes the person to an address, such as ``"debrief/interview-1x"``.
        redraw: Shows the open page again when something other than the workbook moved, such as a step.
    """

    workbook: Workbook
    go: Callable[[str], None] = field(default=_stay)
    redraw: Callable[[], None] = field(default=_nothing)

    @property
    def content(self) -> Content:
        return self.workbook.content

    @property
    def words(self) -> Words:
        """Every word on screen."""
        return self.content.words

    def group(self, name: str) -> dict[str, str]:
        """The words of one kind of widget; none where the language leaves its own."""
        return self.words.group(name) if self.words.has_group(name) else {}

    def table_words(self) -> dict[str, str]:
        """The words of a table, and those that say what is saved."""
        return {
            **{key: self.words[f"exercise.{key}"] for key in (*LINE, "date_partial")},
            **self.group("table"),
        }

    def day(self, day: dt.date, form: str = "short") -> str:
        """A day as the language writes it; with its year where that is not this one."""
        other_year = form == "short" and day.year != self.workbook.today().year
        return self.content.facts.show_day(day, "year" if other_year else form)

    def chapter(self, chapter_id: str) -> Chapter:
        """The chapter of that id."""
        return self.content.chapters[chapter_id]

    def options(self, question_id: str) -> list[dict[str, str]]:
        """What a question offers, as a table's choice column takes it."""
        offered = getattr(self.workbook.question(question_id), "options", ())
        return [{"value": option.id, "label": option.text} for option in offered]

    def sentence(self, refused: Refused) -> str:
        """What a refusal says in the language of the pages."""
        return self.content.words.refusal(refused)

    def ask(
        self,
        exercise: Exercise,
        record_id: str | None = None,
        *,
        heading: str | None = None,
        versions: bool = True,
        words: Mapping[str, str] = MappingProxyType({}),
        more: Mapping[str, Any] = MappingProxyType({}),
    ) -> widget.Exercise:
        """The exercise as a widget that keeps its replies in the workbook.

        Args:
            exercise: What to ask.
            record_id: The application or interview it is about; ``None`` for the person's own.
            heading: In place of the exercise's own title, where it stands on a page several times.
            versions: Whether it ends in the earlier versions of its replies.
            words: Words in place of those every exercise has.
            more: What the widget is told of each question besides what the question says of itself.
        """
        evidence = [self.content.evidence[key].sentence for key in exercise.evidence]
        return widget.Exercise(
            [{**question.as_mapping(), **more} for question in exercise.questions],
            replies=self.replies(exercise, record_id),
            record_id=record_id or "",
            workbook=self.workbook.id,
            on_reply=self.keep,
            words={**self.content.words.group("exercise"), **words},
            heading=exercise.title if heading is None else heading,
            intro=exercise.intro,
            why=exercise.why,
            evidence=evidence,
            # Without a heading of its own it stands right under the page's.
            level=2 if exercise.title else 1,
            facts=any(question.field for question in exercise.questions),
            on_versions=(lambda subject: self._versions(exercise, subject or None)) if versions else None,
            carries=True,
        )

    def replies(self, exercise: Exercise, record_id: str | None = None) -> dict[str, widget.Kept]:
        """The replies to an exercise, as the widget takes them."""
        kept = self.workbook.replies(exercise.questions, record_id=record_id)
        return {key: for_widget(reply) for key, reply in kept.items()}

    def _versions(self, exercise: Exercise, record_id: str | None) -> dict[str, list[widget.Kept]]:
        past = self.workbook.versions(exercise.questions, record_id=record_id)
        return {key: [for_widget(kept) for kept in versions] for key, versions in past.items()}

    def not_kept(self, refused: Refused) -> widget.NotKept:
        """A refusal as a widget says it; what is the disk's or the file's doing, the page tries again by itself."""
        return widget.NotKept(self.sentence(refused), again=refused.rule in PASSING)

    def keep(self, reply: widget.Reply) -> widget.Kept:
        """Keep a reply in the workbook, as an exercise wants it kept.

        Raises:
            NotKept: the reply was refused, in a sentence.
            Clash: it was written elsewhere meanwhile; what stands there.
        """
        about = reply.record_id or None
        try:
            kept = self.workbook.record(
                reply.question,
                reply.value,
                record_id=about,
                item=reply.item,
                base_revision=reply.base_revision,
                origin=reply.page,
            )
        except Refused as refused:
            raise self.not_kept(refused) from None
        except Conflict as conflict:
            question = self.workbook.question(reply.question)
            theirs = for_widget(self.workbook.reply(question, record_id=about, item=reply.item))
            # Of a record's fields each may have been written by somebody else.
            where = "" if question.field else self._where(conflict.current.origin)
            raise widget.Clash(replace(theirs, where=where)) from None
        return for_widget(kept)

    def _where(self, origin: str) -> str:
        """Where a version was written, in words; empty where there is no more to say than that it was elsewhere."""
        if origin.startswith("page-"):
            return self.words("versions.window")
        return self.words("versions.list") if origin == "import" else ""


def for_widget(kept: Kept) -> widget.Kept:
    """A reply on disk as a widget takes it."""
    made_at = None if kept.made_at is None else kept.made_at.isoformat()
    return widget.Kept(value=kept.value, revision=kept.revision, made_at=made_at)


class ChapterPage(Protocol):
    """A chapter as it is drawn.

    Attributes:
        widget: What is shown; stays the same as long as the visit lasts.
    """

    widget: Any

    def open(self, rest: str) -> None:
        """Show what the rest of the address says, such as a record's id; empty for the chapter itself."""

    def refresh(self) -> None:
        """Show the workbook as it is now, setting values on the widgets that are there."""


@runtime_checkable
class Noticing(ChapterPage, Protocol):
    """A page that follows something besides the workbook."""

    def notice(self) -> None:
        """Look for it now; called now and then while the page is open."""
