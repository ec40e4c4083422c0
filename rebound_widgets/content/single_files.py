"""The files of which a language has one, and letters: each becomes its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ..domain.application import OUTCOMES, STAGES
from ..domain.chapter import Chapter
from ..domain.question import ID_FORM
from .building import Say, Wrong, build, flattened, read_text, teller
from .evidence import MARKS, Evidence
from .letter import Letter
from .locale import DAY_FORMS, LocaleFacts
from .marked import MarkedDict
from .problems import Problem
from .words import blanks

LETTER_SUBJECTS = ("application", "interview")
_DAY_BLANKS = {"weekday", "weekday_short", "day", "month", "month_short", "year"}
_TIME_BLANKS = {"hour", "hour_12", "minute", "half"}


def build_locale(given: MarkedDict, problems: list[Problem]) -> LocaleFacts | None:
    """A language's facts; ``None`` where something is wrong, which is then in ``problems``."""
    facts = build(LocaleFacts, given, given.where(), problems, called="The locale")
    if facts is None:
        return None
    before, say = len(problems), teller(problems)
    counts = {"months": 12, "months_short": 12, "days": 7, "days_short": 7}
    checks = [
        *((name, len(getattr(facts, name)) == count, f"There are {count}") for name, count in counts.items()),
        ("direction", facts.direction in ("ltr", "rtl"), "It is ltr or rtl"),
        ("date_order", facts.date_order in ("dmy", "mdy", "ymd"), "It is dmy, mdy or ymd"),
        ("stage_words", set(facts.stage_words) <= set(STAGES), f"Stages are {', '.join(STAGES)}"),
        ("outcome_words", set(facts.outcome_words) <= set(OUTCOMES), f"Outcomes are {', '.join(OUTCOMES)}"),
        ("month_words", all(1 <= n <= 12 for n in facts.month_words.values()), "Months go from 1 to 12"),
        ("day_forms", set(facts.day_forms) == set(DAY_FORMS), f"There are {', '.join(DAY_FORMS)}"),
        ("day_forms", all(blanks(f) <= _DAY_BLANKS for f in facts.day_forms.values()), _listed(_DAY_BLANKS)),
        ("time_form", blanks(facts.time_form) <= _TIME_BLANKS, _listed(_TIME_BLANKS)),
    ]
    for name, right, rule in checks:
        if not right:
            say(given.where(name), f"The locale has no right {name!r}", rule, "")
    return facts if len(problems) == before else None


def _listed(names: set[str]) -> str:
    return "It can hold " + ", ".join(f"{{{name}}}" for name in sorted(names))


def build_words(given: MarkedDict, chapters: Iterable[Chapter], problems: list[Problem]) -> dict[str, str]:
    """Every word on screen by its key: those of the words file, and each chapter's under its id."""
    flat = flattened(given, problems)
    say = teller(problems)
    for chapter in chapters:
        if chapter.id in given:
            say(
                given.where(chapter.id),
                "The group has a chapter's name",
                "Its words stand in its file",
                chapter.id,
            )
        flat |= {f"{chapter.id}.{key}": words for key, words in chapter.words.items()}
    return flat


def build_evidence(layers: Sequence[MarkedDict], problems: list[Problem]) -> Mapping[str, Evidence]:
    """Every finding by its key; later layers may reword one, and add more."""
    say = teller(problems)
    marks: dict[str, str] = {}
    findings: dict[str, MarkedDict] = {}
    for given in layers:
        for key in given:
            if key not in ("marks", "findings"):
                say(
                    given.where(key), f"The evidence file takes no {key!r}", "It takes marks and findings", ""
                )
        marks |= _marks(given, say)
        found = given.get("findings")
        if not isinstance(found, MarkedDict):
            say(given.where("findings"), "The evidence file has no findings", "It is a mapping of keys", "")
            continue
        for key, finding in found.items():
            if isinstance(finding, MarkedDict):
                findings[key] = _over(findings.get(key), finding)
            else:
                say(
                    found.where(key),
                    "The finding is no mapping",
                    "It takes text, source, year, mark",
                    finding,
                )
    built = {key: _finding(key, given, marks, problems) for key, given in findings.items()}
    return MappingProxyType({key: finding for key, finding in built.items() if finding is not None})


def _marks(given: MarkedDict, say: Say) -> dict[str, str]:
    written = given.get("marks")
    if written is None:
        return {}
    if not isinstance(written, MarkedDict) or not set(written) <= set(MARKS):
        say(given.where("marks"), "The marks are not as they should be", f"They are {', '.join(MARKS)}", "")
        return {}
    try:
        return {mark: read_text(words, written.where(mark)) for mark, words in written.items()}
    except Wrong as wrong:
        say(wrong.place, "The mark has no words", "A mark takes words that say what it means", wrong)
        return {}


def _over(below: MarkedDict | None, above: MarkedDict) -> MarkedDict:
    both = below.copy() if below is not None else MarkedDict(above.file, above.line)
    for key, value in above.items():
        both.put(key, value, *above.where(key))
    return both


def _finding(
    key: str, given: MarkedDict, marks: Mapping[str, str], problems: list[Problem]
) -> Evidence | None:
    say = teller(problems)
    mark = given.get("mark")
    if not isinstance(mark, str) or mark not in marks:
        rule = f"It is one of {', '.join(marks)}; what is not sure enough is not shown"
        say(given.where("mark"), f"The finding {key} has no known mark", rule, mark or "")
        return None
    if not ID_FORM.match(key):
        say(given.where(), "The finding's key is no id", "It is small letters, figures and hyphens", key)
    defaults = {"key": key, "mark_words": marks[mark]}
    return build(Evidence, given, given.where(), problems, called="The finding", defaults=defaults)


def build_letter(given: MarkedDict, problems: list[Problem]) -> Letter | None:
    """A letter; ``None`` where something is wrong, which is then in ``problems``."""
    letter = build(Letter, given, given.where(), problems, called="The letter")
    if letter is None:
        return None
    before, say = len(problems), teller(problems)
    if letter.about not in LETTER_SUBJECTS:
        say(
            given.where("about"),
            "The letter is about nothing known",
            f"It is {' or '.join(LETTER_SUBJECTS)}",
            letter.about,
        )
    for key in ("subject", "body"):
        for name in sorted(blanks(given[key]) - set(letter.blanks)):
            rule = "Every blank has words under blanks: that stand in it while nothing is known"
            say(given.where(key), "The letter has a blank without words", rule, name)
    return letter if len(problems) == before else None
