"""Which paper an address asks for."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput, Problem
from orders.papers.enums import PaperKind, PaperSize
from orders.papers.services.printing import PaperChoice


class SizeForm(forms.Form):
    size = forms.ChoiceField(label=_("Size"), choices=PaperSize.choices, required=False)


class PaperForm(SizeForm):
    kind = forms.ChoiceField(label=_("Document"), choices=PaperKind.choices)


def size_of(query: QueryDict) -> PaperSize | None:
    """Raises InvalidInput for a size that there is not; None is the usual one."""
    size = _valid(SizeForm(query))["size"]
    return PaperSize(size) if size else None


def choice_of(query: QueryDict) -> PaperChoice:
    """Raises InvalidInput for a paper or a size that there is not."""
    values = _valid(PaperForm(query))
    return PaperChoice(kind=PaperKind(values["kind"]), size=PaperSize(values["size"]) if values["size"] else None)


def _valid(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise InvalidInput(
            problems=[
                Problem(message=f"{form.fields[name].label}: {errors[0]}", field=name)
                for name, errors in form.errors.items()
            ]
        )
    return form.cleaned_data
