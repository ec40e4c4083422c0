"""The English content as it ships: what it asks, how it says it, what it rests on."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from rebound_widgets.content import Content, load_content
from rebound_widgets.content.check import NOT_COVERED, spoken
from rebound_widgets.content.files import read_layer
from rebound_widgets.content.words import blanks
from rebound_widgets.domain.application import FORMATS, OUTCOMES, SIZES, STAGES
from rebound_widgets.domain.chapter import COMPONENTS, Exercise
from rebound_widgets.domain.choice_questions import Choice, Scale
from rebound_widgets.history.exporting.calendar import WORDS as CALENDAR_WORDS
from rebound_widgets.widgets import words as widgets_words
from rebound_widgets.widgets import words_views as widgets_words_views

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@pytest.fixture(scope="module")
def content() -> Content:
    """What ships, in English."""
    return load_content()


def exercises(content: Content) -> Iterator[tuple[str, Exercise]]:
    """Every exercise with its chapter's id."""
    for chapter in content.chapters.values():
        for exercise in chapter.exercises:
            yield chapter.id, exercise


# What is there -------------------------------------------------------------------------------------------


CHAPTERS = (
    "start",
    "ready",
    "search",
    "debrief",
    "no",
    "learn",
    "refocus",
    "keep-going",
    "share",
    "help",
)


def test_the_chapters_are_in_the_order_of_a_search(content: Content) -> None:
    """Where you are, before the interview, the search, after the interview, what follows; help is last."""
    assert [chapter for chapter in CHAPTERS if chapter in content.chapters] == list(content.chapters)


def test_the_debrief_asks_in_its_order(content: Content) -> None:
    """The person speaks first, then the prompts, both sides, the place, what is next, the letter."""
    debrief = content.chapters["debrief"]
    ids = [exercise.id for exercise in debrief.exercises]
    assert ["recall", "questions", "both-sides", "place", "next", "thanks"] == ids
    assert "debrief/recall" == next(debrief.questions()).id


def test_every_exercise_says_why_on_what_it_rests_and_how_long_it_takes(content: Content) -> None:
    """Each exercise has a reason for the person, known evidence, a component and minutes."""
    found = list(exercises(content))
    assert len(found) >= 11
    for chapter, exercise in found:
        assert exercise.why.endswith("."), f"{chapter}/{exercise.id}"
        assert 1 <= exercise.minutes <= 20, f"{chapter}/{exercise.id}"
        assert set(exercise.components) <= set(COMPONENTS)
        assert all(key in content.evidence for key in exercise.evidence)


def test_every_chapter_trains_skill_and_morale(content: Content) -> None:
    """Programmes helped only where both parts were there; start, search and share stand apart."""
    covered = [c for c in content.chapters.values() if c.exercises and c.id not in NOT_COVERED]
    assert {"debrief", "keep-going"} <= {chapter.id for chapter in covered}
    for chapter in covered:
        parts = {part for exercise in chapter.exercises for part in exercise.components}
        assert parts & set(COMPONENTS[:2])
        assert parts & set(COMPONENTS[2:])


@pytest.mark.parametrize(
    ("question_id", "words"),
    [
        ("search/stage", STAGES),
        ("search/outcome", OUTCOMES),
        ("search/size", SIZES),
        ("search/format", FORMATS),
        ("search/interview-stage", ("answered", "interview", "final")),
    ],
)
def test_a_field_offers_every_word_its_record_knows(
    content: Content, question_id: str, words: tuple[str, ...]
) -> None:
    """Each value a record can take can be chosen, and no other; a no among them is the word, not false."""
    question = content.chapters["search"].question(question_id)
    assert isinstance(question, Choice)
    assert words == tuple(option.id for option in question.options)


