"""The studio writes an institution's files: kept as they are written, put into the file when they are right."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets import places
from rebound_widgets.content import load_content
from rebound_widgets.content.check import check_content
from rebound_widgets.desk import Desk, DeskApp
from rebound_widgets.desk.studio.beginning import beginning, shipped_names
from rebound_widgets.desk.studio.drafts import Drafts
from rebound_widgets.desk.studio.folder import FileName, Folder, file_name
from rebound_widgets.desk.studio.looking import look_over
from rebound_widgets.domain.refused import Refused
from rebound_widgets.widgets.exercise import Exercise, NotKept

from ..conftest import Clock
from .conftest import panels

MENTOR = file_name("en", "chapter", "mentor")
RIGHT = """id: debrief
exercises:
  - id: both-sides
    questions:
      - id: debrief/mentor-view
        kind: prose
        ask: What would your mentor say?
"""
WRONG = RIGHT.replace("kind: prose", "kind: prose\n        hnt: Short is enough.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """An empty content folder, which the desk is opened with."""
    (tmp_path / "ours").mkdir()
    monkeypatch.setenv("REBOUND_CONTENT", str(tmp_path / "ours"))
    return Folder(tmp_path / "ours")


@pytest.fixture
def drafts(desk: Desk, folder: Folder) -> Drafts:
    """The files of that folder as they are being written on Ana's desk."""
    return Drafts(desk.workbook, folder)


@pytest.fixture
def app(desk: Desk, folder: Folder) -> DeskApp:
    """The pages of the desk."""
    return DeskApp(desk)


def go(app: DeskApp, rest: str = "") -> Any:
    """The studio's page at an address."""
    app.shell._receive(None, {"type": "go", "address": f"studio/{rest}".rstrip("/")}, [])
    return app.shell.pages["studio"]


def press(page: Any, action: str) -> None:
    """Press a button of the page, and wait for what follows."""
    for panels_of in (one for one in page.children if hasattr(one, "panels")):
        for panel in panels_of.panels:
            for offered in panel.get("actions", ()):
                if offered["id"] == action:
                    done = panels_of._act(offered)
                    if asyncio.iscoroutine(done):
                        asyncio.run(done)
                    return
    raise AssertionError(f"There is no button {action!r}.")


def write(app: DeskApp, drafts: Drafts, name: FileName, text: str) -> None:
    """Write a text in the editor."""
    app.desk.workbook.record("studio/text", text, record_id=drafts.record_id(name))


def editor(page: Any) -> dict[str, Any]:
    """What the editor of the page shows."""
    (found,) = [one for one in page.children if isinstance(one, Exercise)]
    return found.shown()


