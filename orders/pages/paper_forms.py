"""Which paper an address asks for."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Problem
from orders.papers.enums import PaperKind, PaperSize
from orders.papers.services.printing import PaperChoice


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("Document"), choices=PaperKind.choices)
    size = forms.ChoiceField(label=_("Size"), choices=PaperSize.choices, required=False)


def choice_of(query: QueryDict) -> PaperChoice:
    """Raises InvalidInput for a paper or a size that there is not."""
    form = PaperForm(query)
    if not form.is_valid():
        raise InvalidInput(
            problems=[
                Problem(message=f"{form.fields[name].label}: {errors[0]}", field=name)
                for name, errors in form.errors.items()
            ]
        )
    size = form.cleaned_data["size"]
    return PaperChoice(kind=PaperKind(form.cleaned_data["kind"]), size=PaperSize(size) if size else None)
