"""The variants of a family as a grid of quantities."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from catalogue.models import ProductFamily
from orders.entry.variants import family_grid
from orders.entry.views.tabs import EntryPage

LONGEST_UNIT = 16


class VariantGrid(EntryPage):
    """A quantity for each variant, in one form; what is left empty is not ordered."""

    tab = "catalogue"
    template_name = "orders/entry_variants.html"

    def get(self, request: HttpRequest, *, code: str) -> HttpResponseBase:
        family = get_object_or_404(ProductFamily.objects.visible_to(self.actor), code=code)
        unit = request.GET.get("unit")
        grid = family_grid(
            distributor_id=self.order_entry.distributor.pk,
            family=family,
            ordered=self.order_entry.quantities,
            on=timezone.localdate(),
            unit=None if unit is None else unit[:LONGEST_UNIT],
        )
        return self.render_to_response(self.get_context_data(grid=grid))
