"""The files the browser's half of Exercise is put together from."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from rebound_widgets.domain.kinds import KINDS
from rebound_widgets.widgets import Exercise
from rebound_widgets.widgets.frontend import STATIC, module
from rebound_widgets.widgets.words import EXERCISE

FILES = sorted(
    [
        *STATIC.glob("exercise*.js"),
        *(STATIC / "lib" / f"{n}.js" for n in ("drafts", "entry", "line", "outbox", "values", "wire")),
    ]
)
DECLARED = re.compile(r"^(?:export\s+)?(?:async\s+)?(?:function|const|let|class)\s+(\w+)", re.MULTILINE)


def words_used() -> set[str]:
    """The keys of every ``say(…)`` and ``count(…)`` in the scripts."""
    found: set[str] = set()
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        for call in re.finditer(r"\b(say|count)\(((?:[^()]|\([^()]*\))*)\)", text):
            keys = re.findall(r'"([a-z]+(?:_[a-z]+)*)"', call.group(2).split("{")[0])
            found |= {f"{key}_other" if call.group(1) == "count" else key for key in keys}
    return found


def test_no_two_files_declare_the_same_name() -> None:
    """The files become one script, so a name declared twice would stop the whole widget."""
    names = Counter(DECLARED.findall(module(STATIC / "exercise.js")))
    assert len(names) > 60
    assert [] == [name for name, times in names.items() if times > 1]


def test_the_script_is_whole() -> None:
    """Nothing is left to be imported: the browser gets one text without an address."""
    assert [] == re.findall(r"^import\s.*", module(STATIC / "exercise.js"), re.MULTILINE)
    assert 1 == len(re.findall(r"^export\s", module(STATIC / "exercise.js"), re.MULTILINE))


def test_every_word_the_scripts_use_is_there() -> None:
    """No key without words can reach the screen."""
    used = words_used()
    assert len(used) > 50
    assert set() == used - set(EXERCISE)


def test_no_word_is_left_over() -> None:
    """A translator translates only what is shown."""
    spoken = words_used() | {"failed"}  # said by the kernel
    singular = {key.removesuffix("_one") + "_other" for key in EXERCISE if key.endswith("_one")}
    assert set() == {key for key in EXERCISE if not key.endswith("_one")} - spoken - singular


def test_words_are_the_products_words() -> None:
    """No exclamation marks, and none of the words that belittle."""
    text = " ".join(EXERCISE.values()).lower()
    assert [] == re.findall(r"!|\bjust\b|\bsimply\b|\bunfortunately\b|\bfailure\b", text)


def test_given_words_replace_the_english_ones() -> None:
    """A locale's words are used, missing ones stay English, unknown ones are left alone."""
    exercise = Exercise([], words={"saved": "Guardado {time}", "strange": "x"})
    assert ("Guardado {time}", "Saving", None) == (
        exercise._words["saved"],
        exercise._words["saving"],
        exercise._words.get("strange"),
    )


def test_a_persons_words_only_ever_become_text() -> None:
    """No script writes markup."""
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert [] == [file.name for file in FILES if markup.search(file.read_text(encoding="utf-8"))]


def test_nothing_is_loaded_from_elsewhere() -> None:
    """Neither script nor style names another host."""
    texts = [
        module(STATIC / "exercise.js"),
        *(Path(STATIC / f"{n}.css").read_text("utf-8") for n in ("theme", "exercise")),
    ]
    assert [] == [
        found
        for text in texts
        for found in re.findall(r"https?://(?!www\.w3\.org/2000/svg)\S+|@import|url\(", text)
    ]


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_pair_of_colours_can_be_read() -> None:
    """Text has 4.5 : 1 on every ground it stands on, borders of controls 3 : 1, in light and dark."""
    theme = (STATIC / "theme.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", theme.split("@media")[0]))
    dark = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", theme.split("@media")[1]))
    text = [
        (ink, ground)
        for ink in ("ink", "quiet", "accent", "warm", "alarm", "plum")
        for ground in ("paper", "card")
    ]
    text += [("on-accent", "accent"), ("ink", "accent-soft"), ("ink", "warm-soft"), ("accent", "accent-soft")]
    text += [
        ("warm", "warm-soft"),
        ("plum", "plum-soft"),
        ("alarm", "alarm-soft"),
        ("accent", "warm-soft"),
        ("card", "alarm"),
    ]
    shapes = [("edge", "paper"), ("edge", "card")]
    for colours in (light, dark):
        assert [] == [pair for pair in text if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
        assert [] == [pair for pair in shapes if contrast(colours[pair[0]], colours[pair[1]]) < 3]


def test_what_the_reference_shows_runs(root: Path) -> None:
    """The examples of the reference page work as they are written."""
    page = (root / "docs" / "reference" / "exercise.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert 2 == len(examples)
    for example in examples:
        exec(compile(example, "exercise.md", "exec"), {})  # noqa: S102 - our own page


def test_the_reference_names_every_kind(root: Path) -> None:
    """Somebody who reads the page finds each kind of question, and nothing that is none."""
    page = (root / "docs" / "reference" / "exercise.md").read_text(encoding="utf-8")
    table = page.split("| kind | reply | needs |")[1].split("\n\n")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = {kind for row in rows for kind in re.findall(r"`([a-z-]+)`", row)}
    assert set(KINDS) == named
