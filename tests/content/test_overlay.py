"""An institution's own content laid over ours: it adds and rewords, and never takes away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rebound_widgets.content import Content, ContentBroken, Problem, load_content
from rebound_widgets.domain.choice_questions import Choice
from rebound_widgets.domain.kinds import Repeat

Overlay = Callable[..., Path]

CHAPTER = """\
id: debrief
exercises:
  - id: recall
    why: Our own reason.
    questions:
      - id: debrief/recall
        ask: Tell it in your own way
      - id: debrief/mentor
        kind: line
        ask: Who was your mentor that day?
  - id: questions
    questions:
      - id: debrief/asked
        questions:
          - id: debrief/asked-topic
            options: {motivation: Why us, ethics: Ethics}
  - id: campus
    title: Our campus
    about: own
    why: We know each other.
    components: [social-support]
    minutes: 3
    questions:
      - {id: debrief/campus-person, kind: line, ask: Whom do you know here?}
words:
  round: interview {number}
  campus: {title: Our campus}
"""
WORDS = """\
shell: {help: Help at our university}
campus: {hello: Good morning}
"""
LINES = """\
country,name,phone,web,hours,languages,source,checked_on
,Student services,1234,,,English,our own office,2026-10-01
"""


def broken(overlay: Path) -> tuple[Problem, ...]:
    """What keeps an overlay from being used."""
    with pytest.raises(ContentBroken) as caught:
        load_content("en", overlay)
    return caught.value.problems


def question(content: Content, question_id: str) -> object:
    """A question by its id."""
    return content.chapters[question_id.partition("/")[0]].question(question_id)


def test_an_overlay_adds_and_rewords(overlay: Overlay) -> None:
    """An institution rewords a question, adds options, questions, an exercise, words and help lines."""
    folder = overlay({"en/chapters/debrief.yaml": CHAPTER, "en/words.yaml": WORDS, "help_lines.csv": LINES})
    content, ours = load_content("en", folder), load_content()
    debrief = content.chapters["debrief"]
    assert [e.id for e in ours.chapters["debrief"].exercises] + ["campus"] == [
        e.id for e in debrief.exercises
    ]
    assert "Our own reason." == debrief.exercises[0].why
    assert ours.chapters["debrief"].exercises[0].title == debrief.exercises[0].title
    assert "Tell it in your own way" == debrief.question("debrief/recall").ask
    expected = ["debrief/recall", "debrief/sources", "debrief/mentor"]
    assert expected == [q.id for q in debrief.exercises[0].questions]
    topic = debrief.question("debrief/asked-topic")
    assert isinstance(topic, Choice)
    texts = {option.id: option.text for option in topic.options}
    assert ("Why us", "Ethics", "Pay") == (texts["motivation"], texts["ethics"], texts["salary"])
    assert "interview 2" == content.words("debrief.round", number=2)
    assert "Help at our university" == content.words["shell.help"]
    assert ours.words["shell.menu"] == content.words["shell.menu"]
    assert ["Good morning", "Our campus"] == [
        content.words[k] for k in ("campus.hello", "debrief.campus.title")
    ]
    assert [("Student services", True)] == [(line.name, line.own) for line in content.help_lines]


def test_an_overlay_may_add_a_chapter(overlay: Overlay) -> None:
    """A whole new chapter of an institution takes its place in the navigation by its order."""
    text = CHAPTER.partition("  - id: campus")[2].replace("debrief/", "campus/")
    chapter = "id: campus\norder: 35\ntitle: Campus\nlede: Our place.\nexercises:\n  - id: campus" + text
    content = load_content("en", overlay({"en/chapters/campus.yaml": chapter.partition("words:")[0]}))
    ids = list(content.chapters)
    assert ["search", "campus", "debrief"] == ids[ids.index("search") : ids.index("debrief") + 1]


def test_no_overlay_and_an_empty_one_are_ours(overlay: Overlay) -> None:
    """A folder without files changes nothing."""
    assert load_content().chapters == load_content("en", overlay({})).chapters


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A mistyped folder is named instead of being left out in silence."""
    assert "There is no such folder" == broken(tmp_path / "nowhere")[0].what


