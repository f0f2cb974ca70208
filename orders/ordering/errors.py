from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Problem

DAY_FIX = "day:"
"""What a button that sets a wanted day sends begins with: then the product, or nothing for the order, and the day."""


class FixKind(StrEnum):
    """What a page can do about a problem with one button."""

    SET_QUANTITY = "set_quantity"
    REPLACE = "replace"
    REMOVE = "remove"
    SET_DAY = "set_day"
    WAIT = "wait"
    PART = "part"


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A way out: take this quantity (of the line's unit), so many pieces of the successor, or none, or want it on this day.

    To wait is for so many pieces that come on `day`, None where nobody knows. `line_key` names the line where the problem
    is not about one, `label` says what the fix does where its kind does not.
    """

    kind: FixKind
    quantity: int | None = None
    line_key: str = ""
    day: date | None = None
    product_id: int | None = None
    product: str | None = None
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class LineProblem(Problem):
    """One thing wrong with one line; `line` counts from 0 in the order the lines were sent, `others` are further ways out."""

    line: int
    fix: Fix | None = None
    others: tuple[Fix, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrderProblem(Problem):
    """One thing wrong with the whole order, with its way out where there is one."""

    fix: Fix | None = None


@dataclass(frozen=True, kw_only=True)
class LinkedProblem(Problem):
    """One thing wrong that is put right on a page of its own."""

    address: str


class OrderRefused(InvalidInput):
    """The order cannot be placed as it is; every problem is listed. Nothing was written."""

    default_message = _("The order cannot be placed as it is.")


@dataclass(frozen=True, kw_only=True)
class PriceRise:
    """What costs more than was agreed: a product by the piece, or without a code the whole order."""

    code: str
    agreed: Decimal
    current: Decimal


class CostsMore(OrderRefused):
    """The order would cost more than the person agreed to (409). Nothing was written; `rises` has both figures."""

    status = HTTPStatus.CONFLICT
    code = "costs_more"
    default_message = _("The order would cost more than you agreed to.")

    def __init__(self, *, rises: Sequence[PriceRise], currency: str, problems: Sequence[Problem]) -> None:
        super().__init__(problems=problems)
        self.rises = tuple(rises)
        self.currency = currency
