"""One file in the studio: its text with what is to be mended beside it, what is missing, and the preview."""

from __future__ import annotations

import asyncio
from typing import Any

from ...chapters.rooms import Panel
from ...chapters.visit import Visit
from ...content import Problem, Words, languages
from ...content.check_words import in_words
from ...domain.chapter import Exercise
from ...domain.refused import Refused
from ...widgets import exercise as widget
from ...widgets.page import Page
from ...widgets.panels import Panels
from .beginning import beginning
from .drafts import TEXT, Drafts, State
from .folder import FileName
from .looking import Looked, look_over, refuse_broken
from .preview import Preview

PHONE = "phone"
ROWS = 18
MOST_NOTES, MOST_MISSING = 40, 30


class FilePage:
    """What stands in ``#/studio/<language>/<kind>/<name>``, with ``/phone`` and ``/in-<language>`` for the preview.

    Args:
        visit: The desk's visit.
        page: The page it stands on.
    """

    def __init__(self, visit: Visit, page: Page) -> None:
        self._visit, self._page = visit, page
        words = visit.group("actions")
        self._head, self._shows, self._margin = (Panels(on_action=self._act, words=words) for _ in range(3))
        self._preview = Preview(visit)
        self._editors: dict[str, widget.Exercise] = {}
        self._drafts: Drafts | None = None
        self._name: FileName | None = None
        self._narrow, self._shown, self._current = False, "", False
        self._looked: tuple[tuple[str, str, str], Looked] | None = None
        self._wanted: tuple[str, str, str] | None = None
        self._work: asyncio.Task[None] | None = None

    def open(self, drafts: Drafts, name: FileName, ways: list[str]) -> None:
        """Show a file."""
        self._drafts, self._name = drafts, name
        self._narrow = PHONE in ways
        self._shown = next((way.removeprefix("in-") for way in ways if way.startswith("in-")), name.locale)

    def show(self) -> None:
        """Show the file as it is now."""
        drafts, name = self._must()
        say = self._visit.words
        kind, language = say(f"studio.kind.{name.kind}"), language_words(name.locale, say)
        title = say("studio.file_title", name=name.stem, kind=kind, language=language)
        self._page.head(title, say("studio.file_lede", file=f"{drafts.folder.root.name}/{name.relative}"))
        try:
            state = drafts.look(name)
        except Refused as refused:
            self._head.show([self._refused(refused)])
            self._arrange([self._head], [])
            return
        if state is None:
            self._head.show([self._not_there()])
            self._arrange([self._head], [])
            return
        editor = self._editor(drafts, name)
        editor.show(self._visit.replies(self._exercise(), drafts.record_id(name)))
        self._look(drafts, name, state.text)
        self._head.show(self._head_panels(state))
        self._shows.show([self._ways()])
        self._margin.show(self._margin_panels())
        shown = [self._preview.widget] if self._preview.widget.children else []
        preview = [self._shows, *shown] if self._looked else []
        self._arrange([self._head, editor, *preview], [self._margin])

    def _must(self) -> tuple[Drafts, FileName]:
        if self._drafts is None or self._name is None:
            raise RuntimeError("No file is open in the studio.")
        return self._drafts, self._name

    def _arrange(self, children: list[Any], margin: list[Any]) -> None:
        if self._page.children != children or self._page.margin != margin:
            self._page.children, self._page.margin = children, margin

    # The text ----------------------------------------------------------------------------------------------

    def _editor(self, drafts: Drafts, name: FileName) -> widget.Exercise:
        about, exercise = drafts.record_id(name), self._exercise()
        if about not in self._editors:
            self._editors[about] = self._visit.ask(exercise, about, more={"numbered": True, "rows": ROWS})
        return self._editors[about]

    def _exercise(self) -> Exercise:
        return next(one for one in self._visit.chapter("studio").exercises if one.id == "file")

    # Looking it over ---------------------------------------------------------------------------------------

    def _look(self, drafts: Drafts, name: FileName, text: str) -> None:
        """Look the file over, away from this thread where there is one to go on with meanwhile."""
        wanted = (name.relative, text, self._shown)
        if wanted == self._wanted:
            if self._looked is not None:
                self._show_preview(self._looked[1])
            return
        self._wanted = wanted
        if self._looked is not None and self._looked[0][0] != name.relative:
            self._looked = None
            self._preview.clear()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._take(wanted, look_over(drafts.folder, name, text, self._shown))
            return
        if self._work is not None:
            self._work.cancel()
        self._work = loop.create_task(self._look_later(wanted, drafts, name))

    async def _look_later(self, wanted: tuple[str, str, str], drafts: Drafts, name: FileName) -> None:
        found = await asyncio.to_thread(look_over, drafts.folder, name, wanted[1], wanted[2])
        if wanted == self._wanted:
            self._take(wanted, found)
            self._visit.redraw()

    def _take(self, wanted: tuple[str, str, str], found: Looked) -> None:
        drafts, name = self._must()
        self._looked = wanted, found
        notes = [self._note(problem) for problem in found.problems[:MOST_NOTES]]
        self._editor(drafts, name).note(TEXT, notes)
        self._show_preview(found)

    def _show_preview(self, found: Looked) -> None:
        _, name = self._must()
        self._current = self._preview.show(name, found.content, narrow=self._narrow, texts=found.texts)

    def _note(self, found: Problem) -> dict[str, Any]:
        problem = in_words(found, self._visit.content.locale)
        got = self._visit.words("studio.got", got=problem.got) if problem.got else ""
        told = " ".join(part for part in (f"{problem.what}. {problem.rule}.", got) if part)
        return {"line": problem.line, "text": told, "tone": "hint" if problem.warning else "problem"}

    # Around it ---------------------------------------------------------------------------------------------

    def _refused(self, refused: Refused) -> Panel:
        back = {"id": "back", "label": self._visit.words("studio.back"), "href": "#/studio"}
        title = self._visit.words("studio.not_shown")
        return {"id": "refused", "title": title, "text": self._visit.sentence(refused), "actions": [back]}

    def _not_there(self) -> Panel:
        say, (_, name) = self._visit.words, self._must()
        begin = {"id": "begin", "label": say("studio.begin")}
        back = {"id": "back", "label": say("studio.back"), "href": "#/studio", "look": "plain"}
        text = say("studio.not_there", file=name.relative)
        return {"id": "not-there", "look": "next", "text": text, "actions": [begin, back]}

    def _head_panels(self, state: State) -> list[Panel]:
        say, (_, name) = self._visit.words, self._must()
        back = {"id": "back", "label": say("studio.back"), "href": "#/studio", "look": "plain"}
        if state.elsewhere:
            mine = {"id": "keep-own", "label": say("studio.keep_own"), "look": "plain"}
            return [
                {
                    "id": "elsewhere",
                    "look": "notice",
                    "announce": True,
                    "title": say("studio.elsewhere_title"),
                    "text": say("studio.elsewhere", file=name.relative),
                    "details": [
                        {"summary": say("studio.elsewhere_see"), "text": (state.file or "").split("\n")}
                    ],
                    "actions": [{"id": "take-file", "label": say("studio.take_file")}, mine, back],
                }
            ]
        wrong = self._looked[1].wrong if self._looked else 0
        if wrong:
            text = say.plural("studio.wrong", wrong)
            return [{"id": "state", "look": "notice", "text": text, "actions": [back]}]
        if state.written:
            return [{"id": "state", "look": "plain", "hint": say("studio.written"), "actions": [back]}]
        put = {"id": "put", "label": say("studio.put")}
        text = say("studio.unwritten" if state.file is not None else "studio.unwritten_new")
        return [{"id": "state", "look": "next", "text": text, "actions": [put, back]}]

    def _ways(self) -> Panel:
        say, (_, name) = self._visit.words, self._must()
        actions = []
        for tag, own in {name.locale: name.locale, **languages()}.items():
            if tag != self._shown:
                actions.append(self._way(f"in-{tag}", say("studio.show_in", language=own), tag, self._narrow))
        label = say("studio.show_wide" if self._narrow else "studio.show_phone")
        actions.append(self._way("width", label, self._shown, not self._narrow))
        older = "preview_old" if self._preview.widget.children else "preview_not_yet"
        hint = say("studio.preview_hint" if self._current else f"studio.{older}")
        return {
            "id": "ways",
            "look": "plain",
            "title": say("studio.preview"),
            "hint": hint,
            "actions": actions,
        }

    def _way(self, way: str, label: str, shown: str, narrow: bool) -> Panel:
        _, name = self._must()
        more = [f"in-{shown}"] * (shown != name.locale) + [PHONE] * narrow
        return {
            "id": way,
            "label": label,
            "look": "plain",
            "href": "/".join(["#/studio", name.address, *more]),
        }

    def _margin_panels(self) -> list[Panel]:
        say = self._visit.words
        if self._looked is None:
            return []
        found, panels = self._looked[1], list[Panel]()
        told = say.plural("studio.found", len(found.problems)) if found.problems else say("studio.found_none")
        panels.append({"id": "found", "look": "margin", "title": say("studio.found_title"), "hint": told})
        if found.missing:
            rows = [{"text": said, "detail": key} for key, said in list(found.missing.items())[:MOST_MISSING]]
            hint = say.plural("studio.missing", len(found.missing))
            title = say("studio.missing_title")
            panels.append({"id": "missing", "look": "margin", "title": title, "rows": rows, "hint": hint})
        if found.elsewhere:
            locale = self._visit.content.locale
            rows = [{"text": str(in_words(one, locale))} for one in found.elsewhere[:MOST_NOTES]]
            title = say("studio.others_title")
            panels.append({"id": "others", "look": "margin", "title": title, "rows": rows})
        return panels

    # What is pressed ---------------------------------------------------------------------------------------

    def _act(self, action: Panel) -> Any:
        drafts, name = self._must()
        try:
            if action.get("id") == "begin":
                drafts.begin(name, beginning(drafts.folder, name))
            elif action.get("id") == "put" and (state := drafts.look(name)) is not None:
                return self._put(drafts, name, state.text)
            elif action.get("id") == "take-file":
                drafts.take_file(name)
            elif action.get("id") == "keep-own":
                drafts.keep_own(name)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._visit.redraw()
        return None

    async def _put(self, drafts: Drafts, name: FileName, text: str) -> None:
        """Put the text into the file, after looking once more at all that would follow."""
        try:
            await asyncio.to_thread(refuse_broken, drafts.folder, name, text)
            drafts.put(name, text)
        except Refused as refused:
            raise self._visit.not_kept(refused) from None
        self._visit.redraw()


def language_words(locale: str, say: Words) -> str:
    """A language by its name, where there are words for it, and its tag."""
    known = say.get(f"studio.language_name.{locale.partition('-')[0]}")
    return f"{known} ({locale})" if known else locale
