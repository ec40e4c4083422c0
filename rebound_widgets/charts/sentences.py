"""Numbers as sentences: shares, odds, counts and sources, in the words of a content."""

from __future__ import annotations

from ..content import Content, Words
from ..insight import LEVEL, BaseRate, Odds, Rate, Tenths, base_rate, in_ten


def percent(share: float, words: Words) -> str:
    """A share in hundredths; below one hundredth with a decimal, so that little is not nothing."""
    hundredths = share * 100
    whole = round(hundredths) if hundredths >= 1 or hundredths == 0 else round(hundredths, 1)
    return words("charts.percent", number=whole)


def say_odds(odds: Odds | Rate, content: Content) -> str:
    """The odds as people say them: "about 3 in 10, could be 1 to 5 in 10"."""
    return say_tenths(in_ten(odds), content.words)


def say_tenths(tenths: Tenths, words: Words) -> str:
    """Tenths as a sentence's part; where the low end rounds to none, "fewer than 1"."""
    key = "charts.tenths_from_none" if tenths.low == 0 else "charts.tenths"
    return words(key, about=tenths.about, low=max(tenths.low, 1), high=tenths.high, of=tenths.of)


def say_rate(rate: Rate, words: Words) -> str:
    """A rate with its count and its interval: "17 of 447, 4% (3% to 6%)"."""
    return words(
        "charts.rate",
        hits=rate.hits,
        of=rate.of,
        share=percent(rate.estimate, words),
        low=percent(rate.low, words),
        high=percent(rate.high, words),
    )


def intervals(words: Words) -> str:
    """What the lines of a picture are."""
    return words("charts.interval", level=percent(LEVEL, words))


def say_base(base: BaseRate, words: Words) -> str:
    """A base rate with whose it is, its source, its year and how sure it is; as the file has it where no words are."""
    key = f"charts.base.{base.key}"
    facts = {"hits": base.hits or 0, "of": base.of or 0, "people": base.people or 0}
    if key in words:
        return words(key, share=percent(min(base.estimate, 1), words), year=base.source.year, **facts)
    year = f" {base.source.year}" if base.source.year else ""
    return f"{base.step}, {base.population}: {base.source.name}{year}."


def base_sentence(key: str, words: Words) -> str:
    """The sentence of a base rate by its key."""
    return say_base(base_rate(key), words)
