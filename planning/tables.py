"""Lists of plans, prices and standings."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import (
    DateColumn,
    DifferenceColumn,
    LinkColumn,
    ListTable,
    MoneyColumn,
    PercentColumn,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)
from planning.enums import PlanStatus
from planning.models import Price, PriceList, SalesPlan
from planning.selectors.standing import Standing


def standing_url(standing: Standing) -> str:
    return reverse("planning:standing", args=[standing.code])


class SalesPlanTable(ListTable):
    facts = ("status", "amount", "year")
    owner = LinkColumn(accessor="owner_name", verbose_name=_("plan of"))
    level = tables.Column(accessor="get_level_display", verbose_name=_("level"))
    year = tables.Column(accessor="year__code", verbose_name=_("year"))
    number = QuantityColumn(verbose_name=_("version"))
    status = StateColumn(enum=PlanStatus, verbose_name=_("status"))
    amount = MoneyColumn(verbose_name=_("amount"))

    class Meta:
        model = SalesPlan
        fields = ("owner", "level", "year", "number", "status", "amount")


class PriceListTable(ListTable):
    facts = ("name", "scope", "currency")
    code = LinkColumn(verbose_name=_("code"))
    name = tables.Column(accessor="display_name", verbose_name=_("name"))
    scope = tables.Column(accessor="for_whom", verbose_name=_("for"))
    currency = tables.Column(verbose_name=_("currency"))
    priority = QuantityColumn(verbose_name=_("priority"))
    is_active = YesNoColumn(verbose_name=_("active"))

    class Meta:
        model = PriceList
        fields = ("code", "name", "scope", "currency", "priority", "is_active")


class PriceTable(ListTable):
    facts = ("name", "amount", "from_quantity")
    product = LinkColumn(
        accessor="product__code",
        url=lambda row: reverse("planning:product-prices", args=[row.product.code]),
        verbose_name=_("product"),
    )
    name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    price_list = tables.Column(accessor="price_list__code", verbose_name=_("price list"))
    from_quantity = QuantityColumn(verbose_name=_("from quantity"))
    amount = MoneyColumn(currency="price_list__currency", decimals=True, verbose_name=_("unit price"))
    starts_on = DateColumn(verbose_name=_("valid from"))
    ends_on = DateColumn(verbose_name=_("valid until"))

    class Meta:
        model = Price
        fields = ("product", "name", "price_list", "from_quantity", "amount", "starts_on", "ends_on")


class StandingTable(ListTable):
    facts = ("actual", "attainment_to_date", "landing")
    name = LinkColumn(url=standing_url, verbose_name=_("distributor"))
    actual = MoneyColumn(accessor="progress__actual", currency="progress__currency", verbose_name=_("sold"))
    plan = MoneyColumn(accessor="progress__plan", currency="progress__currency", verbose_name=_("plan"))
    attainment_to_date = PercentColumn(accessor="progress__attainment_to_date", verbose_name=_("of plan to date"))
    difference = DifferenceColumn(accessor="progress__difference_to_date", verbose_name=_("difference to date"))
    growth = PercentColumn(accessor="progress__growth", verbose_name=_("growth"))
    landing = MoneyColumn(accessor="progress__landing", currency="progress__currency", verbose_name=_("landing"))
    required_pace = MoneyColumn(
        accessor="progress__required_pace", currency="progress__currency", verbose_name=_("needed a day")
    )

    class Meta:
        fields = (
            "name", "actual", "plan", "attainment_to_date", "difference", "growth", "landing", "required_pace",
        )  # fmt: skip
