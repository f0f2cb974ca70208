"""How many rows a list has: exact while that is cheap, the planner's estimate when it is not."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ui.numbers import quantity

EXACT_UP_TO = 1000


@dataclass(frozen=True, kw_only=True)
class Count:
    number: int
    exact: bool

    def __str__(self) -> str:
        if self.exact:
            return ngettext("%(n)s row", "%(n)s rows", self.number) % {"n": quantity(self.number)}
        return _("about %(n)s rows") % {"n": quantity(self.number)}


def count_rows(queryset: models.QuerySet[Any]) -> Count:
    """At most two statements, neither of which reads more than a thousand rows."""
    estimate = _planned_rows(queryset)
    if estimate > EXACT_UP_TO:
        return Count(number=_rounded(estimate), exact=False)
    number = queryset.order_by().values("pk")[: EXACT_UP_TO + 1].count()
    return Count(number=min(number, EXACT_UP_TO), exact=number <= EXACT_UP_TO)


def _planned_rows(queryset: models.QuerySet[Any]) -> int:
    plan = json.loads(queryset.order_by().values("pk").explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])


def _rounded(number: int) -> int:
    """Two leading digits: an estimate should not look exact."""
    unit = int(10 ** max(len(str(number)) - 2, 0))
    return round(number / unit) * unit
