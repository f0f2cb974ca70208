"""Minimum purchases against what was bought: the list of all, the panel of an agreement, the figure of a distributor."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from channel.models import MinimumPurchase
from channel.permissions import can_see_agreements
from core.ui import numbers
from core.ui.figures import KpiCard
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from planning.filters import MinimumFilterSet
from planning.selectors.minimums import of_current_agreements, read_minimums
from planning.tables import MinimumTable


class MinimumListView(ScopedListView):
    """Every minimum purchase under which orders are taken today, those that end first above."""

    permission_required = can_see_agreements
    title = _("Minimum purchases")
    page_key = "minimum-purchases"
    model = MinimumPurchase
    table_class = MinimumTable
    filterset_class = MinimumFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "ends_on": ["agreement__orders_until", "pk"],
        "distributor": ["agreement__distributor__code", "pk"],
    }
    default_sort = "distributor"
    empty = EmptyState(
        title=_("No minimum purchases."),
        text=_("What an agreement in force says of a minimum purchase is compared here with what was bought."),
    )

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = of_current_agreements(super().get_queryset(), day=timezone.localdate())
        return rows

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return read_minimums(ids, today=timezone.localdate())


def minimums_of_agreement(actor: Any, agreement: Any) -> Mapping[str, Any]:
    """The panel of an agreement's page. Six queries."""
    ids = MinimumPurchase.objects.visible_to(actor).filter(agreement=agreement).order_by("pk")
    return {"minimums": read_minimums(list(ids.values_list("pk", flat=True)), today=timezone.localdate())}


def minimum_kpi(actor: Any, distributor: Any) -> KpiCard | None:
    """The minimum purchase that is reached least, for the head of a distributor's page; nothing where none is measured."""
    if not can_see_agreements(actor):
        return None
    today = timezone.localdate()
    theirs = MinimumPurchase.objects.visible_to(actor).filter(agreement__distributor=distributor).order_by("pk")
    rows = of_current_agreements(theirs, day=today)
    found = [
        one for one in read_minimums(list(rows.values_list("pk", flat=True)), today=today) if one.share is not None
    ]
    if not found:
        return None
    least = min(found, key=lambda one: (one.share, one.pk))
    return KpiCard(
        label=gettext("Minimum purchase"),
        text=numbers.percent(least.share, 1),
        share=float(least.share or 0),
        colour=least.state.colour,
        url=reverse("planning:minimums", query={"distributor": distributor.code}),
    )