def refusal(act: Callable[..., Any], *given: Any) -> str:
    """The rule by which it is refused."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.rule


# Names and files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        (("..", "chapter", "no"), "studio-language"),
        (("en/..", "chapter", "no"), "studio-language"),
        (("", "chapter", "no"), "studio-language"),
        (("en", "chapter", "../../secret"), "studio-name"),
        (("en", "chapter", "a\0b"), "studio-name"),
        (("en", "chapter", ".hidden"), "studio-name"),
        (("en", "chapter", "x" * 61), "studio-name"),
        (("en", "letter", "C:\\x"), "studio-name"),
        (("en", "words", "permanent_ids"), "studio-name"),
        (("en", "parsed", "parsed"), "studio-name"),
    ],
)
def test_a_name_leads_nowhere_but_into_the_folder(parts: tuple[str, str, str], rule: str) -> None:
    """Whatever an address or a field holds, only a language, a kind and a plain name make a file."""
    assert rule == refusal(file_name, *parts)


def test_what_ships_and_what_lies_outside_is_left_alone(folder: Folder, tmp_path: Path) -> None:
    """Neither the content of Rebound itself is a folder to work on, nor what a link in the folder leads to."""
    assert "studio-shipped" == refusal(Folder, places.shipped("data") / "content")
    assert "studio-shipped" == refusal(Folder, places.shipped("data"))
    assert "studio-no-folder" == refusal(Folder, tmp_path / "nowhere")
    (tmp_path / "secret.yaml").write_text("id: secret\n")
    (folder.root / "en" / "chapters").mkdir(parents=True)
    (folder.root / "en" / "chapters" / "mentor.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "studio-outside" == refusal(folder.read, MENTOR)
    assert "studio-outside" == refusal(folder.write, MENTOR, "gone")
    assert "id: secret\n" == (tmp_path / "secret.yaml").read_text()


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"\xff\xfe\x00i", "studio-no-text"),
        (b"id: \0", "studio-no-text"),
        ("é".encode() * 150_000, "studio-long"),
        (b"x" * 3_000_000, "studio-long"),
    ],
)
def test_a_file_that_cannot_be_shown_is_left_as_it_is(
    app: DeskApp, folder: Folder, data: bytes, rule: str
) -> None:
    """Huge, not in UTF-8, with a NUL: a sentence in its place, and not a byte of it changes."""
    path = folder.root / MENTOR.relative
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert rule == refusal(folder.read, MENTOR)
    page = go(app, MENTOR.address)
    assert MENTOR.relative in panels(page)["refused"]["text"]
    assert MENTOR.relative in panels(go(app))["files-en"]["rows"][0]["detail"]
    assert data == path.read_bytes()


# Writing -----------------------------------------------------------------------------------------------------


def test_a_new_chapter_is_begun_written_and_put_into_the_folder(
    app: DeskApp, drafts: Drafts, folder: Folder
) -> None:
    """The folder has nothing of it until it is put there; then the workbook shows it, and the check finds nothing."""
    for question, value in (("language", "en"), ("kind", "chapter"), ("name", "mentor")):
        app.desk.workbook.record(f"studio/{question}", value)
    went: list[str] = []
    page = go(app)
    app._visit.go = went.append
    press(page, "begin")
    assert ["studio/en/chapter/mentor"] == went
    page = go(app, MENTOR.address)
    press(page, "begin")
    assert "id: mentor" in editor(page)["replies"]["studio/text"]["value"]
    assert "not in the file yet" in panels(go(app))["files-en"]["rows"][0]["when"]
    assert [] == list(folder.root.rglob("*.yaml"))
    press(go(app, MENTOR.address), "put")
    assert [] == check_content(folder.root)
    assert "Mentor" == load_content("en", folder.root).chapters["mentor"].title
    assert "The file says what stands here." == panels(go(app, MENTOR.address))["state"]["hint"]
    assert [path.name for path in folder.root.rglob("*") if path.is_file()] == ["mentor.yaml"]


def test_what_is_wrong_stands_at_its_line_and_keeps_the_file_as_it_is(
    app: DeskApp, drafts: Drafts, folder: Folder
) -> None:
    """The sentences are those of `rebound check --content`; what was written is kept, and put there once right."""
    name = file_name("en", "chapter", "debrief")
    write(app, drafts, name, WRONG)
    page = go(app, name.address)
    (note,) = editor(page)["notes"]["studio/text"]
    assert (7, "problem") == (note["line"], note["tone"])
    path = folder.root / name.relative
    path.parent.mkdir(parents=True)
    path.write_text(WRONG)
    (told,) = check_content(folder.root)
    path.unlink()
    assert (note["line"], note["text"]) == (told.line, f"{told.what}. {told.rule}.")
    assert "1 thing keeps this from being used" in panels(page)["state"]["text"]
    assert "studio-wrong" == refusal_of_putting(app, drafts, name)
    assert not path.exists()
    write(app, drafts, name, RIGHT)
    press(go(app, name.address), "put")
    assert RIGHT == path.read_text()


def refusal_of_putting(app: DeskApp, drafts: Drafts, name: FileName) -> str:
    """The rule by which the folder refuses what stands in the editor."""
    page = go(app, name.address)
    state = drafts.look(name)
    assert state is not None
    with pytest.raises(NotKept) as refused:
        asyncio.run(app._pages["studio"]._file._put(drafts, name, state.text))  # type: ignore[attr-defined]
    assert page is app.shell.pages["studio"]
    sentences = {
        "studio-wrong": "keep your content from being used, so the file is as it was",
        "studio-others": "another file would keep your content from being used",
        "studio-changed": "was changed by somebody else meanwhile",
    }
    return next(rule for rule, words in sentences.items() if words in refused.value.sentence)


def test_a_file_that_would_break_another_one_is_not_put_there(
    app: DeskApp, drafts: Drafts, folder: Folder
) -> None:
    """A translation rests on the question it translates: taking that away is refused while the translation is there."""
    english = file_name("en", "chapter", "debrief")
    for locale, text in (("en", RIGHT), ("es", RIGHT.replace("        kind: prose\n", ""))):
        folder.write(FileName(locale, "chapter", "debrief"), text)
    assert [] == check_content(folder.root)
    drafts.look(english)
    write(app, drafts, english, "id: debrief\ntitle: Afterwards\n")
    assert "studio-others" == refusal_of_putting(app, drafts, english)
    assert RIGHT == folder.read(english)


def test_a_file_changed_by_somebody_else_is_followed_or_asked_about(
    app: DeskApp, drafts: Drafts, folder: Folder
) -> None:
    """With nothing of one's own it is followed; else both are kept, and the choice is the author's."""
    name = file_name("en", "chapter", "debrief")
    write(app, drafts, name, RIGHT)
    drafts.put(name, RIGHT)
    folder.write(name, RIGHT.replace("mentor say", "mentor think"))
    page = go(app, name.address)
    assert "mentor think" in editor(page)["replies"]["studio/text"]["value"]
    write(app, drafts, name, RIGHT.replace("mentor say", "friend say"))
    folder.write(name, RIGHT.replace("mentor say", "mother say"))
    page = go(app, name.address)
    assert "mother say" in " ".join(panels(page)["elsewhere"]["details"][0]["text"])
    assert "friend say" in editor(page)["replies"]["studio/text"]["value"]
    assert "studio-changed" == refusal_of_putting(app, drafts, name)
    press(page, "keep-own")
    press(go(app, name.address), "put")
    assert "friend say" in str(folder.read(name))
    (question,) = app.desk.workbook.content.desk["studio"].exercises[0].questions
    versions = app.desk.workbook.versions([question], record_id=drafts.record_id(name))["studio/text"]
    assert [True, True] == [any(words in kept.value for kept in versions) for words in ("mother", "think")]


def test_the_studio_sees_a_change_when_the_page_is_looked_at_again(
    app: DeskApp, drafts: Drafts, folder: Folder
) -> None:
    """A file saved by another program is on the page at the next heartbeat, without a press."""
    folder.write(MENTOR, beginning(folder, MENTOR))
    page = go(app, MENTOR.address)
    folder.write(MENTOR, beginning(folder, MENTOR).replace("Mentor", "Mentoring"))
    app.shell._receive(None, {"type": "beat", "n": 1}, [])
    assert "title: Mentoring" in editor(page)["replies"]["studio/text"]["value"]


def test_a_disk_that_does_not_take_it_loses_nothing(
    drafts: Drafts, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is as it was, no half of it lies beside it, and the text is still in the editor."""
    folder.write(MENTOR, "id: mentor\n")
    drafts.look(MENTOR)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "studio-unwritten" == refusal(folder.write, MENTOR, "id: other\n")
    assert "id: mentor\n" == folder.read(MENTOR)
    assert ["mentor.yaml"] == [path.name for path in folder.root.rglob("*") if path.is_file()]


