"""Templates and favourites of the order entry: added to the draft whole or by ticked lines, made out of it, removed."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.paths import whole_number
from orders.entry.templates import named_template, template_rows
from orders.entry.views.adding import TakeLines
from orders.entry.views.changes import DraftChange
from orders.entry.views.tabs import EntryPage
from orders.ordering.models import OrderTemplate
from orders.ordering.selectors.draft_lines import LineKey, draft_lines
from orders.ordering.services.templates import (
    TemplateLine,
    change_template,
    create_template,
    remove_template,
    switch_favourite,
)


class Templates(EntryPage):
    """The templates of the distributor, favourites first."""

    tab = "templates"
    template_name = "orders/entry_templates.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        rows = template_rows(actor=self.actor, distributor_id=self.order_entry.distributor.pk)
        return self.render_to_response(self.get_context_data(templates=rows))


class _OneTemplate(DraftChange):
    abstract = True
    tab = "templates"

    @cached_property
    def template(self) -> OrderTemplate:
        seen = OrderTemplate.objects.visible_to(self.actor).filter(distributor=self.order_entry.distributor)
        template: OrderTemplate = get_object_or_404(seen, pk=self.kwargs["pk"])
        return template

    def back_url(self) -> str:
        return reverse("orders:entry-templates") + self.order_entry.query


class AddTemplate(TakeLines, _OneTemplate):
    """The lines of a template."""

    def wanted(self) -> dict[LineKey, int]:
        return {LineKey(line.product_id, line.unit): line.units for line in self.template.lines.order_by("position")}

    def source(self) -> dict[str, Any]:
        return {"title": str(self.template), "url": "", "back": self.back_url()}


class RemoveTemplate(_OneTemplate):
    def change(self, _request: HttpRequest) -> str:
        remove_template(template_id=self.template.pk, actor=self.actor)
        return _("Template removed.")

    def fallback_url(self) -> str:
        return self.back_url()


class SaveTemplate(DraftChange):
    """The draft as a template: a new one, or the one of that name anew."""

    def change(self, request: HttpRequest) -> str:
        name, distributor_id = request.POST.get("name", "").strip()[:80], self.order_entry.distributor.pk
        order = self.order_entry.order
        stored = draft_lines(order_id=order.pk) if order else {}
        lines = [TemplateLine(*key, line.quantity) for key, line in stored.items()]
        same = named_template(actor=self.actor, distributor_id=distributor_id, name=name)
        if same is not None:
            change_template(template_id=same.pk, actor=self.actor, name=name, lines=lines)
        else:
            create_template(distributor_id=distributor_id, actor=self.actor, name=name, lines=lines)
        return _("Template “%(name)s” saved.") % {"name": name}


class SwitchFavourite(DraftChange):
    """The star of a product."""

    def change(self, request: HttpRequest) -> str:
        key = LineKey.parse(request.POST.get("product", "")[:64])
        units = whole_number(request.POST.get("quantity", "")) or 1
        distributor_id = self.order_entry.distributor.pk
        is_favourite = key is not None and switch_favourite(
            distributor_id=distributor_id, actor=self.actor, product_id=key.product_id, unit=key.unit[:16], units=units
        )
        self.order_entry.__dict__.pop("favourites", None)
        return _("Added to the favourites.") if is_favourite else _("Removed from the favourites.")
