"""Numbers, dates, states and forms in templates: `{% load tributary %}`."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.sentences import listed, sentence_gap
from core.ui import numbers
from core.ui.table_rows import draw_rows, state_badge

register = template.Library()

register.filter("quantity", numbers.quantity)
register.filter("percent", numbers.percent)
register.filter("signed", numbers.signed)
register.filter("signed_money", numbers.signed_money)
register.filter("written", numbers.written)
register.filter("span", numbers.span)  # {{ period.starts_on|span:period.ends_on }}
register.filter("ago", numbers.relative)
register.simple_tag(sentence_gap)
register.filter("listed", listed)


@register.filter
def money(value: Any, currency: str = "") -> str:
    """`{{ order.net_amount|money:order.currency }}`: as in documents, with decimals."""
    return numbers.money(value, currency or "")


@register.filter
def money_short(value: Any, currency: str = "") -> str:
    """As in overviews, without decimals."""
    return numbers.money_short(value, currency or "")


def _time(value: date | datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Write a date: `{{ order.promised_on|day }}`."""
    return _time(value, numbers.day(value)) if value else numbers.NOTHING


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write a day and time: `{{ event.at|moment }}`."""
    return _time(value, numbers.moment(value)) if value else numbers.NOTHING


@register.filter
def since(value: date | datetime | None) -> SafeString | str:
    """The absolute with the relative beside it."""
    if not value:
        return numbers.NOTHING
    absolute = numbers.moment(value) if isinstance(value, datetime) else numbers.day(value)
    return format_html(
        '<time datetime="{}">{}</time> <small class="text-secondary">{}</small>',
        value.isoformat(),
        absolute,
        numbers.relative(value),
    )


@register.simple_tag
def status_badge(member: Any, small: str = "") -> SafeString:
    """`{% status_badge order.state %}`: an enum member with label and colour."""
    return state_badge(member, small=small)


@register.simple_tag
def table_rows(table: Any, phone_columns: Any = (), bulk: Any = ()) -> SafeString:
    """`{% table_rows table phone_columns bulk %}`: the rows of a list."""
    return draw_rows(table, phone_columns=phone_columns or (), ticks=bool(bulk))


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The present address with other parameters: `href="{% query tab='lines' %}"`."""
    wanted = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            wanted.pop(key, None)
        else:
            wanted[key] = value
    return f"?{wanted.urlencode()}"


def _classes(widget: forms.Widget) -> str:
    match widget:
        case forms.CheckboxSelectMultiple() | forms.RadioSelect():
            return ""
        case forms.CheckboxInput():
            return "form-check-input"
        case forms.Select():
            return "form-select"
        case _:
            return "form-control"


@register.filter
def tabler(field: BoundField) -> SafeString:
    """The field's widget with Tabler's classes, tied to its help and its errors for screen readers."""
    widget = field.field.widget
    parts = getattr(widget, "widgets", None)
    for part in parts or ():
        part.attrs["class"] = _classes(part)
    attrs: dict[str, Any] = {}
    css = " ".join(filter(None, [widget.attrs.get("class", ""), "" if parts else _classes(widget)]))
    if css:
        attrs["class"] = f"{css} is-invalid" if field.errors else css
    notes = {"helptext": field.help_text, "error": field.errors}
    described = [f"{field.auto_id}_{what}" for what, there in notes.items() if there]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Several inputs under one name: their label is the legend of a group."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget)


@register.filter
def is_multipart(form: forms.BaseForm) -> bool:
    return form.is_multipart()
