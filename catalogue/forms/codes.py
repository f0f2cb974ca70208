"""The form of a distributor's own code. It only parses: the services write."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.fields import ProductChoiceField
from catalogue.models import Product
from core.actors import Actor
from core.ui.forms import choose_from, visible_choice


class DistributorCodeForm(forms.Form):
    """A code, and what it means. Whose it is, is asked of the brand's people only, and never changes."""

    distributor = visible_choice(label=_("Distributor"))
    code = forms.CharField(label=_("Own code"), max_length=64)
    product = ProductChoiceField(label=_("Product"), help_text=_("The product's code."))
    unit = forms.CharField(
        label=_("Unit"),
        max_length=16,
        required=False,
        help_text=_("The unit that the code stands for. Leave blank for a piece."),
    )

    def __init__(self, *args: Any, actor: Actor, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choose_from(self, "product", Product.objects.visible_to(actor))
        if actor.distributor_id is not None or not is_new:
            del self.fields["distributor"]
        else:
            choose_from(self, "distributor", Distributor.objects.visible_to(actor).order_by("code"))
