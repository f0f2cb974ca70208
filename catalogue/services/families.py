"""Product families: what their products differ in, and which products are their variants."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.enums import CatalogueEvent
from catalogue.models import Category, Product, ProductAttribute, ProductFamily
from catalogue.permissions import can_change_catalogue
from catalogue.rules.variants import LONGEST_VALUE, MOST_CHOICES, Axis, Choice
from catalogue.selectors import axes_of, broken_variants
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.locks import lock_row
from core.permissions import require
from core.sentences import listed

__all__ = [
    "remove_attribute", "remove_family", "save_attribute", "save_family", "set_variants", "tidy_choices",
]  # fmt: skip


def save_family(
    *, family_id: int | None, code: str, name: str, category_id: int, actor: Actor, name_zh: str = ""
) -> ProductFamily:
    """Make a family (`family_id` None) or change one; writes one event.

    Raises NotAllowed, NotVisible, Conflict where the code is taken, or where its products have values that the attributes
    of the category do not have.
    """
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        family: ProductFamily = (
            ProductFamily() if family_id is None else lock_row(ProductFamily.objects.visible_to(actor), family_id)
        )
        values = {"code": code.strip(), "name": name, "name_zh": name_zh, "category_id": category_id}
        for field, value in values.items():
            setattr(family, field, value)
        family.save()
        if family_id is not None:
            _require_whole(Product.objects.filter(family=family), "category")
        _record(CatalogueEvent.FAMILY_CHANGED, family, actor, {"name": name})
    return family


def remove_family(*, family_id: int, actor: Actor) -> None:
    """Take a family away; its products stay, without it. Writes one event. Raises NotAllowed, NotVisible."""
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        family: ProductFamily = lock_row(ProductFamily.objects.visible_to(actor), family_id)
        products = Product.objects.filter(family=family)
        products.filter(pk__in=_lock(products.values_list("pk", flat=True))).update(family=None, variant={})
        _record(CatalogueEvent.FAMILY_REMOVED, family, actor, {})
        family.delete()


def set_variants(
    *,
    family_id: int,
    values: Mapping[int, Mapping[str, str]],
    actor: Actor,
    take_out: Collection[int] = (),
) -> None:
    """Put products (by id) into a family with their values by attribute, or change these; take others out of it.

    A value is named by its code or its name in either language, an empty one is missing. Writes one event. Raises
    NotAllowed, NotVisible, InvalidInput at `<product id>.<attribute>`, Conflict where two products have the same values.
    """
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        family: ProductFamily = lock_row(ProductFamily.objects.visible_to(actor), family_id)
        asked = {*values, *take_out}
        products = {pk: lock_row(Product.objects.visible_to(actor), pk) for pk in sorted(asked)}
        axes = axes_of(family)
        wanted = {pk: _read(products[pk], axes, row) for pk, row in values.items()}
        _require_free(family, [products[pk] for pk in values])
        before = {product.code: dict(product.variant) for product in products.values()}
        Product.objects.filter(pk__in=take_out, family=family).update(family=None, variant={})
        changed = [
            pk for pk, row in wanted.items() if products[pk].variant != row or products[pk].family_id != family.pk
        ]
        Product.objects.filter(pk__in=changed).update(family=family, variant={})  # so that two can swap their values
        for pk in changed:
            Product.objects.filter(pk=pk).update(variant=wanted[pk])
        data = {
            products[pk].code: [before[products[pk].code], wanted.get(pk)]
            for pk in [*changed, *(pk for pk in take_out if products[pk].family_id == family.pk)]
        }
        if data:
            _record(CatalogueEvent.VARIANTS_CHANGED, family, actor, {"changes": data})


def save_attribute(
    *,
    attribute_id: int | None,
    category_id: int,
    code: str,
    name: str,
    actor: Actor,
    name_zh: str = "",
    position: int = 1,
    choices: Sequence[Choice] = (),
) -> ProductAttribute:
    """Make an attribute of a category (`attribute_id` None) or change one; its category and code stay. Writes one event.

    Raises NotAllowed, NotVisible, InvalidInput, Conflict where the category has the code, or where a product has a value
    that would not be among the attribute's any more.
    """
    require(can_change_catalogue(actor))
    chosen = tidy_choices(choices)
    with explained(), transaction.atomic():
        lock_row(Category.objects.visible_to(actor), category_id)
        if attribute_id is None:
            attribute = ProductAttribute(category_id=category_id, code=code)
        else:
            attribute = lock_row(ProductAttribute.objects.visible_to(actor), attribute_id)
        attribute.name, attribute.name_zh, attribute.position = name, name_zh, position
        attribute.choices = [{"code": one.code, "name": one.name, "name_zh": one.name_zh} for one in chosen]
        attribute.save()
        _require_whole(Product.objects.exclude(family=None), "choices")
        _record_attribute(CatalogueEvent.ATTRIBUTE_CHANGED, attribute, actor)
    return attribute


def remove_attribute(*, attribute_id: int, actor: Actor) -> None:
    """Take an attribute away. Writes one event. Raises NotAllowed, NotVisible, Conflict where products have values of it."""
    require(can_change_catalogue(actor))
    with explained(), transaction.atomic():
        known = ProductAttribute.objects.visible_to(actor).filter(pk=attribute_id)
        lock_row(Category.objects.visible_to(actor), next(iter(known.values_list("category_id", flat=True)), 0))
        attribute: ProductAttribute = lock_row(ProductAttribute.objects.visible_to(actor), attribute_id)
        _record_attribute(CatalogueEvent.ATTRIBUTE_REMOVED, attribute, actor)
        attribute.delete()
        _require_whole(Product.objects.exclude(family=None), "code")


def tidy_choices(choices: Sequence[Choice]) -> list[Choice]:
    """The values of an attribute without spare blanks. Raises InvalidInput at `choices`: too many, too long, or twice."""
    tidied = [
        Choice(
            code=" ".join(one.code.split()),
            name=" ".join((one.name or one.code).split()),
            name_zh=" ".join(one.name_zh.split()),
        )
        for one in choices
    ]
    seen: set[str] = set()
    for one in tidied:
        if not one.code or max(map(len, (one.code, one.name, one.name_zh))) > LONGEST_VALUE:
            message = _("A value has a code; code and names have at most %(most)d letters.") % {"most": LONGEST_VALUE}
            raise InvalidInput(message, code="wrong_value", field="choices")
        if one.words & seen:
            message = _("“%(value)s” appears twice.") % {"value": one.code}
            raise InvalidInput(message, code="value_twice", field="choices")
        seen |= one.words
    if len(tidied) > MOST_CHOICES:
        message = _("An attribute has at most %(most)d values.") % {"most": MOST_CHOICES}
        raise InvalidInput(message, code="too_many", field="choices")
    return tidied


def _read(product: Any, axes: Sequence[Axis], row: Mapping[str, str]) -> dict[str, str]:
    """The values as they are stored. Raises InvalidInput for an attribute or a value that there is not."""
    known = {axis.code: axis for axis in axes}
    problems, found = [], {}
    for code, written in row.items():
        axis = known.get(code)
        if axis is None:
            message = _("The family has no attribute “%(code)s”.") % {"code": code[:LONGEST_VALUE]}
            problems.append(Problem(message=message, code="unknown_attribute", field=f"{product.pk}.{code}"))
        elif written.strip():
            value = axis.read(written)
            if value is None:
                problems.append(
                    Problem(message=no_such_value(axis), code="unknown_value", field=f"{product.pk}.{code}")
                )
            else:
                found[code] = value
    if problems:
        raise InvalidInput(problems=problems)
    return found


def no_such_value(axis: Axis) -> str:
    """Which values there are instead."""
    if not axis.choices:
        return _("A value has at most %(most)d letters.") % {"most": LONGEST_VALUE}
    return _("%(attribute)s is one of: %(values)s.") % {
        "attribute": axis.label,
        "values": listed(choice.label for choice in axis.choices[:20]),
    }


def _require_free(family: ProductFamily, products: Sequence[Product]) -> None:
    problems = [
        Problem(
            message=_("%(code)s belongs to another family.") % {"code": product.code},
            code="other_family",
            field=str(product.pk),
        )
        for product in products
        if product.family_id not in (None, family.pk)
    ]
    if problems:
        raise InvalidInput(problems=problems)


def _require_whole(products: Any, field: str) -> None:
    """Raise Conflict where a product has values that the attributes of its family do not have."""
    broken = broken_variants(products, limit=1)
    if broken:
        message = _("%(product)s has values that would no longer be valid. Change or clear them first.")
        raise Conflict(message % {"product": broken[0]["product"]}, code="values_in_use", field=field)


def _lock(ids: Any) -> list[int]:
    return list(
        Product.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update().values_list("pk", flat=True)
    )


def _record(kind: CatalogueEvent, family: ProductFamily, actor: Actor, data: Mapping[str, Any]) -> None:
    events.record_event(
        kind=kind,
        subject_type="product_family",
        subject_id=family.pk,
        actor_id=actor.pk,
        data={"code": family.code, **data},
    )


def _record_attribute(kind: CatalogueEvent, attribute: ProductAttribute, actor: Actor) -> None:
    events.record_event(
        kind=kind,
        subject_type="product_attribute",
        subject_id=attribute.pk,
        actor_id=actor.pk,
        data={"code": attribute.code, "name": attribute.name, "values": len(attribute.choices)},
    )
