"""A state as people see it: its word, with its colour beside it and never alone."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.enums import Colour


def state_badge(member: Any, *, small: str = "") -> SafeString:
    """The label of an enum member with a dot of its colour; an empty value is a dash."""
    if member in (None, ""):
        return format_html("<span>{}</span>", "–")
    colour = getattr(member, "colour", Colour.DRAFT)
    label = getattr(member, "label", member)
    if small:
        return format_html('<span class="state state-{}">{} <small>{}</small></span>', colour, label, small)
    return format_html('<span class="state state-{}">{}</span>', colour, label)
