import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MoneyColumn,
    QuantityColumn,
    YesNoColumn,
)
from pricing.models import Price, PriceList


class PriceListTable(ListTable):
    phone_fields = ("name", "scope", "currency")
    code = LinkColumn(verbose_name=_("code"))
    name = tables.Column(accessor="display_name", verbose_name=_("name"), exclude_from_export=True)
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    scope = tables.Column(accessor="for_whom", verbose_name=_("for"))
    owner_code = FileColumn(accessor="owner__code", verbose_name=_("seller's code"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    territory_code = FileColumn(accessor="territory__code", verbose_name=_("territory code"))
    tier_code = FileColumn(accessor="tier__code", verbose_name=_("tier code"))
    channel_kind = FileColumn(verbose_name=_("channel kind"))
    currency = tables.Column(verbose_name=_("currency"))
    priority = QuantityColumn(verbose_name=_("priority"))
    is_active = YesNoColumn(verbose_name=_("active"))

    class Meta:
        model = PriceList
        fields = (
            "code", "name", "plain_name", "name_zh", "scope", "owner_code", "distributor_code", "territory_code",
            "tier_code", "channel_kind", "currency", "priority", "is_active",
        )  # fmt: skip


class PriceTable(ListTable):
    phone_fields = ("name", "amount", "from_quantity")
    product = LinkColumn(
        accessor="product__code",
        url=lambda row: reverse("pricing:product-prices", args=[row.product.code]),
        verbose_name=_("product"),
    )
    name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    price_list = tables.Column(accessor="price_list__code", verbose_name=_("price list"))
    unit = tables.Column(accessor="unit__code", default="", verbose_name=_("unit"))
    from_quantity = QuantityColumn(verbose_name=_("from quantity"))
    amount = MoneyColumn(currency="price_list__currency", decimals=True, verbose_name=_("unit price"))
    starts_on = DateColumn(verbose_name=_("valid from"))
    ends_on = DateColumn(verbose_name=_("valid until"))

    class Meta:
        model = Price
        fields = ("product", "name", "price_list", "unit", "from_quantity", "amount", "starts_on", "ends_on")