def test_a_rating_says_what_its_ends_mean_and_can_stay_open(content: Content) -> None:
    """An untouched scale is no answer, and says so."""
    asked = content.chapters["debrief"].question("debrief/asked-rating")
    assert isinstance(asked, Scale)
    expected = (1, 5, "I lost the thread", "As I wanted", "Not rated")
    assert expected == (asked.low, asked.high, asked.low_word, asked.high_word, asked.unanswered)
    scales = [q for c in content.chapters.values() for q in c.questions() if isinstance(q, Scale)]
    assert len(scales) >= 4
    assert all(scale.unanswered for scale in scales)


def test_topics_hold_the_nine_behaviours_and_take_words_of_ones_own(content: Content) -> None:
    """The tags are the nine UK Civil Service behaviours, common topics, and whatever a person adds."""
    topic = content.chapters["debrief"].question("debrief/asked-topic")
    assert isinstance(topic, Choice)
    assert topic.own
    nine = {
        "Seeing the big picture",
        "Changing and improving",
        "Making effective decisions",
        "Leadership",
        "Communicating and influencing",
        "Working together",
        "Developing self and others",
        "Managing a quality service",
        "Delivering at pace",
    }
    assert nine <= {option.text for option in topic.options}
    assert 9 + 12 == len(topic.options)


def test_questions_on_one_page_have_names_of_their_own(content: Content) -> None:
    """The words of a question are its control's accessible name, so no two in an exercise are alike."""
    for chapter, exercise in exercises(content):
        asks = [question.ask for question in exercise.questions]
        assert sorted(set(asks)) == sorted(asks), f"{chapter}/{exercise.id}"


# How it is said ------------------------------------------------------------------------------------------


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    word = re.sub(r"[^a-z]", "", word.lower())
    found = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and found > 1
    return max(1, found - silent)


def test_it_reads_easily(data: Path) -> None:
    """All words on screen together read at an age of about 13: Flesch-Kincaid grade 8 at most."""
    layer = read_layer(data / "content" / "en", "en", own=True)
    texts = [text for text, _ in spoken(layer) if len(text.split()) >= 4]
    assert len(texts) > 200
    sentences = [s for text in texts for s in re.split(r"(?<=[.?:;])\s+|\n+", text) if s.split()]
    words = [word for sentence in sentences for word in sentence.split()]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    assert grade <= 8


def test_quotation_marks_and_dashes_are_of_one_kind(data: Path) -> None:
    """No doubled blanks, no typewriter ellipsis, no dash between words."""
    layer = read_layer(data / "content" / "en", "en", own=True)
    wrong = [f"{place}: {text}" for text, place in spoken(layer) if re.search(r"  | [–—-] |\.\.\.", text)]
    assert [] == wrong


def test_every_counted_sentence_has_the_forms_of_the_language(content: Content) -> None:
    """Where words are counted, one and many are both there and take the same facts."""
    stems = {key.removesuffix("_other") for key in content.words if key.endswith("_other")}
    assert len(stems) > 10
    for stem in stems:
        if f"{stem}_one" in content.words:
            one, many = content.words[f"{stem}_one"], content.words[f"{stem}_other"]
            assert blanks(one) - {"count"} == blanks(many) - {"count"}, stem


# What it rests on ----------------------------------------------------------------------------------------


def numbers(text: str) -> set[str]:
    """The numbers in a text that could be a finding: over ten, or with a fraction; no times of day."""
    found = {number.rstrip(",") for number in NUMBER.findall(re.sub(r"\d+:\d+", "", text))}
    return {number for number in found if "." in number or int(number.replace(",", "")) > 10}


