"""Filters of the report of deliveries: of what is measured, and of the orders that are listed below the figures."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows
from inventory.models import Warehouse
from orders.fulfilment.models import Carrier
from orders.ordering.models import Order
from orders.ordering.querysets import number_begins
from orders.pages.selectors.delivery_rows import carried_by
from orders.tracking.enums import BrokenStep, DeliveryBasis, DeliveryGroup, DeliveryResult
from orders.tracking.selectors.delivery_performance import due_days, with_result, with_step


def days_of(query: Mapping[str, str]) -> tuple[date, date]:
    """The period that an address asks for, within bounds; what is no day asks for none."""
    found: dict[str, date | None] = {}
    for end in ("after", "before"):
        with suppress(ValueError):
            found[end] = parse_date(query.get(f"promised_on_{end}", ""))
    return due_days(since=found.get("after"), until=found.get("before"), today=timezone.localdate())


OF_THE_LIST = ("result", "step")


class DeliveryFilterSet(ListFilterSet):
    """`measured` are the orders that the figures are of; `result` and `step` narrow the list below them."""

    search_fields = ("number",)
    promised_on = day_range("promised_on", _("First promised for"))
    basis = ChoiceFilter(
        choices=DeliveryBasis.choices, method="as_it_is", empty_label=None, null_label=None, label=_("Measured by")
    )
    group = ChoiceFilter(choices=DeliveryGroup.choices, method="as_it_is", label=_("Summed up by"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    warehouse = ModelChoiceFilter(queryset=visible_rows(Warehouse), to_field_name="code", label=_("Warehouse"))
    carrier = ModelChoiceFilter(
        queryset=visible_rows(Carrier), to_field_name="code", method="by_carrier", label=_("Carrier")
    )
    result = ChoiceFilter(choices=DeliveryResult.choices, method="as_it_is", label=_("Result"))
    step = ChoicesFilter(choices=BrokenStep.choices, method="as_it_is", label=_("First broken step"))

    class Meta:
        model = Order
        fields = ("promised_on", "basis", "group", "distributor", "warehouse", "carrier", "result", "step")

    measured: QuerySet[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(getattr(self.request, "user", None), "distributor_id", None) is not None:
            del self.filters["warehouse"], self.filters["carrier"]  # the seller's business

    @property
    def basis_chosen(self) -> DeliveryBasis:
        return DeliveryBasis(self.form.cleaned_data.get("basis") or DeliveryBasis.PROMISED)

    @property
    def group_chosen(self) -> DeliveryGroup:
        return DeliveryGroup(self.form.cleaned_data.get("group") or DeliveryGroup.STEP)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.form.cleaned_data
        for name, value in chosen.items():
            if name not in OF_THE_LIST:
                queryset = self.filters[name].filter(queryset, value)
        self.measured = queryset
        if chosen.get("result"):
            queryset = with_result(queryset, basis=self.basis_chosen, result=DeliveryResult(chosen["result"]))
        if chosen.get("step"):
            steps = [BrokenStep(step) for step in chosen["step"]]
            queryset = with_step(queryset, basis=self.basis_chosen, steps=steps)
        return queryset

    def as_it_is(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Says how it is measured and shown."""
        return queryset

    def by_carrier(self, queryset: QuerySet[Any], _name: str, value: Carrier) -> QuerySet[Any]:
        return carried_by(queryset, value)

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(number_begins(value.strip()))
