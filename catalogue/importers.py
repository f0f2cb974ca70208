"""What can be imported of the catalogue: brands, categories, products, and who may buy them."""

from django.utils.translation import gettext_lazy as _

from catalogue.enums import ENTERED_KINDS, CodeKind
from catalogue.models import (
    Brand,
    BuyingRight,
    Category,
    Product,
    ProductAttribute,
    ProductCode,
    ProductFamily,
    ProductUnit,
)
from catalogue.selectors import find_by_shared_code
from catalogue.services.buying_rights import write_buying_rights
from catalogue.services.products import write_product_codes, write_products
from catalogue.services.units import write_units
from catalogue.services.write_variants import VALUES, write_attributes, write_families, write_variants
from core.importing import Entity, Importer, Kind, extra_field, fields_of

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
            "successor": "Code of the product that is ordered instead",
            "last_order_on": "Last day on which it is ordered",
            "shelf_life_days": "Shelf life in days",
            "weight": "Weight of a piece, in kilograms",
            "volume": "Volume of a piece, in cubic metres",
            "unit_cost": "Cost of one unit",
            "description": "Description",
            "description_zh": "Description in Chinese",
        },
        pack_size={"low": 1},
        minimum_quantity={"low": 1},
        order_multiple={"low": 1},
    ),
    match=("code", "name", "name_zh", "barcode"),
    fixed={"variant": "'{}'::jsonb"},
    lookups={"code": find_by_shared_code, "barcode": find_by_shared_code},
    reasons={
        "product_code_once": _("Another product already uses this code or barcode, perhaps written differently."),
        "product_code_not_empty": _("This code has no letters or digits."),
        "product_measures_positive": _("Enter a number above zero."),
        "product_not_its_own_successor": _("A product cannot be its own successor."),
    },
)

PRODUCT_ATTRIBUTE = Entity(
    name="product_attribute",
    help_text="What the products of the families of a category differ in, such as size or colour.",
    model=ProductAttribute,
    key=("category", "code"),
    fields=(
        *fields_of(
            ProductAttribute,
            {
                "category": "Code of the product group; it holds for those below, too",
                "code": "Code",
                "name": "Name",
                "name_zh": "Chinese name",
                "position": "1 makes the rows of a grid, 2 its columns",
            },
            position={"low": 1},
        ),
        extra_field(
            "choices",
            Kind.TEXT,
            _("values"),
            "Its values, separated by semicolons, each a code or code|name|Chinese name; empty for free text",
            default="",
        ),
    ),
    match=(),
)

PRODUCT_FAMILY = Entity(
    name="product_family",
    help_text="Products that are one article in variants.",
    model=ProductFamily,
    key=("code",),
    fields=fields_of(
        ProductFamily,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "category": "Code of the product group, which says in what the variants differ",
        },
    ),
    match=("code", "name", "name_zh"),
)

PRODUCT_VARIANT = Entity(
    name="product_variant",
    help_text="A product of a family, with its values of the family's attributes in their order.",
    model=Product,
    key=("product",),
    fields=(
        extra_field(
            "product",
            Kind.REFERENCE,
            _("product"),
            "Code of the product",
            refers="product",
            required=True,
            column="product_id",
        ),
        *fields_of(Product, {"family": "Code of the family; empty takes the product out of it"}),
        *(
            extra_field(name, Kind.TEXT, label, f"Value of the {word} attribute: its code or its name", default="")
            for name, label, word in VALUES
        ),
    ),
    match=(),
    reasons={"product_variant_once": _("The family already has a product with these values.")},
)

PRODUCT_UNIT = Entity(
    name="product_unit",
    help_text="A unit of several pieces in which a product is ordered, priced and scanned, such as a case.",
    model=ProductUnit,
    key=("product", "code"),
    fields=fields_of(
        ProductUnit,
        {
            "product": "Code of the product",
            "code": "Unit, such as case, carton or pallet",
            "pieces": "Pieces in it",
            "barcode": "Its barcode: a GTIN of 8, 12, 13 or 14 digits",
            "is_default": "Whether it is offered first when ordering",
            "weight": "Weight of one, in kilograms",
            "volume": "Volume of one, in cubic metres",
        },
        pieces={"low": 2},
        barcode={"limit": 32},
    ),
    match=(),
    reasons={
        "product_code_once": _("Another product already uses this code or barcode, perhaps written differently."),
        "product_unit_one_default": _("A product has one usual unit."),
        "product_unit_measures_positive": _("Enter a number above zero."),
        "product_unit_code": _("A unit is one word of letters and digits."),
        "product_unit_pieces": _("A unit has between two and a million pieces."),
    },
)

PRODUCT_CODE = Entity(
    name="product_code",
    help_text="A further code of a product: another barcode, or a distributor's own code.",
    model=ProductCode,
    key=("code", "distributor"),
    fields=(
        *fields_of(
            ProductCode,
            {
                "product": "Code of the product",
                "kind": "What kind of code it is; a distributor's own one where it is left out",
                "distributor": "Whose own code it is (code of the distributor); empty for a barcode",
                "code": "The code",
            },
            kind={
                "choices": {kind.value: kind.label for kind in ENTERED_KINDS},
                "required": False,
                "default": CodeKind.OWN.value,
            },
        ),
        extra_field(
            "unit", Kind.TEXT, _("unit"), "The unit that an own code stands for; empty for a piece", default=""
        ),
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
    Importer(entity=PRODUCT_ATTRIBUTE, write=write_attributes, page="catalogue:attributes"),
    Importer(entity=PRODUCT_FAMILY, write=write_families, page="catalogue:families"),
    Importer(entity=PRODUCT_VARIANT, write=write_variants, page="catalogue:families"),
    Importer(entity=PRODUCT_UNIT, write=write_units, page="inventory:products"),
    Importer(entity=PRODUCT_CODE, write=write_product_codes, page="catalogue:distributor-codes"),
    Importer(entity=BUYING_RIGHT, write=write_buying_rights),
)
