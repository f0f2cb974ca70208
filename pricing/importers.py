"""What can be imported of the prices: price lists, prices, promotions."""

from django.utils.translation import gettext_lazy as _

from core.importing import Entity, Importer, Kind, extra_field, fields_of
from pricing.models import Price, PriceList, Promotion
from pricing.services.prices import write_price_lists, write_prices

PRICE_LIST = Entity(
    name="price_list",
    help_text="Prices for whom: what is left empty means everybody. The most particular list that has the product decides.",
    model=PriceList,
    key=("code",),
    fields=fields_of(
        PriceList,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "owner": "Who sells at these prices (code of a distributor); empty for the company",
            "currency": "Currency of its prices",
            "distributor": "Only for this distributor (code)",
            "territory": "Only for this territory (code)",
            "tier": "Only for this tier (code)",
            "channel_kind": "Only for this kind of channel",
            "priority": "Among lists equally particular the higher one decides",
            "is_active": "Whether it is in use",
        },
    ),
    match=("code", "name", "name_zh"),
)

PRICE = Entity(
    name="price",
    help_text="The price of a piece or of a unit, from a quantity on, for a time. Two prices of one step never share a day.",
    model=Price,
    key=("price_list", "product", "unit", "from_quantity", "starts_on"),
    fields=(
        *fields_of(Price, {"price_list": "Code of the price list", "product": "Code of the product"}),
        extra_field("unit", Kind.TEXT, _("unit"), "Unit of the price, such as case; empty for a piece", default=""),
        *fields_of(
            Price,
            {
                "from_quantity": "From so many of the unit on",
                "amount": "Price of one, at most four decimals",
                "starts_on": "First day",
                "ends_on": "Last day; empty means until further notice",
            },
            from_quantity={"low": 1},
            amount={"low": 0},
        ),
    ),
    match=(),
    reasons={
        name: _("Another price for this list, product and quantity is valid on some of these days.")
        for name in ("one_price_per_day", "one_unit_price_per_day")
    },
)

PROMOTION = Entity(
    name="promotion",
    help_text="A discount on order lines for a time and a range of quantities.",
    model=Promotion,
    key=("code",),
    fields=fields_of(
        Promotion,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "discount_rate": "0.15 is fifteen per cent",
            "minimum_quantity": "From this quantity on",
            "maximum_quantity": "Up to this quantity; empty means no limit",
            "starts_on": "First day",
            "ends_on": "Last day",
        },
        discount_rate={"low": 0, "high": 1},
    ),
    match=("code", "name", "name_zh"),
)

IMPORTERS = (
    Importer(entity=PRICE_LIST, write=write_price_lists, page="pricing:price-lists"),
    Importer(entity=PRICE, write=write_prices, page="pricing:prices"),
    Importer(entity=PROMOTION),
)
