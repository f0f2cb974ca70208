"""From which warehouse a distributor is supplied: set on a page of its own, back to the distributor."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from inventory.forms.stock import SupplyRouteForm
from inventory.models import SupplyRoute
from inventory.permissions import can_set_supply_routes
from inventory.services.supply_routes import open_supply_route


class SupplyRouteView(ScopedServiceFormView):
    """The routes that a distributor has, and the form of the next one."""

    permission_required = can_set_supply_routes
    title = _("Supply route")
    model = Distributor
    lookup_field = "code"
    form_class = SupplyRouteForm
    template_name = "inventory/supply_route.html"
    success_message = _("Supply route set.")

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=self.object.display_name, url=self.object.get_absolute_url())]

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = (
            SupplyRoute.objects.visible_to(self.actor)
            .filter(distributor=self.object)
            .select_related("warehouse", "calendar")
        )
        return super().get_context_data(routes=rows.order_by("priority", "-starts_on"), **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        warehouse, calendar = data.pop("warehouse"), data.pop("calendar")
        open_supply_route(
            distributor_id=self.object.pk,
            warehouse_id=warehouse.pk,
            calendar_id=calendar and calendar.pk,
            actor=self.actor,
            **data,
        )
        return super().form_valid(form)
