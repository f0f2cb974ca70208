"""Barcodes of GS1: eight, twelve, thirteen or fourteen digits of which the last one checks the others."""

from django.db.models import BooleanField, Func

LENGTHS = (8, 12, 13, 14)
LONGEST = 14


def looks_like_gtin(text: str) -> bool:
    """Whether it has the form of one, so that its check digit must be right."""
    return text.isascii() and text.isdigit() and len(text) in LENGTHS


def is_gtin(text: str) -> bool:
    """Whether it is one: by its form, and by its check digit."""
    return looks_like_gtin(text) and check_digit(text[:-1]) == int(text[-1])


def check_digit(digits: str) -> int:
    """What the last digit must be behind these: weights 3, 1, 3 … from the right, up to the next ten."""
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -weighted % 10


def gtin_sql(code: str) -> str:
    """SQL: whether the expression `code` is one."""
    digits = (f"substr(lpad({code}, {LONGEST}, '0'), {place + 1}, 1)::int" for place in range(LONGEST))
    weighted = " + ".join(f"{3 if place % 2 == 0 else 1} * {digit}" for place, digit in enumerate(digits))
    form = "^([0-9]{8}|[0-9]{12,14})$"
    return f"(CASE WHEN {code} ~ '{form}' THEN mod({weighted}, 10) = 0 ELSE FALSE END)"


class IsGtin(Func):
    """Whether a column is one, for a constraint."""

    arity = 1
    output_field = BooleanField()
    template = gtin_sql("%(expressions)s")
