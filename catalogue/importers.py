"""What can be imported of the catalogue: brands, categories, products, and who may buy them."""

from django.utils.translation import gettext_lazy as _

from catalogue.enums import ENTERED_KINDS
from catalogue.models import Brand, BuyingRight, Category, Product, ProductCode
from catalogue.selectors import find_by_shared_code
from catalogue.services.buying_rights import write_buying_rights
from catalogue.services.products import write_product_codes, write_products
from core.importing import Entity, Importer, fields_of

BRAND = Entity(
    name="brand",
    help_text="A brand.",
    model=Brand,
    key=("code",),
    fields=fields_of(Brand, {"code": "Code", "name": "Name", "name_zh": "Chinese name"}),
    match=("code", "name", "name_zh"),
)

CATEGORY = Entity(
    name="category",
    help_text="A product group, in a tree.",
    model=Category,
    key=("code",),
    fields=fields_of(
        Category, {"code": "Code", "name": "Name", "name_zh": "Chinese name", "parent": "Code of the group above"}
    ),
    match=("code", "name", "name_zh"),
)

PRODUCT = Entity(
    name="product",
    help_text="An article that is ordered and stocked in whole units.",
    model=Product,
    key=("code",),
    fields=fields_of(
        Product,
        {
            "code": "Article number",
            "name": "Name",
            "name_zh": "Chinese name",
            "barcode": "Barcode, each once",
            "brand": "Code of the brand",
            "category": "Code of the product group",
            "status": "Status",
            "unit": "Unit it is counted in",
            "pack_size": "Units in a pack",
            "minimum_quantity": "Least quantity of an order line",
            "order_multiple": "Step of the quantity",
            "unit_cost": "Cost of one unit",
            "description": "Description",
            "description_zh": "Description in Chinese",
        },
        pack_size={"low": 1},
        minimum_quantity={"low": 1},
        order_multiple={"low": 1},
    ),
    match=("code", "name", "name_zh", "barcode"),
    lookups={"code": find_by_shared_code, "barcode": find_by_shared_code},
    reasons={
        "product_code_once": _("Another product already uses this code or barcode, perhaps written differently."),
        "product_code_not_empty": _("This code has no letters or digits."),
    },
)

PRODUCT_CODE = Entity(
    name="product_code",
    help_text="A further code of a product: the barcode of a unit, or a distributor's own code.",
    model=ProductCode,
    key=("code", "distributor"),
    fields=fields_of(
        ProductCode,
        {
            "product": "Code of the product",
            "kind": "What kind of code it is",
            "distributor": "Whose own code it is (code of the distributor); empty for the barcode of a unit",
            "code": "The code",
        },
        kind={"choices": {kind.value: kind.label for kind in ENTERED_KINDS}},
    ),
    match=(),
    reasons={
        "product_code_once": _("Another product already uses this code or barcode, perhaps written differently."),
        "product_code_owner": _("A distributor's own code needs a distributor; other codes must not have one."),
        "product_code_not_empty": _("This code has no letters or digits."),
    },
)

BUYING_RIGHT = Entity(
    name="buying_right",
    help_text="A distributor may buy a whole brand, or one product, for a time. Give brand or product, not both.",
    model=BuyingRight,
    key=("distributor", "brand", "product", "starts_on"),
    fields=fields_of(
        BuyingRight,
        {
            "distributor": "Code of the distributor",
            "brand": "Code of the brand",
            "product": "Code of the product",
            "starts_on": "First day",
            "ends_on": "Last day; empty means until further notice",
        },
    ),
    match=(),
    reasons={
        "buying_right_brand_or_product": _("Select either a brand or a product."),
    },
)

IMPORTERS = (
    Importer(entity=BRAND, page="inventory:products"),
    Importer(entity=CATEGORY, page="inventory:products"),
    Importer(entity=PRODUCT, write=write_products, page="inventory:products"),
    Importer(entity=PRODUCT_CODE, write=write_product_codes),
    Importer(entity=BUYING_RIGHT, write=write_buying_rights),
)