# Translating -------------------------------------------------------------------------------------------------


def test_what_is_not_translated_is_named_sentence_by_sentence(
    app: DeskApp, drafts: Drafts, folder: Folder
) -> None:
    """A translation begins as the English file; each sentence that is English still, or gone, is named."""
    folder.write(MENTOR, beginning(folder, MENTOR))
    name = file_name("es", "chapter", "mentor")
    page = go(app, name.address)
    press(page, "begin")
    english = {
        "Mentor",
        "One sentence under the heading.",
        "The heading of the exercise",
        "One sentence that says what this is good for.",
        "What comes to mind first?",
    }
    assert english == {row["text"] for row in panels(go(app, name.address))["missing"]["rows"]}
    text = drafts.look(name).text.replace("What comes to mind first?", "¿Qué es lo primero?")  # type: ignore[union-attr]
    write(app, drafts, name, text.replace("title: Mentor\n", ""))
    rows = panels(go(app, name.address))["missing"]["rows"]
    assert english - {"What comes to mind first?"} == {row["text"] for row in rows}
    assert "title" in {row["detail"] for row in rows}


def test_a_language_that_does_not_ship_is_held_against_what_ships(folder: Folder) -> None:
    """A translator into a third language is told every English sentence of the file."""
    name = file_name("fr", "letter", "thank-you")
    text = beginning(folder, name)
    assert "id: thank-you" in text
    assert 0 < len(look_over(folder, name, text, "fr").missing)
    assert (
        {} == look_over(folder, name, beginning(folder, file_name("es", "letter", "thank-you")), "fr").missing
    )


