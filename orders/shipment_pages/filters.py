"""Filters of waybills, shared by the list, the report of freight and the API."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, ModelChoiceFilter

from accounts.models import Distributor
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Carrier, DropShipment
from orders.fulfilment.waybills.enums import FreightPayer
from orders.fulfilment.waybills.models import Waybill, WaybillShipment


class WaybillFilterSet(ListFilterSet):
    """Waybills by number, tracking number, order, distributor, carrier, what is on its way of them, and day."""

    search_fields = ("number",)
    status = ChoiceFilter(choices=ShipmentStatus.choices, method="with_status", label=_("With shipments"))
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    carrier = ModelChoiceFilter(queryset=visible_rows(Carrier), to_field_name="code", label=_("Carrier"))
    order = CharFilter(method="of_order", label=_("Order"))
    left_on = day_range("left_on", _("Left on"))

    class Meta:
        model = Waybill
        fields = ("status", "distributor", "carrier", "order", "left_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(getattr(self.request, "user", None), "distributor_id", None) is not None:
            del self.filters["carrier"]  # the seller's business

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By the start of the number of the waybill, its tracking number, or one of its orders or shipments."""
        text = value.strip()
        numbers = Q(shipment__number__istartswith=text) | Q(shipment__order__number__istartswith=text)
        carried = WaybillShipment.objects.filter(numbers).values("waybill")
        return queryset.filter(Q(number__istartswith=text) | Q(tracking_number__istartswith=text) | Q(pk__in=carried))

    def with_status(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=WaybillShipment.objects.filter(shipment__status=value).values("waybill"))

    def of_order(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(pk__in=WaybillShipment.objects.filter(shipment__order__number=value).values("waybill"))


class DropShipmentFilterSet(ListFilterSet):
    """Drop shipments by number and status."""

    search_fields = ("number__istartswith", "tracking_number__istartswith")
    status = ChoicesFilter(choices=ShipmentStatus.choices, label=_("Status"))

    class Meta:
        model = DropShipment
        fields = ("status",)


class FreightFilterSet(WaybillFilterSet):
    """With who bears the freight: for those who see it."""

    borne_by = ChoiceFilter(choices=FreightPayer.choices, label=_("Borne by"))
