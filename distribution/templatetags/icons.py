"""`{% icon "truck" %}`: one of Tabler's icons, drawn into the page so that it takes the colour of its text."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from distribution.frontend import NODE_MODULES

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw the icon. Without a label it is decoration, and a screen reader passes over it."""
    if not label:
        return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', _drawing(name))
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, _drawing(name)
    )


@cache
def _drawing(name: str) -> SafeString:
    try:
        source = (NODE_MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text()
    except OSError as error:
        raise template.TemplateSyntaxError(f"There is no icon {name}") from error
    return mark_safe(source[source.index(">") + 1 : source.rindex("</svg>")].strip())  # noqa: S308  a file of the package
