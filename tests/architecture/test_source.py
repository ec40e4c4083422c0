"""The source stays small, plainly named, documented, and quiet."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator, Sequence
from typing import Any

BANNED = re.compile(r"(Manager|Handler|Helper)s?$|^_?(utils?|common|base|helpers?|misc)$")
TORNADO = re.compile(r"(Request|WebSocket|StaticFile|Jupyter|Authenticated\w*|Files|Voila)?Handler$")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines without the docstring: a long explanation is no long function."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        whole -= (first.end_lineno or first.lineno) - first.lineno + 1
    return whole


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_no_module_is_longer_than_500_lines(modules: Sequence[Any]) -> None:
    """A module that grows past 500 lines is two modules; those past 300 are named for a second look."""
    for module in modules:
        if module.lines > 300:
            print(f"a second look: {module.name} has {module.lines} lines")
    assert [(module.name, module.lines) for module in modules if module.lines > 500] == []


def test_functions_are_short(modules: Sequence[Any]) -> None:
    """No function is longer than 80 lines, and 95 of 100 have at most 40."""
    lengths = {
        f"{module.name}:{function.lineno} {function.name}": length(function)
        for module in modules
        for function in functions(module.tree)
    }
    assert [(name, lines) for name, lines in lengths.items() if lines > 80] == []
    p95 = statistics.quantiles(lengths.values(), n=100)[94]
    assert p95 <= 40, f"the 95th percentile of the functions' length is {p95:g} lines"


def test_names_say_what_a_thing_is(modules: Sequence[Any]) -> None:
    """Nothing is called manager, helper, utils, common or base; a handler is only what tornado calls one."""
    wrong = []
    for module in modules:
        wrong += [f"module {module.name}"] * any(BANNED.search(part) for part in module.name.split("."))
        for node in ast.walk(module.tree):
            if not isinstance(node, (ast.ClassDef, *FUNCTIONS)) or not BANNED.search(node.name):
                continue
            bases = node.bases if isinstance(node, ast.ClassDef) else []
            if not any(TORNADO.search(last_name(base)) for base in bases):
                wrong.append(f"{module.name}:{node.lineno} {node.name}")
    assert wrong == []


def test_everything_public_says_what_it_is(modules: Sequence[Any]) -> None:
    """Every module, and every public class and function at its top, has a docstring."""
    silent = []
    for module in modules:
        if ast.get_docstring(module.tree) is None:
            silent.append(module.name)
        for node in module.tree.body:
            documented = isinstance(node, (ast.ClassDef, *FUNCTIONS)) and not node.name.startswith("_")
            if documented and ast.get_docstring(node) is None:  # type: ignore[arg-type]
                silent.append(f"{module.name}.{node.name}")  # type: ignore[attr-defined]
    assert silent == []


def test_only_the_command_line_prints(modules: Sequence[Any]) -> None:
    """Printing belongs to the command line and to the launchers it starts; a page has its status line."""
    allowed = ("rebound_widgets.cli", "rebound_widgets.serve")
    printing = [
        f"{module.name}:{node.lineno}"
        for module in modules
        if not module.name.startswith(allowed)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and last_name(node.func) == "print"
    ]
    assert printing == []


def test_browser_files_write_text_and_never_markup(root: Any) -> None:
    """No browser file puts a string where the browser would read it as markup or as code."""
    danger = re.compile(
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\s*\(|new\s+Function\b|srcdoc)"
    )
    files = sorted((root / "rebound_widgets").rglob("*.js"))
    assert files
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if danger.search(line.partition("//")[0]) and not line.lstrip().startswith("*")
    ]
    assert found == []


def test_two_browser_files_never_declare_the_same_name(root: Any) -> None:
    """Files that a widget puts together into one script declare no name twice."""
    from rebound_widgets.widgets import frontend

    declared = re.compile(
        r"^(?:export\s+)?(?:async\s+)?(?:function\*?|const|let|class)\s+([\w$]+)", re.MULTILINE
    )
    static = root / "rebound_widgets" / "widgets" / "static"
    twice = {}
    seen = 0
    for path in sorted(static.glob("*.js")):
        names = declared.findall(frontend.module(path))
        seen += len(names)
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            twice[path.name] = repeated
    assert seen > 50
    assert twice == {}
