"""Products: found by code, the quantity in which one is ordered, and what must hold of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import gcd
from typing import Any, Protocol

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from catalogue.models import BuyingRight, Category, Product, ProductAttribute, ProductFamily, ProductFile, ProductUnit
from catalogue.permissions import can_set_buying_rights
from catalogue.querysets import may_buy_sql, meaning_of_code_sql, packaging_sql
from catalogue.rules.completeness import Criterion, criteria
from catalogue.rules.loads import Load, Packaging, load_of, packaging_from
from catalogue.rules.variants import Axis
from core.actors import Actor
from core.errors import InvalidInput, Problem
from core.invariants import Invariant, violations_of

_MEANT_BY_CODES = f"""
SELECT asked.code, meant.product_id, COALESCE(unit.code, ''), COALESCE(unit.pieces, 1)
FROM (SELECT DISTINCT code FROM unnest(%s::text[]) AS asked (code)) AS asked
JOIN LATERAL {meaning_of_code_sql("asked.code", "%s::bigint")} AS meant ON TRUE
LEFT JOIN catalogue_productunit AS unit ON unit.id = meant.unit_id
"""  # noqa: S608 - put together from constants, values are bound

_KEPT_SPELLINGS = """
SELECT asked.code, product.code
FROM unnest(%s::text[]) AS asked (code)
JOIN catalogue_productcode AS known ON known.normal = core_normal_code(asked.code) AND known.kind = 'code'
JOIN catalogue_product AS product ON product.id = known.product_id
"""

_PACKAGING = f"""
SELECT product.id, {packaging_sql("product")} FROM catalogue_product AS product WHERE product.id = ANY(%s)
"""  # noqa: S608 - put together from constants, values are bound


@dataclass(frozen=True, kw_only=True)
class CodeMeaning:
    """What a code means: a product, and the unit that it stands for (empty, with one piece, for the product itself)."""

    product_id: int
    unit: str
    pieces: int

    @property
    def key(self) -> tuple[int, str]:
        return self.product_id, self.unit


def find_by_code(codes: Iterable[str], *, distributor_id: int | None) -> dict[str, CodeMeaning]:
    """What each code means, by the code as it was written; codes of nothing are left out. One query.

    A code is a product's code or barcode, a unit's barcode, or an own code of the distributor (which goes before a shared
    one that is written alike), in any spelling of `core_normal_code`. Nobody's rights are looked at: whoever shows
    or books what was found narrows it by `visible_to`.
    """
    wanted = list({code for code in codes if "\x00" not in code})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_MEANT_BY_CODES, [wanted, distributor_id])
        return {
            code: CodeMeaning(product_id=product, unit=unit, pieces=pieces)
            for code, product, unit, pieces in cursor.fetchall()
        }


def find_products_by_code(codes: Iterable[str], *, distributor_id: int | None) -> dict[str, int]:
    """`find_by_code` where only the product matters, whatever unit the code stands for."""
    return {code: meant.product_id for code, meant in find_by_code(codes, distributor_id=distributor_id).items()}


def units_of_products(products: Iterable[int]) -> dict[tuple[int, str], int | None]:
    """The unit of each product and name, in small letters; None for the piece, which has no row. Two queries."""
    wanted = set(products)
    units = ProductUnit.objects.filter(product__in=wanted).values_list("product_id", "code", "pk")
    pieces = Product.objects.filter(pk__in=wanted).values_list("pk", Lower("unit"))
    return {(pk, code): unit for pk, code, unit in units} | {
        (pk, name): None for pk, code in pieces for name in ("", code)
    }


def unit_codes(asked: Sequence[tuple[CodeMeaning, str]]) -> list[str]:
    """The unit of each line: the one that is named, else the one that its code stands for; empty for the piece. One query.

    Raises InvalidInput at `lines.<index>.unit` where a product has no such unit.
    """
    named = [unit.strip().lower() for _meaning, unit in asked]
    products = {meaning.product_id for (meaning, _unit), code in zip(asked, named, strict=True) if code}
    units = ProductUnit.objects.filter(product__in=products).values_list("product_id", "code")
    pieces = Product.objects.filter(pk__in=products).values_list("pk", Lower("unit"))
    known = {(pk, code): code for pk, code in units} | dict.fromkeys(pieces, "") if products else {}
    problems = [
        Problem(message=_("The product has no such unit."), code="unknown_unit", field=f"lines.{index}.unit")
        for index, ((meaning, _unit), code) in enumerate(zip(asked, named, strict=True))
        if code and (meaning.product_id, code) not in known
    ]
    if problems:
        raise InvalidInput(problems=problems)
    return [
        known[meaning.product_id, code] if code else meaning.unit
        for (meaning, _unit), code in zip(asked, named, strict=True)
    ]


def find_by_shared_code(codes: Iterable[str]) -> dict[str, int]:
    """`find_products_by_code` where no distributor is known."""
    return find_products_by_code(codes, distributor_id=None)


def kept_spellings(codes: Iterable[str]) -> dict[str, str]:
    """The code of each product as it is kept, by the spelling that was given; codes of no product are left out. One query."""
    wanted = list({code for code in codes if "\x00" not in code})
    with connection.cursor() as cursor:
        cursor.execute(_KEPT_SPELLINGS, [wanted])
        return dict(cursor.fetchall())


def find_visible_product(code: str, *, products: Any, distributor_id: int | None) -> Product | None:
    """The product among `products` (those that somebody sees) that a code means. Two queries."""
    found = find_products_by_code([code], distributor_id=distributor_id).get(code)
    product: Product | None = None if found is None else products.filter(pk=found).first()
    return product


def find_products(actor: Actor, text: str, limit: int) -> list[tuple[str, str]]:
    """Code and name of the first products that match. One query."""
    found = Product.objects.visible_to(actor).matching(text, distributor_id=actor.distributor_id)
    return [(product.code, product.display_name) for product in found.order_by("code")[:limit]]


def packaging_of(product_ids: Collection[int]) -> dict[int, Packaging]:
    """How each of these products is packed. One query, none without products."""
    if not product_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PACKAGING, [list(product_ids)])
        return {pk: packaging_from(text) for pk, text in cursor.fetchall()}


def read_load(lines: Iterable[tuple[int, int]]) -> Load:
    """The load of lines, a product and its pieces each. One query, none without lines."""
    given = list(lines)
    return load_of(given, packaging_of({product_id for product_id, _pieces in given}))


def first_images(product_ids: Sequence[int]) -> dict[int, ProductFile]:
    """The picture that stands for each product; products without one are left out. One query."""
    rows = ProductFile.objects.images().filter(product__in=product_ids).select_related("product")
    found: dict[int, ProductFile] = {}
    for file in rows.order_by("product", "position", "id"):
        found.setdefault(file.product_id, file)
    return found


def axes_by_category() -> dict[int, tuple[Axis, ...]]:
    """What the families of each category differ in: its own attributes, else those of the category above. Two queries."""
    declared: dict[int, list[Axis]] = {}
    for attribute in ProductAttribute.objects.order_by("category", "position", "code"):
        declared.setdefault(attribute.category_id, []).append(attribute.axis)
    if not declared:
        return {}
    above = dict(Category.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
    found: dict[int, tuple[Axis, ...]] = {}
    for pk in above:
        here: int | None = pk
        while here is not None and here not in declared:
            here = above.get(here)
        if here is not None:
            found[pk] = tuple(declared[here])
    return found


def axes_of(family: ProductFamily) -> tuple[Axis, ...]:
    """What the products of a family differ in. Two queries."""
    return axes_by_category().get(family.category_id, ())


def broken_variants(products: Any, *, limit: int) -> list[dict[str, Any]]:
    """Those of the products that have values which the attributes of their family do not have. Three queries."""
    axes = axes_by_category()
    broken: list[dict[str, Any]] = []
    rows = products.exclude(variant={}).order_by("code").values_list("code", "variant", "family__category")
    for code, variant, category in rows.iterator():
        known = {axis.code: axis for axis in axes.get(category, ())}
        if any(name not in known or known[name].read(value) != value for name, value in variant.items()):
            broken.append({"product": code, "values": str(variant)})
            if len(broken) >= limit:
                break
    return broken


def variants_of_families(families: Sequence[int]) -> Sequence[Any]:
    """The products of families, each with `values_in_words`, one for each of three attributes. Four queries."""
    axes = axes_by_category()
    products = list(
        Product.objects.filter(family__in=families).select_related("family__category").order_by("family__code", "code")
    )
    for product in products:
        known = axes.get(product.family.category_id, ()) if product.family else ()
        values = [axis.label_of(product.variant.get(axis.code, "")) for axis in known]
        vars(product)["values_in_words"] = [*values, "", "", ""][:3]
    return products


def variant_labels(axes: Sequence[Axis], variant: Mapping[str, str]) -> list[str]:
    """The values of a product in the reader's language, in the order of the attributes."""
    return [axis.label_of(variant[axis.code]) for axis in axes if variant.get(axis.code)]