def test_no_number_of_a_study_stands_without_its_source(content: Content, data: Path) -> None:
    """A number out of the evidence or the base rates appears only where its source is named too."""
    findings = {number for finding in content.evidence.values() for number in numbers(finding.text)}
    assert len(findings) > 15
    with (data / "base_rates.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("numerator", "denominator", "people"):
                findings |= numbers(row[name])
    for _, exercise in exercises(content):
        allowed = {n for key in exercise.evidence for n in numbers(content.evidence[key].text)}
        texts = [exercise.title, exercise.intro, exercise.why]
        texts += [text for q in exercise.questions for text in (q.ask, q.hint)]
        assert set() == set().union(*map(numbers, texts)) & findings - allowed
    for key, words in content.words.items():
        if not (key.startswith(("search.size", "search.quick", "search.import")) or key.endswith(".minutes")):
            assert set() == numbers(words) & findings, key


def test_every_finding_has_a_source_and_says_how_sure_it_is(content: Content) -> None:
    """A finding is one line with its source and what its mark means; nothing unchecked is there."""
    assert len(content.evidence) == 16
    for finding in content.evidence.values():
        assert finding.mark in ("A", "B", "C", "none")
        assert finding.source
        assert finding.mark_words in finding.sentence
        assert finding.text.endswith(".")
        if finding.mark == "none":
            assert set() == numbers(finding.text)
        else:
            assert numbers(finding.text), finding.key


def test_base_rates_are_counts_or_ranges_with_source_year_and_mark(data: Path) -> None:
    """Each row is a count out of a count or a value from a source, and says how sure it is."""
    with (data / "base_rates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert 16 == len(rows)
    for row in rows:
        counted = bool(row["numerator"] and row["denominator"])
        assert counted != bool(row["low"] and row["high"]), row
        if counted:
            assert 0 < int(row["numerator"]) < int(row["denominator"])
        else:
            assert 0 < float(row["low"]) <= float(row["high"])
        assert row["mark"] in ("A", "C"), row
        assert row["source"], row
        assert ("A" == row["mark"]) == bool(row["year"]), row
    assert ["80", "1505"] == [rows[1]["numerator"], rows[1]["denominator"]]


def test_no_help_line_ships_that_nobody_has_checked(content: Content) -> None:
    """The table of lines is empty until each has a source, and the help page says who fills it."""
    assert () == content.help_lines
    assert "institution" in content.words["help.lines_none"]


# What the code needs -------------------------------------------------------------------------------------

GROUP_NAMES = {"HISTORY_TABLE": "table"}
"""Where a group of words is not named after its widget's mapping."""


def widget_words() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every widget's own English words, with the group that stands for them in the words file."""
    for module in (widgets_words, widgets_words_views):
        for name in sorted(vars(module)):
            if name.isupper() and isinstance(vars(module)[name], Mapping):
                yield GROUP_NAMES.get(name, name.lower().replace("_", "-")), vars(module)[name]


def test_every_word_of_a_widget_can_be_translated(content: Content) -> None:
    """Each widget's words stand in the words file too, under the same keys and with the same facts."""
    found = dict(widget_words())
    assert {"exercise", "actions", "steps", "road", "chart", "table"} <= set(found)
    for group, own in found.items():
        written = content.words.group(group)
        assert set(own) == set(written), group
        for key, sentence in own.items():
            assert blanks(sentence) == blanks(written[key]), f"{group}.{key}"


def test_every_word_of_a_calendar_can_be_translated(content: Content) -> None:
    """The calendar has its words in the words file too."""
    written = content.words.group("calendar")
    assert set(CALENDAR_WORDS) == set(written)
    for key, sentence in CALENDAR_WORDS.items():
        assert blanks(sentence) == blanks(written[key]), key


NAMED_WORDS = re.compile(
    r"(shell|start|search|debrief|no|ready|learn|refocus|keep-going|share|rooms|published|help|page)(\.[a-z0-9_-]+)+"
)


def named_words(root: Path) -> Iterator[tuple[str, str]]:
    """Every key of words that the chapters and the app name in full, with the file that names it."""
    for folder in ("chapters", "app"):
        for path in sorted((root / "rebound_widgets" / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and NAMED_WORDS.fullmatch(node.value)
                    and not node.value.endswith((".js", ".css", ".csv"))
                ):
                    yield node.value, path.name


def test_every_word_the_pages_name_is_there(content: Content, root: Path) -> None:
    """No page asks for words that nobody wrote."""
    named = list(named_words(root))
    assert len(named) > 30
    missing = [
        f"{file}: {key}"
        for key, file in named
        if not any(known == key or known.startswith((f"{key}_", f"{key}.")) for known in content.words)
    ]
    assert [] == missing
