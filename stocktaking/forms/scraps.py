"""Forms of scrap."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.ui.forms import choose_from, visible_choice
from inventory.fields import ProductLinesForm
from inventory.models import Warehouse
from stocktaking.enums import ScrapReason


class ScrapForm(ProductLinesForm):
    warehouse = visible_choice(label=_("Warehouse"))
    reason = forms.ChoiceField(choices=ScrapReason.choices, label=_("Reason"))
    note = forms.CharField(max_length=300, required=False, label=_("Note"))

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        ours = Warehouse.objects.visible_to(user).stocked().filter(is_active=True)
        choose_from(self, "warehouse", ours)


class DecisionForm(forms.Form):
    note = forms.CharField(max_length=300, required=False, label=_("Note"))


class UndoForm(forms.Form):
    note = forms.CharField(max_length=300, label=_("Reason"))
