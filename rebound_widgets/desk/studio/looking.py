"""What is to be said about a file as it stands in the editor: what `rebound check` says, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ... import places
from ...content import Content, Problem, languages
from ...content.check import check_content, texts_of, untranslated
from ...content.files import read_layer
from ...content.loading import FIRST_LOCALE, drafts_of, read_content
from ...domain.refused import Refused
from .folder import FileName, Folder

NO_TRANSLATION = "There is no translation of"


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was found.

    Attributes:
        problems: What `rebound check` says of this file, in the order of its lines.
        elsewhere: What it says of other files of the folder and has to be mended.
        texts: Every sentence of this file: path to sentence.
        missing: Sentences of the first language that this file does not translate: path to sentence.
        content: The content with the file as it stands in the editor, in the language that is shown; ``None``
            where it cannot be put together.
    """

    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    texts: Mapping[str, str]
    missing: Mapping[str, str]
    content: Content | None

    @property
    def wrong(self) -> int:
        """How many things keep the file from being used."""
        return sum(not problem.warning for problem in self.problems)


def look_over(folder: Folder, name: FileName, text: str, shown: str) -> Looked:
    """Look a file over as it stands in the editor. Takes as long as reading the folder; writes nothing.

    Args:
        folder: The content folder.
        name: Which file.
        text: What stands in the editor.
        shown: The language of the preview.
    """
    drafts = {name.relative: text}
    told = check_content(folder.root, drafts=drafts)
    here = f"{folder.root.resolve().name}/{name.relative}"
    content, _ = read_content(shown, folder.root, drafts=drafts)
    return Looked(
        problems=tuple(one for one in told if one.file == here and not one.what.startswith(NO_TRANSLATION)),
        elsewhere=tuple(one for one in told if one.file != here and not one.warning),
        texts=texts_of(text, name.relative),
        missing=missing_in(folder, name, drafts),
        content=content,
    )


def missing_in(folder: Folder, name: FileName, drafts: Mapping[str, str]) -> dict[str, str]:
    """Sentences of the first language's file that are not in this one, or are there in the first language still.

    In a language that ships that is the folder's own English file; in another one what ships in English too.
    """
    if name.locale == FIRST_LOCALE:
        return {}
    layer = read_layer(
        folder.root / name.locale, name.locale, own=False, drafts=drafts_of(name.locale, drafts)
    )
    file = name.relative.partition("/")[2]
    roots = [folder.root]
    if name.locale.partition("-")[0] not in languages():
        roots.append(places.shipped("data") / "content")
    found = [one for root in roots for one in untranslated(root, layer, alike=True)]
    return {key: sentence for where, key, sentence in found if where == file}


def refuse_broken(folder: Folder, name: FileName, text: str) -> None:
    """Refuse a text that would keep the folder from being used.

    Raises:
        Refused: there is something wrong in it, or it makes something wrong in a file that was right before.
    """
    here = f"{folder.root.resolve().name}/{name.relative}"
    wrong = _wrong(folder, {name.relative: text})
    if any(problem.file == here for problem in wrong):
        raise Refused(
            "studio-wrong",
            "This would keep your content from being used, so the file is as it was. Mend what is marked beside "
            "the text first.",
        )
    others = wrong - _wrong(folder, {})
    if others:
        raise Refused(
            "studio-others",
            "With this, another file would keep your content from being used, so nothing was written. {problem}",
            problem=str(min(others)),
        )


def _wrong(folder: Folder, drafts: Mapping[str, str]) -> set[Problem]:
    found = check_content(folder.root, drafts=drafts)
    # A folder that has nothing in it yet is no mistake.
    return {problem for problem in found if not problem.warning and (problem.line or drafts)}
