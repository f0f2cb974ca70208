"""The page on which stock by lot is turned on."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.permissions import can_change_catalogue
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from inventory.forms.tracking import TrackingForm
from inventory.services.tracking import set_tracking


class TrackingView(ScopedServiceFormView):
    permission_required = can_change_catalogue
    title = _("Lots and serial numbers")
    model = Product
    lookup_field = "code"
    form_class = TrackingForm
    success_message = _("Saved.")

    def crumbs(self) -> Sequence[Crumb]:
        listed = Crumb(label=str(_("Products")), url=reverse("inventory:products"))
        return [listed, Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("tracks_lots", "tracks_serials")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        set_tracking(product_id=self.object.pk, actor=self.actor, now=timezone.now(), **form.cleaned_data)
        return super().form_valid(form)
