"""What can be imported without writing a profile, and under which heads people and their ERPs have it."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Message
from core.importing import Field, entities

_HEADS = Path(__file__).with_name("heads.tsv")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a template. `english` and `chinese` are its heads, `also` others by which it is recognised.

    `codes` are heads that come before them: of two columns the code tells more than the name.
    It fills the field `name` of `entity`. `examples` are an English and a Chinese one.
    """

    name: str
    entity: str
    english: str
    chinese: str
    also: Sequence[str]
    codes: Sequence[str]
    examples: tuple[str, str]
    needed: bool

    @property
    def target(self) -> Field:
        return entities()[self.entity].by_name[self.name]

    @property
    def key(self) -> str:
        return f"{self.entity}-{self.name}"

    def heads(self) -> Sequence[str]:
        return [*self.codes, self.english, self.chinese, self.name, *self.also]

    def label(self, language: str) -> str:
        return self.chinese if language.startswith("zh") else self.english


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`grouped` entities are made of rows that repeat them. `row` is the column without which a row is none.

    `fill_down` are columns that an ERP writes on the first line of a document only; `creates` are the entities that are
    made of what stands in their column where there is none of them yet.
    """

    name: str
    label: Message
    columns: Sequence[Column]
    row: str
    grouped: frozenset[str] = frozenset()
    fill_down: Sequence[str] = ()
    creates: Collection[str] = ()

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def entities(self) -> list[str]:
        return list(dict.fromkeys(column.entity for column in self.columns))


def _columns(kind: str) -> list[Column]:
    with _HEADS.open(encoding="utf-8", newline="") as stream:
        return [
            Column(
                name=row["field"],
                entity=row["entity"],
                english=row["english"],
                chinese=row["chinese"],
                also=_heads(row["also"]),
                codes=_heads(row["codes"]),
                examples=(row["example"], row["example_chinese"]),
                needed=bool(row["needed"]),
            )
            for row in csv.DictReader(stream, delimiter="\t")
            if row["kind"] == kind
        ]


def _heads(cell: str) -> list[str]:
    return [head for head in cell.split("|") if head]


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="distributors",
            label=_("Distributors with their contact"),
            row="distributor-code",
            creates=("territory", "tier"),
            columns=_columns("distributors"),
        ),
        Kind(
            name="products",
            label=_("Products"),
            row="product-code",
            creates=("brand", "category"),
            columns=_columns("products"),
        ),
        Kind(
            name="variants",
            label=_("Product families with their variants"),
            row="product_variant-product",
            grouped=frozenset({"product_family"}),
            fill_down=("product_family-code",),
            creates=("category",),
            columns=_columns("variants"),
        ),
        Kind(
            name="attributes",
            label=_("Attributes of products"),
            row="product_attribute-code",
            columns=_columns("attributes"),
        ),
        Kind(
            name="own_codes",
            label=_("Distributors' own codes"),
            row="product_code-code",
            columns=_columns("own_codes"),
        ),
        Kind(name="duties", label=_("Duties"), row="duty-code", columns=_columns("duties")),
        Kind(
            name="prices",
            label=_("Prices"),
            row="price-product",
            creates=("price_list",),
            columns=_columns("prices"),
        ),
        Kind(
            name="stock",
            label=_("Stock"),
            row="stock-product",
            creates=("warehouse",),
            columns=_columns("stock"),
        ),
        Kind(
            name="places",
            label=pgettext_lazy("warehouse", "Places"),
            row="stock_place-product",
            columns=_columns("places"),
        ),
        Kind(
            name="expected_receipts",
            label=_("Expected receipts"),
            row="expected_receipt-product",
            columns=_columns("expected_receipts"),
        ),
        Kind(name="plans", label=_("Sales plans"), row="plan-amount", columns=_columns("plans")),
        Kind(
            name="orders",
            label=_("Orders with their lines"),
            row="order_line-product",
            grouped=frozenset({"order"}),
            fill_down=("order-number", "order-ordered_at", "order-distributor"),
            columns=_columns("orders"),
        ),
        Kind(
            name="price_lists",
            label=_("Price lists"),
            row="price_list-code",
            columns=_columns("price_lists"),
        ),
        Kind(name="people", label=_("People"), row="user-external_code", columns=_columns("people")),
        Kind(name="outlets", label=_("Outlets"), row="outlet-code", columns=_columns("outlets")),
        Kind(
            name="outlet_links",
            label=_("Who buys from whom"),
            row="outlet_link-outlet",
            columns=_columns("outlet_links"),
        ),
        Kind(name="complaints", label=_("Complaints"), row="complaint-code", columns=_columns("complaints")),
        Kind(name="agreements", label=_("Agreements"), row="agreement-number", columns=_columns("agreements")),
    )
}
