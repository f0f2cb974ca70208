from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor, User
from core.filters import CodeInput
from core.ui.forms import choose_from


class MergeForm(forms.Form):
    into: Any = forms.ModelChoiceField(
        Distributor.objects.none(),
        label=_("merge into"),
        to_field_name="code",
        widget=CodeInput,
        help_text=_("Code of the distributor that stays."),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "into", Distributor.objects.visible_to(viewer))
