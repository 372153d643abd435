"""The only place that rounds: a score as it is printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

PLACES = 2
ROUNDING_NOTE = f"分數四捨五入到小數第 {PLACES} 位；等第和名次以沒有進位的分數計算。"


def on_paper(score: Fraction | Decimal, places: int = PLACES) -> Decimal:
    """The score to so many places, halves away from zero (四捨五入)."""
    exact = Fraction(score)
    scaled = abs(exact) * 10**places
    whole = Decimal(int(scaled + Fraction(1, 2))).scaleb(-places)
    quantum = Decimal(1).scaleb(-places)
    signed = whole if exact >= 0 else -whole
    return signed.quantize(quantum, ROUND_HALF_UP)


def in_words(score: Fraction | Decimal | None) -> str:
    """「22.95」, 「17.2」; "" for None."""
    if score is None:
        return ""
    text = f"{on_paper(score):f}"
    return text.rstrip("0").rstrip(".") or "0"


def as_decimal(score: Fraction) -> Decimal:
    """The score for other programs: exact where decimals can tell it, else 6 places."""
    below = score.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below == 1:
        places = 0
        while (score * 10**places).denominator != 1:
            places += 1
        return Decimal(int(score * 10**places)).scaleb(-places)
    return on_paper(score, 6)
