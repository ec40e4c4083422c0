"""Collects every refusal in the code: its rule, its English sentence, its facts."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_FACT = re.compile(r"\{(\w+)(?:!r|:[^}]*)?\}")


def refusals(root: Path) -> dict[str, set[str]]:
    """Every rule in the code with its sentences, however they are written there.

    Args:
        root: The folder of the project.

    Raises:
        AssertionError: a rule or a sentence that this cannot read.
    """
    found: dict[str, set[str]] = {}
    for path in sorted((root / "rebound_widgets").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                for rule, sentence in _sentences(node, path, root):
                    found.setdefault(rule, set()).add(_FACT.sub(r"{\1}", sentence))
    return found


def facts_of(rules: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Each rule with the names of the facts that its sentences hold."""
    return {rule: set(_FACT.findall(" ".join(sentences))) for rule, sentences in rules.items()}


def _sentences(call: ast.Call, path: Path, root: Path) -> Iterator[tuple[str, str]]:
    """The rules and sentences of one ``Refused(…)``; names are looked up in the module that says them."""
    rule, sentence = call.args[:2]
    if isinstance(rule, ast.Constant) and isinstance(sentence, ast.Constant):
        yield str(rule.value), str(sentence.value)
        return
    module = importlib.import_module(".".join(path.relative_to(root).with_suffix("").parts))
    if isinstance(rule, ast.Constant) and isinstance(sentence, ast.Name):
        yield str(rule.value), str(getattr(module, sentence.id))
        return
    readable = isinstance(sentence, ast.Subscript) and isinstance(sentence.value, ast.Name)
    assert readable, f"{path.name}:{call.lineno}: the rule or the sentence is written in a new way"
    yield from dict(getattr(module, sentence.value.id)).items()  # type: ignore[attr-defined]
