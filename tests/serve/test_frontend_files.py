"""The shelf of files that the page loads."""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import json
import re
from pathlib import Path

import pytest

from rebound_widgets.serve.frontend_files import Script, served, shelf
from rebound_widgets.widgets import frontend, together
from rebound_widgets.widgets.sent_once import SentOnce

BUILT = Path("rebound_widgets/serve/template/built")


def sum_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_built_is_built_from_these_sources(root: Path) -> None:
    """Whoever changes a source or a version and forgets `make frontend` is told so, without node."""
    about = json.loads((root / BUILT / "manifest.json").read_text(encoding="utf-8"))
    folder = root / "frontend"
    names = [".npmrc", "build.mjs", "package-lock.json", "package.json"]
    names += [
        f"{each}/{path.name}" for each in ("licences", "src") for path in sorted((folder / each).iterdir())
    ]
    whole = "".join(f"{name} {sum_of(folder / name)}\n" for name in names)
    assert hashlib.sha256(whole.encode()).hexdigest() == about["sources"], "Run make frontend."
    assert about["files"] == {path.name: sum_of(path) for path in (root / BUILT).glob("*.mjs")}


def test_what_is_built_names_no_machine_and_tells_whose_work_it_is(root: Path) -> None:
    """No folder of the machine that built it, no registry; each package that is in it is named with its licence."""
    lock = (root / "frontend/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    packages = json.loads(lock)["packages"]
    for path in (root / BUILT).glob("*.mjs"):
        assert [] == re.findall(r"node_modules|file:///|sourceMappingURL", path.read_text(encoding="utf-8"))
    assert importlib.metadata.version("anywidget") == packages["node_modules/anywidget"]["version"]
    notices = (root / BUILT / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    for name in ("anywidget", "@jupyter-widgets/base", "@jupyterlab/services", "@lumino/widgets", "jquery"):
        version = packages[f"node_modules/{name}"]["version"]
        assert f"\n{name} {version}: " in notices


def test_the_shelf_holds_what_the_page_loads_and_no_more() -> None:
    """The built scripts and the one with our widgets; each built one has a packed twin that is smaller."""
    held = shelf()
    assert {held.entry, *held.preload} <= set(held.files)
    assert {".mjs", ".js"} == {Path(name).suffix for name in held.files}
    assert "controls.mjs" not in held.preload, "what the workbook does not use comes when asked for"
    for name, script in held.files.items():
        encoding, packed = script.packed("gzip, br")
        assert ("br" if name.endswith(".mjs") else "gzip") == encoding
        assert len(packed) < len(script.plain)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("", ""), ("identity", ""), ("gzip", "gzip"), ("br", ""), ("GZIP;q=1", "gzip"), ("gzip; q=0", "")],
)
def test_a_script_comes_as_the_browser_can_read_it(accepted: str, expected: str) -> None:
    """What a browser does not name, or gives no weight to, it does not get."""
    encoding, body = Script(b"words " * 1000).packed(accepted)
    assert expected == encoding
    assert b"words " * 1000 == (gzip.decompress(body) if encoding else body)


def test_the_address_changes_with_the_files() -> None:
    """The digest is part of every address, so that a browser may keep files for good."""
    assert 16 == len(shelf().digest)
    before = shelf().digest
    shelf.cache_clear()
    assert before == shelf().digest


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Two widgets that import one file, each with a name the other has too."""
    (tmp_path / "lib.js").write_text("// says\nexport const word = (x) => `hello ${x}`;\n")
    for name in ("one", "an-other"):
        (tmp_path / f"{name}.js").write_text(
            f'import {{ word as say }} from "./lib.js";\nconst who = "{name}";\n'
            "export function tell() {\n  return say(who);\n}\n/** Ends. */\nexport default { tell };\n"
        )
    (tmp_path / "one.css").write_text(".rb-one { color: red; }")
    return [tmp_path]


def test_widgets_in_one_script_keep_their_own_names(folders: list[Path]) -> None:
    """A file that two import is there once, remarks are left out, and no name of one is seen by another."""
    text = together.script(folders)
    assert {"one", "an_other"} == set(together.parts(folders))
    assert 1 == text.count("hello")
    assert "says" not in text
    assert "Ends" not in text
    assert 2 == text.count("const who =")
    assert [] == re.findall(r"^\s*import ", text, re.MULTILINE)
    assert re.findall(r"^export const (\w+) = file\d+\.part;$", text, re.MULTILINE) == ["an_other", "one"]
    assert ".rb-one" in text


def test_a_name_that_a_file_does_not_export_is_not_asked_of_it(folders: list[Path]) -> None:
    """It would be undefined on the page, and told only to whoever presses what calls it: the server says so."""
    (folders[0] / "one.js").write_text(
        'import { word, other } from "./lib.js";\nexport default { tell: () => word(other()) };\n'
    )
    with pytest.raises(ValueError, match=r"^one\.js imports other from lib\.js, which does not export it\.$"):
        together.script(folders)


def test_a_widget_names_its_script_only_where_the_page_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under our server a widget is a few words; anywhere else, and where the page has not its script, it is whole."""
    from rebound_widgets.widgets import Text

    whole = Text([])
    assert "export default" in whole._esm
    assert len(whole._css) > 1000
    monkeypatch.setenv(*next(iter(served().items())))
    short, again = Text([]), Text([])
    assert ("rebound:text", "") == (short._esm, short._css)
    assert short.layout is again.layout
    assert whole.layout is not short.layout
    monkeypatch.setenv(frontend.SERVED, "exercise")
    assert whole._esm == Text([])._esm

    class Foreign(SentOnce):
        _esm = "export default {}"

    assert "export default {}" == Foreign()._esm
