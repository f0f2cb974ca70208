"""Tables and columns that every list shares: how money, states, dates and links appear in a cell."""

from collections.abc import Callable, Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables
from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import Accessor

from core.money import round_money
from core.permissions import Permission
from core.ui import numbers
from core.ui.table_rows import state_badge

_NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
_KEEP = {"td": {"class": "keep"}}


class ListTable(tables.Table):  # type: ignore[misc]  # the package ships no types
    """A table whose order and paging the list page does. Meta.phone_fields names the (three) columns a phone shows."""

    phone_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, reader: Any = None, exclude: Collection[str] = (), **kwargs: Any) -> None:
        """`reader` is who reads it, that of the request where there is one: without, no column of a permission shows."""
        reader = reader or getattr(kwargs.get("request"), "user", None)
        hidden = (*exclude, *self.hidden_from(reader))
        super().__init__(*args, orderable=False, empty_text="", exclude=hidden, **kwargs)

    @classmethod
    def hidden_from(cls, reader: Any) -> tuple[str, ...]:
        """The columns that need a permission which this person does not have."""
        needed = ((name, getattr(column, "permission", None)) for name, column in cls.base_columns.items())
        return tuple(name for name, permission in needed if permission and not permission.granted_to(reader))

    def phone_columns(self) -> set[str]:
        """The first column is the card's title and always there; without them every column shows."""
        names = [column.name for column in self.columns.iterall()]
        return {names[0], *self.phone_fields} if self.phone_fields else set(names)


class FileColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """What stands in an exported file only: codes beside names, and what an import of the same file needs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, visible=False, **kwargs)


class QuantityColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    def __init__(self, *args: Any, decimals: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, attrs=_NUMBER, **kwargs)
        self.decimals = decimals

    def render(self, value: Any) -> str:
        return numbers.quantity(value, self.decimals)

    def value(self, value: Any) -> Any:
        return value


class PercentColumn(QuantityColumn):
    """A share: 0.31 shows as 31 %."""

    def render(self, value: Any) -> str:
        return numbers.percent(value, self.decimals)


class DifferenceColumn(QuantityColumn):
    def render(self, value: Any) -> str:
        return numbers.signed(value, self.decimals)


class MoneyColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """An amount; `currency` is the accessor of its ISO code beside it. Lists are overviews: no decimals."""

    card_kind = "amount"
    permission: ClassVar[Permission | None] = None

    def __init__(self, *args: Any, currency: str = "currency", decimals: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, attrs=_NUMBER, **kwargs)
        self.currency = currency
        self.is_exact = decimals
        self.write: Callable[[Any, str], str] = numbers.money if decimals else numbers.money_short

    def render(self, value: Any, record: Any) -> str:
        return self.write(value, Accessor(self.currency).resolve(record) or "")

    def value(self, value: Any, record: Any) -> Any:
        """For an export: the amount with the digits of its currency; of a unit price all of its own."""
        currency = self.currency_of(record)
        if not isinstance(value, Decimal) or not currency:
            return value
        rounded = round_money(value, currency=currency)
        return value if self.is_exact and rounded != value else rounded

    def currency_of(self, record: Any) -> str:
        return Accessor(self.currency).resolve(record, quiet=True) or ""


class MoneyDifferenceColumn(MoneyColumn):
    """A difference of money with its sign; less than nothing is red."""

    def render(self, value: Any, record: Any) -> SafeString:
        text = numbers.signed_money(value, Accessor(self.currency).resolve(record) or "")
        return format_html('<span class="{}">{}</span>', "text-state state-red" if value < 0 else "", text)


class AttainmentColumn(PercentColumn):
    """A share of what is wanted with a bar under it; red below nine tenths, which the figure says as well."""

    LEAST = Decimal("0.9")

    def render(self, value: Any) -> SafeString:
        state = "state-red" if value < self.LEAST else "state-green"
        return format_html(
            '<span class="{}{}">{}</span><svg class="plot plot-meter {}" viewBox="0 0 100 8" preserveAspectRatio="none"'
            ' aria-hidden="true"><rect class="quiet" width="100" height="8"/><rect class="bar" width="{}" height="8"/></svg>',
            "text-state " if value < self.LEAST else "",
            state,
            numbers.percent(value, self.decimals),
            state,
            f"{min(max(float(value), 0.0), 1.0) * 100:.0f}",
        )


class StateColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """A status as its word with its colour, both from the enum."""

    card_kind = "state"

    def __init__(self, *args: Any, enum: type[models.TextChoices], **kwargs: Any) -> None:
        super().__init__(*args, attrs=_KEEP, **kwargs)
        self.enum = enum

    def render(self, record: Any) -> SafeString:
        return state_badge(self._member(record))

    def value(self, record: Any) -> str:
        return str(self._member(record).label)

    def _member(self, record: Any) -> models.TextChoices:
        """From the record, because django-tables2 hands over the display text of a model's choice."""
        return self.enum(self.accessor.resolve(record))


class DateColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """A date, or the day of a moment."""

    card_kind = "date"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs=_KEEP, **kwargs)

    def render(self, value: Any) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), numbers.day(value))

    def value(self, value: Any) -> Any:
        """For an export: the day here, whatever zone it is stored in."""
        return timezone.localtime(value).date() if isinstance(value, datetime) else value


class MomentColumn(DateColumn):
    def value(self, value: Any) -> Any:
        """For an export: the time here."""
        return timezone.localtime(value)

    def render(self, value: Any) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), numbers.moment(value))


class LinkColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """The name or number of the row, which leads to its page, or to that of the `to` of the row (an accessor).

    Rows that are no models, and addresses with a query, give `url`, which makes the address from the record.
    """

    def __init__(self, *args: Any, to: str = "", url: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to
        self.url = url

    def address(self, record: Any) -> str:
        if self.url is not None:
            return self.url(record)
        thing = Accessor(self.to).resolve(record) if self.to else record
        return str(thing.get_absolute_url())

    def render(self, value: Any, record: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.address(record), value)

    def value(self, value: Any) -> str:
        return str(value)


class YesNoColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    def value(self, value: Any) -> str:
        return self.render(value)

    def render(self, value: Any) -> str:
        return str(_("Yes")) if value else str(_("No"))
