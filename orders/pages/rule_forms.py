"""The form of an approval rule."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import ChannelKind
from accounts.models import Tier
from company.models import Company
from core.actors import Actor
from core.ui.forms import amount_input, choose_from, visible_choice
from orders.ordering.models import OrderType


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class ApprovalRuleForm(forms.Form):
    """Which orders a rule is about, and what it asks of them. What is empty asks nothing."""

    code = forms.CharField(label=_("code"), max_length=64, validators=[validate_slug])
    name = forms.CharField(label=_("name"), max_length=200)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=200, required=False)
    position = forms.IntegerField(
        label=_("position"),
        min_value=0,
        max_value=30_000,
        initial=10,
        help_text=_("The first rule that fits approves the order."),
    )
    company = visible_choice(label=_("seller"), required=False, empty_label=_("Every seller"))
    type = visible_choice(label=pgettext_lazy("order", "type"), required=False, empty_label=_("Every type"))
    tier = visible_choice(label=_("tier"), required=False, empty_label=_("Every tier"))
    channel_kind = forms.ChoiceField(
        label=_("channel kind"), required=False, choices=[("", _("Every kind")), *ChannelKind.choices]
    )
    most_amount_company = amount_input(
        label=_("up to the amount"), required=False, help_text=_("Net, in the company's currency.")
    )
    needs_usual_quantity = forms.BooleanField(label=_("usual quantities only"), required=False, initial=True)
    needs_stock = forms.BooleanField(label=_("only where all stock is reserved"), required=False, initial=True)
    starts_on = _date(label=_("valid from"), initial=timezone.localdate)
    ends_on = _date(label=_("valid until"), required=False)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "company", Company.objects.visible_to(actor))
        choose_from(self, "type", OrderType.objects.visible_to(actor))
        choose_from(self, "tier", Tier.objects.visible_to(actor))
        if not is_new:
            del self.fields["code"]
