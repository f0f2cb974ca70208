"""Pages on which rules of pricing name the policy that they follow, from either side."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from policies.forms import PolicyChoiceForm, RulesForm
from policies.models import Announcement
from policies.selectors.policies import SOURCE_TYPE
from policies.selectors.rules import chosen_rules
from policies.services.rules import choose_rules, name_policy
from policies.views.announcements import way_to_list
from pricing.models import PriceList
from pricing.permissions import can_change_prices


class RulesView(ScopedServiceFormView):
    """Which price lists and promotions follow a policy."""

    permission_required = can_change_prices
    model = Announcement
    title = _("Pricing rules that follow it")
    form_class = RulesForm

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=self.object.display_title, url=self.object.get_absolute_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_initial(self) -> dict[str, Any]:
        return dict(chosen_rules(self.actor, self.object))

    def form_valid(self, form: Any) -> HttpResponse:
        choose_rules(
            announcement_id=self.object.pk,
            price_list_ids=[row.pk for row in form.cleaned_data["price_lists"]],
            promotion_ids=[row.pk for row in form.cleaned_data["promotions"]],
            actor=self.actor,
        )
        return super().form_valid(form)


class PriceListPolicyView(ScopedServiceFormView):
    """Which policy a price list follows."""

    permission_required = can_change_prices
    model = PriceList
    lookup_field = "code"
    title = _("Policy of the price list")
    form_class = PolicyChoiceForm

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=self.object.display_name, url=self.object.get_absolute_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_initial(self) -> dict[str, Any]:
        return {"policy": self.object.source_id if self.object.source_type == SOURCE_TYPE else None}

    def form_valid(self, form: Any) -> HttpResponse:
        policy = form.cleaned_data["policy"]
        name_policy(price_list_id=self.object.pk, announcement_id=policy.pk if policy else None, actor=self.actor)
        return super().form_valid(form)
