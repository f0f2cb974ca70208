"""What a product still lacks, one rule a line: each is a condition on products, so that a list is filtered and shown by query.

An app above adds its own (a price) in AppConfig.ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.gtin import IsGtin
from core.errors import Message
from core.registry import Slot


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """`lacks` is the condition on products that lack it; `url` is the page where a product (by its code) gets it."""

    key: str
    label: Message
    lacks: Callable[[], Any]
    url: Callable[[str], str]
    order: int = 100


_CRITERIA: Slot[str, Criterion] = Slot("criterion of completeness")


def register(*criteria: Criterion) -> None:
    for criterion in criteria:
        _CRITERIA.add(criterion.key, criterion)


def criteria() -> list[Criterion]:
    """All that is asked of a product, in the order in which it is shown."""
    return sorted(_CRITERIA, key=lambda criterion: criterion.order)


def is_incomplete() -> Any:
    """The condition on products that lack anything."""
    condition = Q()
    for criterion in criteria():
        condition |= Q(criterion.lacks())
    return condition


def _rows(model: str, **of: Any) -> Exists:
    return Exists(apps.get_model("catalogue", model).objects.filter(product=OuterRef("pk"), **of))


def _to_change(code: str) -> str:
    return reverse("catalogue:product-change", args=[code])


def _lacks_shelf_life() -> Q:
    """Asked where other products of the category have one: a shirt has none."""
    others = apps.get_model("catalogue", "Product").objects.filter(shelf_life_days__isnull=False)
    return Q(Exists(others.filter(category=OuterRef("category"))), shelf_life_days=None)


OF_PRODUCTS = (
    Criterion(
        key="picture",
        label=_("Picture"),
        lacks=lambda: ~_rows("ProductFile", media_type__startswith="image/"),
        url=lambda code: reverse("catalogue:product-file-add", args=[code]),
        order=10,
    ),
    Criterion(
        key="gtin",
        label=_("GTIN"),
        lacks=lambda: Q(barcode=None) | ~Q(IsGtin("barcode")),
        url=_to_change,
        order=20,
    ),
    Criterion(
        key="translation",
        label=_("Chinese name and description"),
        lacks=lambda: Q(name_zh="") | (~Q(description="") & Q(description_zh="")),
        url=_to_change,
        order=30,
    ),
    Criterion(
        key="weight",
        label=_("Weight and volume"),
        lacks=lambda: Q(weight=None) | Q(volume=None),
        url=_to_change,
        order=40,
    ),
    Criterion(
        key="unit",
        label=_("Unit of the pack"),
        lacks=lambda: Q(pack_size__gt=1) & ~_rows("ProductUnit"),
        url=lambda code: reverse("catalogue:product-unit", args=[code]),
        order=50,
    ),
    Criterion(key="shelf_life", label=_("Shelf life"), lacks=_lacks_shelf_life, url=_to_change, order=60),
)