def _lacks_values() -> Q:
    """Products of a family without a value of one of its attributes. Two queries."""
    condition = Q(pk__in=[])
    by_codes: dict[tuple[str, ...], list[int]] = {}
    for category, axes in axes_by_category().items():
        by_codes.setdefault(tuple(axis.code for axis in axes), []).append(category)
    for codes, categories in by_codes.items():
        condition |= Q(family__category__in=categories) & ~Q(variant__has_keys=list(codes))
    return condition


VALUES_OF_FAMILY = Criterion(
    key="family",
    label=gettext_lazy("Values of the family"),
    lacks=_lacks_values,
    url=lambda code: reverse("catalogue:product-family", args=[code]),
    order=70,
)


def missing_by_product(product_ids: Sequence[int]) -> dict[int, list[Criterion]]:
    """What each product still lacks. One query, two more where there are attributes."""
    asked = criteria()
    conditions = {f"lacks_{one.key}": ExpressionWrapper(Q(one.lacks()), output_field=BooleanField()) for one in asked}
    rows = Product.objects.filter(pk__in=product_ids).order_by().annotate(**conditions).values("pk", *conditions)
    return {row["pk"]: [one for one in asked if row[f"lacks_{one.key}"]] for row in rows}


def orderable_quantity(at_least: int, *, minimum: int, multiple: int) -> int:
    """The smallest quantity not below `at_least` that can be ordered of a product with this minimum and multiple."""
    step = max(multiple, 1)
    return -(-max(at_least, minimum, 1) // step) * step


class Steps(Protocol):
    """What can be ordered of something at least, and in which steps: pieces."""

    @property
    def minimum_quantity(self) -> int: ...

    @property
    def order_multiple(self) -> int: ...


def orderable_units(product: Steps, pieces: int) -> int:
    """The smallest number of units of so many pieces that can be ordered of a product."""
    least = -(-product.minimum_quantity // pieces)
    return orderable_quantity(least, minimum=1, multiple=product.order_multiple // gcd(product.order_multiple, pieces))


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="catalogue.variants_have_their_attributes",
        statement=_("A variant's values are among those of its family's attributes."),
        find=lambda limit: broken_variants(Product.objects.all(), limit=limit),
    ),
    Invariant(
        name="catalogue.codes_follow_products",
        statement=_("Each product is found by its code and its barcode."),
        find=violations_of("""
            SELECT product.id AS product_id, kept.code
            FROM catalogue_product AS product
            CROSS JOIN LATERAL (VALUES (product.code), (product.barcode)) AS kept (code)
            WHERE core_normal_code(kept.code) <> '' AND NOT EXISTS (
                SELECT FROM catalogue_productcode AS known
                WHERE known.product_id = product.id AND known.distributor_id IS NULL
                  AND known.normal = core_normal_code(kept.code)
            )
            UNION ALL
            SELECT known.product_id, known.code
            FROM catalogue_productcode AS known
            JOIN catalogue_product AS product ON product.id = known.product_id
            WHERE (known.kind = 'code' AND known.code <> product.code)
               OR (known.kind = 'barcode' AND known.code IS DISTINCT FROM product.barcode)
            UNION ALL
            SELECT unit.product_id, unit.barcode
            FROM catalogue_productunit AS unit
            LEFT JOIN catalogue_productcode AS known ON known.unit_id = unit.id AND known.kind = 'unit_barcode'
            WHERE known.code IS DISTINCT FROM unit.barcode OR known.product_id <> unit.product_id
        """),
    ),
    Invariant(
        name="catalogue.units_are_not_the_piece",
        statement=_("No unit of several pieces is called like the piece."),
        find=violations_of("""
            SELECT unit.product_id, unit.code
            FROM catalogue_productunit AS unit
            JOIN catalogue_product AS product ON product.id = unit.product_id
            WHERE unit.code = product.unit
        """),
    ),
)


def _has_buying_rights(distributor: Distributor) -> bool:
    return BuyingRight.objects.current().filter(distributor=distributor).exists()


def _to_buying_rights(actor: Actor, distributor: Distributor) -> str:
    return reverse("catalogue:buying-rights", args=[distributor.code]) if can_set_buying_rights(actor) else ""


BUYING_RIGHTS = ChecklistItem(
    key="buying-rights",
    label=gettext_lazy("Buying rights"),
    is_done=_has_buying_rights,
    url=_to_buying_rights,
    order=40,
)


_MAY_NOT_BUY = f"""
SELECT DISTINCT given.distributor_id, given.product_id
FROM unnest(%(distributors)s::bigint[], %(products)s::bigint[]) AS given (distributor_id, product_id)
JOIN catalogue_product AS product ON product.id = given.product_id
WHERE NOT {may_buy_sql("given.distributor_id", "product", "%(day)s")}
"""  # noqa: S608 - put together from constants, values are bound


def not_authorised(pairs: Collection[tuple[int, int]], *, day: date) -> set[tuple[int, int]]:
    """Of these distributors and products those that the distributor may not buy on a day. One query."""
    columns: dict[str, Any] = {
        "distributors": [pair[0] for pair in pairs],
        "products": [pair[1] for pair in pairs],
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAY_NOT_BUY, columns)
        return {(distributor, product) for distributor, product in cursor.fetchall()}
