"""A new return: pieces of the lines of one or several orders, with the room that is left while it is filled in."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from core.errors import DomainError, Problem
from core.ui.forms import ServiceFormView
from core.ui.page import Crumb
from orders.pages.return_forms import ReturnForm
from orders.pages.selectors.returns import room_of
from orders.pages.views.returns import LIST, way_to_list
from orders.returns.permissions import can_request_return
from orders.returns.selectors.returnable import returnable_lines
from orders.returns.selectors.rules import policy_for, rule_texts
from orders.returns.services.requesting import AskedGoods, draft_return, request_return

MOST_SHOWN = 50


class NewReturnView(ServiceFormView):
    """Lines that can be returned, the latest received first; `order` (several) and `q` narrow them, `for` names whose."""

    permission_required = can_request_return
    title = _("New return")
    template_name = "orders/return_entry.html"
    form_class = ReturnForm
    submit_label = _("Request return")
    success_message = _("Return requested.")
    asked: Sequence[AskedGoods] = ()

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    @cached_property
    def distributor(self) -> Distributor:
        code = self.request.GET.get("for", "")
        rows = Distributor.objects.visible_to(self.actor)
        found: Distributor | None = (
            rows.filter(code=code).first() if code else rows.filter(pk=self.actor.distributor_id).first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def lines(self) -> list[Any]:
        """Those of the address; without it the latest."""
        words = self.request.GET.get("q", "").strip()[:100]
        rows = returnable_lines(self.actor, distributor_id=self.distributor.pk, words=words)
        orders = [number for number in self.request.GET.getlist("order") if number][:MOST_SHOWN]
        if orders:
            rows = rows.filter(order__number__in=orders)
        return list(rows.select_related("order", "product")[:MOST_SHOWN])

    def get_form_kwargs(self) -> dict[str, Any]:
        policy = policy_for(tier_id=self.distributor.tier_id)
        return {**super().get_form_kwargs(), "lines": self.lines, "reasons": policy.reasons if policy else []}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        filled: Any = form
        self.asked = filled.goods()
        document = request_return(
            distributor_id=self.distributor.pk,
            goods=self.asked,
            note=form.cleaned_data["note"],
            actor=self.actor,
            now=timezone.now(),
        )
        self.success_url = document.get_absolute_url()
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        _lines, _dot, rest = problem.field.partition(".")
        index, _dot, name = rest.partition(".")
        if not name or int(index) >= len(self.asked):
            return None
        named = {"photos": "photo", "reason": "reason", "condition": "condition"}.get(name, "pieces")
        return f"{named}-{self.asked[int(index)].order_line_id}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        room = room_of(distributor_id=self.distributor.pk)
        preview = f"{reverse('orders:return-preview')}?{self.request.GET.urlencode()}"
        return super().get_context_data(
            distributor=self.distributor,
            is_other=self.actor.distributor_id is None,
            room=room,
            preview_url=preview,
            words=self.request.GET.get("q", ""),
            orders=self.request.GET.getlist("order"),
            **kwargs,
        )


class PreviewReturnView(NewReturnView):
    """What is filled in comes to so much, and leaves so much room. Nothing is written."""

    title = _("New return")
    template_name = "orders/partials/return_room.html"

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        raise Http404

    def post(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        form: Any = self.get_form()
        context: dict[str, Any] = {"room": room_of(distributor_id=self.distributor.pk)}
        goods = form.goods() if form.is_valid() else []
        if goods:
            try:
                draft = draft_return(distributor=self.distributor, goods=goods, actor=self.actor, now=timezone.now())
            except DomainError as error:
                context["problems"] = [problem.message for problem in error.problems]
            else:
                context |= {"draft": draft.document, "rules": rule_texts(draft.broken, reader=self.actor)}
                if draft.room is not None:
                    context["left_after"] = draft.room.left - draft.document.rate_amount
        return self.render_to_response(context)
