"""What follows from the content files is up to date: schema, permanent ids, the parsed form."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rebound_widgets.content import generate
from rebound_widgets.content.loading import permanent_ids, read_content
from rebound_widgets.content.parsing import parse

AGAIN = "run: python -m rebound_widgets.content.generate"
SCHEMAS = {
    "words.yaml": "words.schema.json",
    "locale.yaml": "locale.schema.json",
    "evidence.yaml": "evidence.schema.json",
    "chapters": "chapter.schema.json",
    "letters": "letter.schema.json",
}


def content_files(data: Path) -> Iterator[tuple[Path, str]]:
    """Each YAML file that ships, with the schema it belongs to; other languages say only what they reword."""
    for path in sorted((data / "content").glob("*/**/*.yaml")):
        if path.parent.name == "chapters" and path.parent.parent.name != "en":
            yield path, "chapter-part.schema.json"
        else:
            yield path, SCHEMAS.get(path.name) or SCHEMAS[path.parent.name]


def test_what_is_generated_is_what_is_committed(data: Path) -> None:
    """Schema, ids and the parsed form are those of the content files as they are now."""
    for path, text in generate.generated(data).items():
        assert text == path.read_text(encoding="utf-8"), f"{path.name} is old; {AGAIN}"


def test_another_language_adds_no_id(data: Path, tmp_path: Path) -> None:
    """An option that stands in one language only is found before it ships: its answers would be lost."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    path = copy / "content" / "es" / "chapters" / "debrief.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("          memory: ", "          memoria: Otra\n          memory: "), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="es has ids that en has not"):
        generate.generated(copy)


def test_no_id_ever_vanishes_or_changes(data: Path, tmp_path: Path) -> None:
    """An id that answers hang on can be neither taken out nor given to another kind of question."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    path = copy / "content" / "en" / "chapters" / "debrief.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new, lost in [
        ("          memory: My memory\n", "", "option debrief/sources#memory"),
        (
            "      - id: debrief/went-well-3\n        kind: line\n",
            "      - id: debrief/went-well-3\n        kind: prose\n",
            "question debrief/went-well-3 line",
        ),
    ]:
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(ValueError, match=lost):
            generate.generated(copy)


def test_the_committed_ids_are_there_and_others_rely_on_them(data: Path) -> None:
    """The questions other parts of the product name are asked, with the kind they expect."""
    expected = {
        "question debrief/recall prose",
        "question debrief/asked repeat",
        "question debrief/asked-topic choice",
        "question debrief/asked-rating scale",
        "question debrief/asked-better star",
        "question debrief/felt-prepared scale",
        "question debrief/thanks-quality line",
        "question debrief/thanks-letter prose",
        "question debrief/thanks-sent date",
        "question debrief/went-well-1 line",
        "question start/week-plan repeat",
        "letter thank-you",
        "chapter help",
    }
    assert set() == expected - set(generate.known_ids(data))


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_parsed_form_says_what_the_files_say(data: Path, locale: str) -> None:
    """What ships parsed gives the same content as the files, in every language."""
    assert {"en", "es"} == set(generate.locales(data / "content"))
    assert (data / "content" / locale / "parsed.json").is_file()
    quick, _ = read_content(locale)
    slow, _ = read_content(locale, use_parsed=False)
    assert quick is not None
    assert slow is not None
    assert slow.chapters == quick.chapters
    assert dict(slow.words) == dict(quick.words)
    assert slow.letters == quick.letters


def test_the_parsed_form_never_stands_in_for_a_changed_file(data: Path, tmp_path: Path) -> None:
    """A file that changed is read itself."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    path = copy / "content" / "en" / "words.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Skip to the page", "Skip"), encoding="utf-8")
    changed, _ = read_content("en", root=copy / "content")
    assert changed is not None
    assert "Skip" == changed.words["shell.skip"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": []}', "\udcff", '{"files": {"words.yaml": 3}}'])
def test_a_broken_parsed_form_is_left_alone(data: Path, tmp_path: Path, text: str) -> None:
    """A damaged parsed form costs time and nothing else."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    (copy / "content" / "en" / "parsed.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    content, problems = read_content("en", root=copy / "content")
    assert [] == problems
    assert content is not None


def test_a_line_end_of_another_system_changes_nothing(data: Path, tmp_path: Path) -> None:
    """A checkout that turned line ends into CRLF still uses the parsed form and reads the same."""
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    for path in (copy / "content").rglob("*.*"):
        if path.suffix in (".yaml", ".md"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    for use_parsed in (True, False):
        content, problems = read_content("en", root=copy / "content", use_parsed=use_parsed)
        assert [] == problems
        assert content is not None
        assert read_content("en")[0].letters == content.letters  # type: ignore[union-attr]


def test_opening_the_app_reads_no_yaml() -> None:
    """What ships is parsed already: starting loads neither the YAML library nor pandas nor Babel."""
    code = (
        "import sys; from rebound_widgets.content import load_content; load_content();"
        "print([m for m in ('ruamel.yaml', 'pandas', 'babel', 'ipywidgets') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout


def test_every_file_fits_its_schema_and_names_it(data: Path) -> None:
    """An editor finds each file's schema and underlines nothing in what ships."""
    files = list(content_files(data))
    assert len(files) >= 7
    for path, name in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (data / "schema" / name).resolve() == (path.parent / first.partition("=")[2]).resolve()
        schema = json.loads((data / "schema" / name).read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        value, problems = parse(path.read_bytes(), path.name)
        assert [] == problems
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(value)))


@pytest.mark.parametrize(
    "question",
    [
        {"id": "x/y", "kind": "prose"},
        {"id": "x/y", "kind": "poem", "ask": "A"},
        {"id": "x", "kind": "prose", "ask": "A"},
        {"id": "x/y", "kind": "prose", "ask": "A", "low": 1},
        {"id": "x/y", "kind": "prose", "ask": "A", "rows": "3"},
        {"id": "x/y", "kind": "choice", "ask": "A", "options": {"A b": "c"}},
        {"id": "x/y", "kind": "line", "ask": "A", "field": "application.colour"},
        {"id": "x/y", "kind": "repeat", "ask": "A", "questions": [{"id": "x/z", "kind": "prose"}]},
    ],
)
def test_an_editor_underlines_what_the_loader_refuses(data: Path, question: dict[str, Any]) -> None:
    """The schema knows the keys of each kind of question, so mistakes show while they are made."""
    schema = json.loads((data / "schema" / "chapter.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/question", "$defs": schema["$defs"]})
    assert not validator.is_valid(question)
    assert validator.is_valid({"id": "x/y", "kind": "prose", "ask": "A", "rows": 3})


def test_every_id_is_in_one_list(data: Path) -> None:
    """The list of ids holds each id of a chapter once."""
    content, _ = read_content("en")
    assert content is not None
    ids = permanent_ids(content)
    assert sorted(set(ids)) == ids
    assert ids == generate.known_ids(data)
