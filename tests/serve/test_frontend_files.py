"""The shelf of files that the page loads."""

from __future__ import annotations

from rebound_widgets.serve.frontend_files import shelf


def test_the_shelf_holds_what_the_page_loads_and_no_more() -> None:
    """Scripts of Voilà, of three extensions and ours; no styles, fonts, maps, pages or lists of licences."""
    names = list(shelf().files)
    assert {".js"} == {name[name.rindex(".") :] for name in names}
    assert "voila/voila.js" in names
    assert "rebound/no_mathematics.js" in names
    assert {"voila", "lab", "rebound"} == {name.split("/")[0] for name in names}
    extensions = {"@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget"}
    assert extensions == {extension.name for extension in shelf().extensions}
    for extension in shelf().extensions:
        assert f"lab/{extension.name}/{extension.load}" in names
    assert [] == [name for name, path in shelf().files.items() if not path.is_file()]


def test_the_address_changes_with_the_files() -> None:
    """The digest is part of every address, so that a browser may keep files for good."""
    assert 16 == len(shelf().digest)
    shelf.cache_clear()
    again = shelf()
    assert again.digest == shelf().digest
