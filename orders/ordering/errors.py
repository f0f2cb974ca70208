from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Problem


class FixKind(StrEnum):
    """What a page can do about a problem with one button."""

    SET_QUANTITY = "set_quantity"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A way out: take this quantity (in whole units), or take the line out."""

    kind: FixKind
    quantity: int | None = None


@dataclass(frozen=True, kw_only=True)
class LineProblem(Problem):
    """One thing wrong with one line; `line` counts from 0 in the order the lines were sent."""

    line: int
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