REFUSED = {
    "another kind": ("questions: [{id: debrief/recall, kind: line}]", "debrief/recall has another kind"),
    "another field": ("questions: [{id: debrief/recall, field: x.y}]", "debrief/recall has another field"),
    "an id of another exercise": (
        "questions: [{id: debrief/read-up, kind: prose, ask: What?}]",
        "The question's id is used already",
    ),
    "an id twice": (
        "questions: [{id: debrief/a, kind: line, ask: A}, {id: debrief/a, kind: line, ask: B}]",
        "The id is used twice",
    ),
    "an id of another chapter": (
        "questions: [{id: search/a, kind: line, ask: A}]",
        "The question's id names another chapter",
    ),
    "another subject": ("about: own", "recall has another about"),
    "a kind nobody knows": (
        "questions: [{id: debrief/a, kind: poem, ask: A}]",
        "The question debrief/a has no known kind",
    ),
    "a scale without words": (
        "questions: [{id: debrief/a, kind: scale, ask: A}]",
        "The question cannot be used",
    ),
    "a misspelt key": (
        "questions: [{id: debrief/a, kind: prose, ask: A, row: 3}]",
        "The question takes no 'row'",
    ),
    "a number for words": (
        "questions: [{id: debrief/a, kind: prose, ask: 5}]",
        "'ask' has no value it can take",
    ),
    "no words to ask": ("questions: [{id: debrief/a, kind: prose}]", "The question has no 'ask'"),
    "an option without an id": (
        "questions: [{id: debrief/sources, options: {My Notes: x}}]",
        "The question cannot be used",
    ),
    "evidence nobody has": ("evidence: [astrology]", "The exercise recall names unknown evidence"),
    "a part that is none": ("components: [luck]", "The exercise recall names unknown components"),
    "a field of another record": (
        "questions: [{id: debrief/a, kind: line, ask: A, field: application.company}]",
        "debrief/a cannot edit that field",
    ),
    "a list for questions": ("questions: {a: b}", "'questions' has no value it can take"),
    "a word for a question": ("questions: [recall]", "The question is no mapping"),
}


@pytest.mark.parametrize(("line", "what"), REFUSED.values(), ids=REFUSED.keys())
def test_what_breaks_a_rule_is_said_with_file_and_line(overlay: Overlay, line: str, what: str) -> None:
    """Each rule of the content files is held by a sentence that names the file and the line."""
    text = f"id: debrief\nexercises:\n  - id: recall\n    {line}\n"
    problems = broken(overlay({"en/chapters/debrief.yaml": text}))
    assert ("ours/en/chapters/debrief.yaml", 4, what) == (
        problems[0].file,
        problems[0].line,
        problems[0].what,
    )


