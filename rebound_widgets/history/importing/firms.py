"""Names of firms and roles made comparable: the same firm is seldom written twice in the same way."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import fold

_LEGAL_FORMS = frozenset({
    "ab", "ag", "aps", "as", "asa", "bv", "bvba", "co", "company", "corp", "corporation", "cv", "dd", "doo",
    "ehf", "eirl", "ek", "eu", "ev", "gbr", "ggmbh", "gmbh", "inc", "incorporated", "kft", "kg", "kgaa",
    "kk", "lda", "limitada", "limited", "llc", "llp", "lp", "ltd", "ltda", "mbb", "mbh", "nv", "nyrt", "oao",
    "og", "ohg", "ood", "oy", "oyj", "pbc", "plc", "pllc", "pte", "pty", "sa", "sab", "sarl", "sas", "sasu",
    "sc", "sccl", "scop", "se", "sem", "sl", "sll", "slu", "snc", "sociedad", "soc", "sp", "spa", "spk",
    "spol", "srl", "srls", "sro", "uab", "ug", "zrt",
})  # fmt: skip
"""Words after a firm's name that say its legal form, without points."""
_BETWEEN = frozenset({"and", "y", "et", "und", "de", "e", "i"})
"""Words that may stand between two of those: GmbH & Co. KG has none left of it."""
_POINTS = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)\.?")
_SEXES = re.compile(
    r"[(\[]\s*(?:[mwfdxhn*]|div|all)(?:\s*[/|,.]\s*(?:[mwfdxhn*]|div|all))+\s*[)\]]", re.IGNORECASE
)


@lru_cache(maxsize=65_536)
def firm_key(name: str) -> str:
    """A firm's name without case, accents, signs and legal form; "S.A." is "SA", "The" at the front goes."""
    words = fold(_POINTS.sub("", name)).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    kept = len(words)
    while kept > 1 and (words[kept - 1] in _LEGAL_FORMS or words[kept - 1] in _BETWEEN):
        kept -= 1
    return " ".join(words[:kept])


@lru_cache(maxsize=65_536)
def role_key(name: str) -> str:
    """A role's name without case, accents, signs and notes such as "(m/f/d)"."""
    return fold(_SEXES.sub(" ", name))
