"""Inputs that Django does not have."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Many boxes in named groups, each of which opens; those with a ticked box are open."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ARG002 - Django passes it by name
        context = self.get_context(name, value, attrs)
        groups = [
            {"label": label, "options": options, "ticked": sum(bool(option["selected"]) for option in options)}
            for label, options, _index in context["widget"]["optgroups"]
        ]
        return render_to_string("core/partials/grouped_checkboxes.html", {**context, "groups": groups})