def test_a_promise_of_privacy_cannot_be_taken_back(overlay: Overlay) -> None:
    """A question that is private stays private, whatever an institution writes."""
    chapter = "id: own\norder: 50\ntitle: T\nlede: L\nexercises:\n"
    chapter += "  - {id: e, title: T, about: own, why: W, components: [self-efficacy], minutes: 2,\n"
    chapter += "     questions: [{id: own/q, kind: line, ask: A, private: PR}]}\n"
    made = overlay(
        {
            "en/chapters/own.yaml": chapter.replace("PR", "true"),
            "es/chapters/own.yaml": chapter.replace("PR", "false"),
        }
    )
    with pytest.raises(ContentBroken) as caught:
        load_content("es", made)
    assert ["own/q cannot switch private off"] == [problem.what for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("exercise: {saved: 'Saved {when}'}", "The words 'saved' hold a fact nobody fills in"),
        ("exercise: {saved: {one: a, other: b}}", "The words 'saved' have another form"),
        ("shell: Hello", "The words 'shell' have another form"),
        ("exercise: {saved: {deep: er}}", "The words 'saved' are a sentence below"),
        ("exercise: {saved: 7}", "There are no words under 'exercise.saved'"),
        ("debrief: {round: x}", "The group has a chapter's name"),
        ("'a b': {c: d}", "The key is no name"),
    ],
)
def test_words_keep_their_form_and_facts(overlay: Overlay, text: str, what: str) -> None:
    """A reworded sentence can hold only the facts its page knows, so that no brace reaches the screen."""
    problems = broken(overlay({"en/words.yaml": f"# ours\n{text}\n"}))
    assert ("ours/en/words.yaml", 2, what) == (problems[0].file, problems[0].line, problems[0].what)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Dear {name}", 1, "The letter has no beginning"),
        ("---\nid: x\n---\nDear", 2, "The letter has no 'about'"),
        ("---\nid: y\n---\nDear", 2, "The id is not the file's name"),
        (
            "---\nid: x\ntitle: T\nabout: interview\nsubject: S\nblanks: {a: an a}\n---\nDear {b}",
            8,
            "The letter has a blank without words",
        ),
        (
            "---\nid: x\ntitle: T\nabout: dreams\nsubject: S\nblanks: {a: an a}\n---\nDear {a}",
            4,
            "The letter is about nothing known",
        ),
        ("---\nid: [x\n---\nDear", 3, "Something opened is not closed"),
    ],
)
def test_a_letter_says_what_is_wrong_with_it(overlay: Overlay, text: str, line: int, what: str) -> None:
    """An author of a letter gets line numbers too, in the front matter and the text."""
    problems = broken(overlay({"en/letters/x.md": text}))
    assert (line, what) == (problems[0].line, problems[0].what)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("name,phone\nA,1\n", 1, "The columns are not as they should be"),
        (LINES + "DE,B,2\n", 3, "The row has another number of fields"),
        (LINES + "DE,B,2,,,,somewhere,soon\n", 3, "The day of the last check is no day"),
        (LINES + "DE,B,,,,,somewhere,2026-01-01\n", 3, "The line is not complete"),
        (LINES + "DE,B,2,,,,,2026-01-01\n", 3, "The line is not complete"),
        (LINES + 'DE,"' + "x" * 140_000 + '",2,,,,s,2026-01-01\n', 2, "The table cannot be read"),
        (b"\xff\xfe", 1, "The file is not text in UTF-8"),
    ],
)
def test_a_help_line_needs_a_source_and_a_day(
    overlay: Overlay, text: str | bytes, line: int, what: str
) -> None:
    """No line to call is shown without where it was read and when somebody last looked."""
    problems = broken(overlay({"help_lines.csv": text}))
    assert ("ours/help_lines.csv", what) == (problems[0].file, problems[0].what)
    assert line <= problems[0].line <= line + 1


def test_what_nothing_reads_is_said_and_does_no_harm(overlay: Overlay) -> None:
    """A file with a wrong ending is named by the check, and the rest is used."""
    from rebound_widgets.content.check import check_content

    folder = overlay({"en/chapters/debrief.yml": "id: debrief\n", "en/words.yaml": WORDS})
    assert "Help at our university" == load_content("en", folder).words["shell.help"]
    problems = check_content(folder)
    assert [("ours/en/chapters/debrief.yml", True)] == [(p.file, p.warning) for p in problems]


def test_a_folder_where_a_file_belongs_is_no_crash(overlay: Overlay) -> None:
    """Odd things in the folder end in a sentence or are left alone."""
    folder = overlay({"en/words.yaml/x.txt": "a", "en/.hidden.yaml": "a: [", "en/chapters/a.yaml": ""})
    problems = broken(folder)
    assert ["The file holds no mapping"] == [problem.what for problem in problems]


def test_content_is_loaded_once_and_frozen() -> None:
    """Everybody shares one content, so nobody can change it."""
    content = load_content()
    assert content is load_content("en")
    with pytest.raises(TypeError):
        content.chapters["x"] = content.chapters["start"]  # type: ignore[index]
    with pytest.raises(TypeError):
        content.chapters["start"].words["x"] = "y"  # type: ignore[index]
    with pytest.raises(AttributeError):
        content.chapters["start"].title = "x"  # type: ignore[misc]
    repeat = content.chapters["debrief"].question("debrief/asked")
    assert isinstance(repeat, Repeat)
    assert isinstance(repeat.questions, tuple)


@pytest.mark.parametrize("locale", ["en-GB", "en_US", "xx", "../../etc", "", "EN"])
def test_an_unknown_language_falls_back_on_english(locale: str) -> None:
    """A language that is not there, or no language at all, gives English."""
    assert "en" == load_content(locale).locale