@pytest.mark.parametrize(("locale", "kind", "least"), [("es", "chapter", 14), ("en", "letter", 9)])
def test_every_file_that_ships_is_a_right_beginning(
    folder: Folder, locale: str, kind: str, least: int
) -> None:
    """A copy of ours has nothing to mend."""
    names = [name for name in shipped_names(locale) if name.kind == kind]
    assert len(names) >= least
    for name in names:
        folder.write(name, beginning(folder, name))
    assert [] == [problem for problem in check_content(folder.root) if not problem.warning]


# The preview -------------------------------------------------------------------------------------------------


def shown_in_preview(app: DeskApp) -> list[dict[str, Any]]:
    """What the preview's widgets show."""
    return [one.shown() for one in app._pages["studio"]._file._preview.widget.children]  # type: ignore[attr-defined]


def test_the_preview_is_made_of_the_real_widgets_and_keeps_nothing(app: DeskApp, drafts: Drafts) -> None:
    """Each exercise as the workbook draws it, in the language asked for; what is tried in it is in no workbook."""
    name = file_name("es", "chapter", "debrief")
    go(app, name.address)
    press(app.shell.pages["studio"], "begin")
    spanish = shown_in_preview(app)
    content = load_content("es").chapters["debrief"]
    assert [one.title for one in content.exercises] == [one["heading"] for one in spanish[1:]]
    asked = [[question.as_mapping() for question in one.questions] for one in content.exercises]
    assert asked == [one["questions"] for one in spanish[1:]]
    go(app, f"{name.address}/in-en/phone")
    assert [one.title for one in load_content("en").chapters["debrief"].exercises] == [
        one["heading"] for one in shown_in_preview(app)[1:]
    ]
    frame = app._pages["studio"]._file._preview.widget  # type: ignore[attr-defined]
    assert (True, "en") == (frame.shown()["narrow"], frame.shown()["lang"])
    before = app.desk.workbook.revision
    frame.children[1]._heard(
        None, {"type": "reply", "seq": 1, "page": "p", "question": "debrief/recall", "value": "x"}, []
    )
    assert before == app.desk.workbook.revision


def test_the_preview_stays_while_the_file_cannot_be_used(app: DeskApp, drafts: Drafts) -> None:
    """It says that it is older, and shows the file again as soon as it is right."""
    folder_text = beginning(drafts.folder, MENTOR)
    write(app, drafts, MENTOR, folder_text)
    go(app, MENTOR.address)
    before = shown_in_preview(app)
    write(app, drafts, MENTOR, folder_text.replace("lede:", "lede"))
    page = go(app, MENTOR.address)
    assert before == shown_in_preview(app)
    assert "As it was when it could last be used." == panels(page)["ways"]["hint"]


def test_the_desk_opens_whatever_is_in_the_folder(folder: Folder, home: Path, clock: Clock) -> None:
    """It says the institution's words; where they cannot be used it says ours, and the studio is there to mend them."""
    folder.write(file_name("en", "chapter", "desk"), "id: desk\ntitle: Our office\n")
    desk = Desk.open(home / "desk", overlay=folder.root, clock=clock)
    assert "Our office" == DeskApp(desk).shell.chapters[0]["title"]
    desk.close()
    (folder.root / "en" / "words.yaml").write_text("start: [")
    load_content.__globals__["_load"].cache_clear()
    desk = Desk.open(home / "desk", overlay=folder.root, clock=clock)
    app = DeskApp(desk, "studio")
    assert "studio" == app.shell.chapters[0]["id"]
    assert ["desk", "words"] == [row["text"] for row in panels(go(app))["files-en"]["rows"]]
    page = go(app, "en/words/words")
    assert 1 == editor(page)["notes"]["studio/text"][0]["line"]
    desk.close()


def test_without_a_folder_one_is_named_on_the_page(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made where its parent is there; what ships is refused, and so is a path to nowhere."""
    monkeypatch.delenv("REBOUND_CONTENT", raising=False)
    app = DeskApp(desk)
    page = go(app)
    studio = app._pages["studio"]
    assert "no-folder" in panels(page)
    for line, words in (
        (str(places.shipped("data")), "ships with"),
        (str(tmp_path / "a" / "b"), "cannot be made"),
    ):
        with pytest.raises(NotKept) as refused:
            studio._keep_folder(line)  # type: ignore[attr-defined]
        assert words in refused.value.sentence
    studio._keep_folder(str(tmp_path / "ours"))  # type: ignore[attr-defined]
    assert (tmp_path / "ours").is_dir()
    assert str(tmp_path / "ours") in panels(go(app))["folder"]["text"]
