"""What counts against credit, as counters: each value is in one of them only."""

from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import STORED_DIGITS, money_field

COUNTERS = ("ordered_amount", "shipped_amount", "open_invoice_amount", "free_payment_amount", "free_credit_amount")
_EXPOSURE: Any = (
    F("ordered_amount")
    + F("shipped_amount")
    + F("open_invoice_amount")
    - F("free_payment_amount")
    - F("free_credit_amount")
)


def _counter(label: Any) -> Any:
    return money_field(verbose_name=label, default=Decimal(0), db_default=Decimal(0), editable=False)


class Exposure(models.Model):
    """All with tax, in the currency of the row. They change under its lock, by the statements of this app only."""

    ordered_amount = _counter(_("ordered, not shipped"))
    shipped_amount = _counter(_("shipped, not invoiced"))
    open_invoice_amount = _counter(_("open invoices"))
    free_payment_amount = _counter(_("payments on account"))
    free_credit_amount = _counter(_("unallocated credit notes"))
    exposure_amount = models.GeneratedField(
        verbose_name=_("used"),
        expression=_EXPOSURE,
        output_field=models.DecimalField(max_digits=19, decimal_places=STORED_DIGITS),
        db_persist=True,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": 0 for name in COUNTERS}), name="%(class)s_counters_not_negative"
            )
        ]


def count_versions_of(*fields: str) -> pgtrigger.Trigger:
    """The version counts what people change: a counter that moves makes no copy of theirs stale."""
    return pgtrigger.Trigger(
        name="count_versions",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf(*fields),  # type: ignore[no-untyped-call]  # the package has no types for it
        func="NEW.version = OLD.version + 1; RETURN NEW;",
    )
