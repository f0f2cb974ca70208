"""What the demo company sells: catalogue, buying rights, prices, warehouses and supply routes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Distributor, Tier
from catalogue.gtin import check_digit
from catalogue.models import Brand, Category, Product
from core.importing.staging import run
from demo import bilingual_names
from demo.bulk import write_rows
from demo.company import CURRENCY, Company, Row, numbers_by_code
from demo.families import build_families
from inventory.models import Warehouse
from pricing.models import PriceList


def build_goods(company: Company, *, products: int) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    _add_catalogue(company, products)
    _add_prices(company)
    _add_supply()
    run("SET CONSTRAINTS ALL DEFERRED")


def _add_catalogue(company: Company, count: int) -> None:
    write_rows("brand", [{"code": c, "name": n, "name_zh": z} for c, n, z in bilingual_names.BRANDS])
    write_rows(
        "category",
        [
            {"code": c, "name": n, "name_zh": z, "parent": above or None}
            for c, n, z, above in bilingual_names.CATEGORIES
        ],
    )
    brands, categories = numbers_by_code(Brand.objects.all()), numbers_by_code(Category.objects.all())
    write_rows("product", [_product(index, brands, categories) for index in range(count)])
    packed = Product.objects.filter(pack_size__gte=2).exclude(unit="case").order_by("pk")
    build_families()
    write_rows("product_unit", [_case(product, position) for position, product in enumerate(packed)])
    since = company.today - timedelta(days=900)
    write_rows(
        "buying_right",
        [
            {"distributor": distributor, "brand": brands[code], "starts_on": since}
            for index, distributor in enumerate(company.distributors)
            for position, (code, *_more) in enumerate(bilingual_names.BRANDS)
            if index < 10 or (index + position) % 5
        ],
    )


def _product(index: int, brands: dict[str, int], categories: dict[str, int]) -> Row:
    article = bilingual_names.PRODUCTS[index % len(bilingual_names.PRODUCTS)]
    brand, category, code, name, zh, cost, _price, multiple, *_kinds = article
    step = index // len(bilingual_names.PRODUCTS)
    (variant, variant_zh), (size, size_zh, unit, factor) = bilingual_names.values_of(index)
    return {
        "code": f"{code}{step + 1:03d}",
        "name": f"{name}, {variant}, {size}",
        "name_zh": f"{zh} {variant_zh} {size_zh}",
        "barcode": _gtin(f"690{index:09d}"),
        "brand": brands[brand],
        "category": categories[category],
        "unit": unit,
        "pack_size": multiple,
        "minimum_quantity": multiple,
        "order_multiple": multiple,
        "shelf_life_days": 540 if brand == "QINGHE" else None,
        "weight": (Decimal("0.9") * Decimal(str(factor))).quantize(Decimal("0.001")) if index % 20 else None,
        "volume": (Decimal("0.004") * Decimal(str(factor))).quantize(Decimal("0.0001")) if index % 20 else None,
        "unit_cost": (Decimal(cost) * Decimal(str(factor))).quantize(Decimal("0.01")),
    }


def _gtin(digits: str) -> str:
    return f"{digits}{check_digit(digits)}"


def _case(product: Product, position: int) -> Row:
    """The case in which a product is packed, with a barcode of its own."""
    return {
        "product": product.pk,
        "code": "case",
        "pieces": product.pack_size,
        "barcode": _gtin(f"1690{position:09d}"),
    }


def _add_prices(company: Company) -> None:
    gold = Tier.objects.get(code="GOLD").pk
    write_rows(
        "price_list",
        [
            {"code": "STANDARD", "name": "Standard", "name_zh": "标准价", "currency": CURRENCY, "tier": None},
            {"code": "GOLD", "name": "Gold tier", "name_zh": "金牌价", "currency": CURRENCY, "tier": gold},
        ],
    )
    write_rows("price", list(_prices(company)))
    write_rows(
        "promotion",
        [
            {
                "code": "NOVEMBER",
                "name": "November festival",
                "name_zh": "双十一促销",
                "discount_rate": Decimal("0.05"),
                "starts_on": date(company.today.year - 3, 11, 1),
            }
        ],
    )


def _prices(company: Company) -> Iterator[Row]:
    """Two lists, dearer since the turn of the year, cheaper from 48 and from 240 pieces on."""
    turn = date(company.today.year, 1, 1)
    spans = [(turn - timedelta(days=1095), turn - timedelta(days=1), Decimal(1)), (turn, None, Decimal("1.03"))]
    lists = numbers_by_code(PriceList.objects.all())
    for place, product in enumerate(Product.objects.order_by("pk").values_list("pk", flat=True)):
        article = bilingual_names.PRODUCTS[place % len(bilingual_names.PRODUCTS)]
        *_words, size = bilingual_names.size_of(place, article[8])
        base = Decimal(article[6]) * Decimal("0.72") * Decimal(str(size))
        for code, factor in {"STANDARD": Decimal(1), "GOLD": Decimal("0.95")}.items():
            for starts_on, ends_on, level in spans:
                for from_quantity, step in [(1, Decimal(1)), (48, Decimal("0.97")), (240, Decimal("0.93"))]:
                    yield {
                        "price_list": lists[code],
                        "product": product,
                        "from_quantity": from_quantity,
                        "amount": (base * factor * level * step).quantize(Decimal("0.01")),
                        "starts_on": starts_on,
                        "ends_on": ends_on,
                    }


def _add_supply() -> None:
    write_rows(
        "warehouse",
        [
            {"code": "WH-SH", "name": "Shanghai warehouse", "name_zh": "上海仓"},
            {"code": "WH-GZ", "name": "Guangzhou warehouse", "name_zh": "广州仓"},
            {"code": "WH-CD", "name": "Chengdu warehouse", "name_zh": "成都仓"},
        ],
    )
    warehouses = numbers_by_code(Warehouse.objects.all())
    by_region = {"CN-E": "WH-SH", "CN-N": "WH-SH", "CN-S": "WH-GZ", "SEA-": "WH-GZ", "CN-W": "WH-CD"}
    regions = Distributor.objects.without_tree_fields().order_by("code").values_list("pk", "territory__code")
    write_rows(
        "supply_route",
        [
            {"distributor": pk, "warehouse": warehouses[by_region[region[:4]]], "lead_days": 5 + index % 5}
            for index, (pk, region) in enumerate(regions)
        ],
    )
    write_rows("carrier", [{"code": "SWIFT", "name": "Swift Freight", "name_zh": "迅达物流"}])
