"""What the checker says is said in Spanish too: every sentence that stands in its code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from rebound_widgets.content import Problem
from rebound_widgets.content.check_words import in_words

WHAT_STANDS_THERE = {"X, was X"}
"""No sentence, but what is quoted after it."""


def problem(what: str, rule: str = "Say it without") -> Problem:
    """A problem that says this."""
    return Problem(file="ours/es/chapters/no.yaml", line=3, what=what, rule=rule)


def sentence(node: ast.expr) -> Iterator[str]:
    """The sentences an expression makes, with X for each fact."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        case ast.IfExp():
            yield from sentence(node.body)
            yield from sentence(node.orelse)


def said_in(tree: ast.Module) -> Iterator[str]:
    """Every sentence a module tells an author: in ``Problem``, in ``say``, and what is put together before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name == "Problem":
                for keyword in node.keywords:
                    if keyword.arg in ("what", "rule"):
                        yield from sentence(keyword.value)
            elif name in ("say", "_say", "_warning"):
                texts = [text for argument in node.args for text in sentence(argument)]
                yield from (text for text in texts if " " in text)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("rule", "_SENTENCES"):
            yield from sentence(node.value)
            if isinstance(node.value, ast.Tuple):
                for row in node.value.elts:
                    assert isinstance(row, ast.Tuple)
                    yield from (text for part in row.elts[1:] for text in sentence(part))


def test_every_sentence_of_the_checker_is_said_in_spanish(root: Path) -> None:
    """A sentence added to the code and not to data/rules/es/check.toml is named here."""
    found = {
        text
        for path in sorted((root / "rebound_widgets" / "content").glob("*.py"))
        for text in said_in(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 90
    assert [] == sorted(
        text for text in found - WHAT_STANDS_THERE if in_words(problem(text), "es").what == text
    )


def test_no_sentence_is_kept_that_nothing_says(root: Path) -> None:
    """Each English sentence of the file stands in the code, its facts apart."""
    code = "".join(path.read_text() for path in sorted((root / "rebound_widgets" / "content").glob("*.py")))
    given = tomllib.loads((root / "data" / "rules" / "es" / "check.toml").read_text(encoding="utf-8"))
    kept = {english: re.split(r"\{\w+\}", english) for english in given["sentences"]}
    assert len(kept) > 90
    gone = {english: max(parts, key=len).strip() for english, parts in kept.items()}
    assert [] == [english for english, longest in gone.items() if longest not in code]


def test_facts_stay_and_the_words_around_them_change() -> None:
    """What stands in the blanks is the author's own, or has words of its own."""
    told = in_words(problem("The question takes no 'hnt'", "The nearest it takes is 'hint'"), "es")
    assert ("La pregunta no admite 'hnt'", "Lo más parecido que admite es 'hint'") == (told.what, told.rule)
    told = in_words(problem("'rows' has no value it can take", "It takes a whole number"), "es-MX")
    assert ("'rows' no tiene un valor que pueda admitir", "Admite un número entero") == (told.what, told.rule)
    assert (
        "The {odd} & *marked* takes no 'x'"
        == in_words(problem("The {odd} & *marked* takes no 'x'"), "en").what
    )
    assert problem("Nobody says this") == in_words(problem("Nobody says this", "Say it without"), "fr")
