"""Variants of one article: what they differ in, their values, the grid, and how they come in."""

from itertools import product as combinations
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Product, ProductAttribute, ProductFamily
from catalogue.rules.variants import Axis, Choice, lay_out
from catalogue.selectors import INVARIANTS, axes_by_category
from catalogue.services.families import (
    remove_attribute,
    remove_family,
    save_attribute,
    save_family,
    set_variants,
    tidy_choices,
)
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from orders.models import Order
from orders.ordering.selectors.draft_lines import draft_quantities
from pricing.models import Price
from tests.factories.accounts import AdministratorFactory, BuyerFactory
from tests.factories.inventory import CategoryFactory, ProductFactory, ProductFamilyFactory, ProductUnitFactory
from tests.orders.people import stage

SIZE = Axis(code="size", name="Size", name_zh="规格")
COLOUR = Axis(
    code="colour",
    name="Colour",
    choices=(Choice(code="red", name="Red", name_zh="红色"), Choice(code="blue", name="Blue", name_zh="蓝色")),
)


def test_values_are_read_and_sorted_as_people_mean_them() -> None:
    """1 kg would come before 100 g, and 红色 would be no colour."""
    assert sorted(["1 kg", "250 g", "Giant", "100 g", "12"], key=SIZE.place_of) == [
        "12",
        "100 g",
        "250 g",
        "1 kg",
        "Giant",
    ]
    assert [COLOUR.read(text) for text in ("RED", "红色", " blue ", "green", "")] == ["red", "red", "blue", None, None]
    assert [SIZE.read(text) for text in ("  100   g ", "", "x" * 65)] == ["100 g", None, None]
    assert sorted(["blue", "red"], key=COLOUR.place_of) == ["red", "blue"]
    for wrong_choices in ([Choice(code="", name="")], [Choice(code="a", name="A"), Choice(code="b", name="a")]):
        with pytest.raises(InvalidInput):
            tidy_choices(wrong_choices)


@given(st.lists(st.sampled_from(list(combinations("abcd", ("red", "blue"), "xyz"))), unique=True))
def test_each_variant_stands_in_one_cell(named: list[tuple[str, str, str]]) -> None:
    """A variant that no cell shows cannot be ordered; one in two cells would be ordered twice."""
    axes = (Axis(code="size", name="Size"), COLOUR, Axis(code="cut", name="Cut"))
    variants = [({"size": size, "colour": colour, "cut": cut}, (size, colour, cut)) for size, colour, cut in named]
    layout = lay_out(axes, [*variants, ({"size": "a"}, "incomplete")])
    cells = [cell for grid in layout.grids for row in grid.rows for cell in row.cells if cell]
    assert sorted(cells) == sorted(named)
    assert list(layout.rest) == ["incomplete"]
    assert all(len(row.cells) == len(grid.columns) for grid in layout.grids for row in grid.rows)


@pytest.mark.django_db
def test_a_family_from_its_attributes_to_its_end() -> None:
    """Two products of the same values, a value that nobody declared, or one that vanished under its product."""
    actor, upper = AdministratorFactory.create(), CategoryFactory.create()
    lower = CategoryFactory.create(parent=upper)
    size = save_attribute(attribute_id=None, category_id=upper.pk, code="size", name="Size", actor=actor)
    colour = save_attribute(
        attribute_id=None,
        category_id=upper.pk,
        code="colour",
        name="Colour",
        position=2,
        choices=COLOUR.choices,
        actor=actor,
    )
    family = save_family(family_id=None, code="SHIRT", name="Shirt", category_id=lower.pk, actor=actor)
    assert [axis.code for axis in axes_by_category()[lower.pk]] == ["size", "colour"], "those of the category above"
    first, second, third = ProductFactory.create_batch(3)
    values = {first.pk: {"size": "M", "colour": "红色"}, second.pk: {"size": "M", "colour": "blue"}, third.pk: {}}
    set_variants(family_id=family.pk, values=values, actor=actor)
    set_variants(  # the two change places, and the third may wait for its values
        family_id=family.pk,
        values={first.pk: {"size": "M", "colour": "blue"}, second.pk: {"size": "M", "colour": "red"}},
        actor=actor,
    )
    first.refresh_from_db()
    assert first.variant == {"size": "M", "colour": "blue"}
    assert Event.objects.filter(kind="product_family.variants", subject_id=family.pk).count() == 2
    with pytest.raises(Conflict, match="already has a product with these values"):
        set_variants(family_id=family.pk, values={third.pk: {"size": "M", "colour": "red"}}, actor=actor)
    with pytest.raises(IntegrityError, match="product_variant_once"), transaction.atomic():
        Product.objects.filter(pk=third.pk).update(variant={"size": "M", "colour": "red"})
    with pytest.raises(InvalidInput) as refused:
        set_variants(family_id=family.pk, values={third.pk: {"colour": "green", "cut": "slim"}}, actor=actor)
    assert {problem.field for problem in refused.value.problems} == {f"{third.pk}.colour", f"{third.pk}.cut"}
    other = ProductFamilyFactory.create(category=lower)
    with pytest.raises(InvalidInput, match="another family"):
        set_variants(family_id=other.pk, values={first.pk: {}}, actor=actor)
    with pytest.raises(Conflict):
        save_attribute(
            attribute_id=colour.pk,
            category_id=upper.pk,
            code="colour",
            name="Colour",
            choices=COLOUR.choices[:1],
            actor=actor,
        )
    with pytest.raises(Conflict):
        remove_attribute(attribute_id=size.pk, actor=actor)
    with pytest.raises(Conflict):
        save_family(
            family_id=family.pk, code="SHIRT", name="Shirt", category_id=CategoryFactory.create().pk, actor=actor
        )
    with pytest.raises(NotAllowed):
        set_variants(family_id=family.pk, values={}, actor=BuyerFactory.create())
    check = next(one for one in INVARIANTS if one.name == "catalogue.variants_have_their_attributes")
    assert check.find(10) == []
    Product.objects.filter(pk=third.pk).update(variant={"size": "M", "colour": "green"})
    assert [row["product"] for row in check.find(10)] == [third.code]
    remove_family(family_id=family.pk, actor=actor)
    assert set(Product.objects.values_list("family", flat=True)) == {None}
    remove_attribute(attribute_id=size.pk, actor=actor)
    assert list(ProductAttribute.objects.all()) == [colour]


@pytest.mark.django_db
def test_the_grid_orders_several_variants_at_once(client: Client, django_assert_num_queries: Any) -> None:
    """Twelve sizes and colours would be twelve searches; a card a variant would fill the catalogue."""
    scene = stage(products=4)
    tea = ProductFamilyFactory.create()
    category = tea.category
    actor = AdministratorFactory.create()
    save_attribute(attribute_id=None, category_id=category.pk, code="size", name="Size", actor=actor)
    variants = scene.shop.products[:3]
    sizes = {product.pk: {"size": size} for product, size in zip(variants, ("1 kg", "100 g", "250 g"), strict=True)}
    set_variants(family_id=tea.pk, values=sizes, actor=actor)
    ProductUnitFactory.create(product=variants[0], code="case", pieces=6)
    client.force_login(scene.buyer)
    page = client.get(reverse("orders:entry-catalogue")).content.decode()
    address = reverse("orders:entry-family", args=[tea.code])
    assert page.count("data-row") == 2, "the family, and the product that has none"
    assert address in page
    assert "from <strong>" not in page, "all of them cost the same"
    dear = Price.objects.filter(product__in=variants).order_by("-product").first()
    assert dear is not None
    Price.objects.filter(pk=dear.pk).update(amount=dear.amount * 2)
    page = client.get(reverse("orders:entry-catalogue")).content.decode()
    offered = [
        row.offered for row in client.get(reverse("orders:entry-catalogue")).context["page"].rows if row.variants
    ]
    assert [(one.amount, one.is_lowest) for one in offered] == [(dear.amount, True)]
    assert "from <strong>" in page
    assert (
        client.get(reverse("orders:entry-catalogue"), {"q": variants[2].code}).content.decode().count("data-row") == 1
    )
    shown = client.get(address)
    labels = [row.label for row in shown.context["grid"].layout.grids[0].rows]
    assert labels == ["100 g", "250 g", "1 kg"]
    fields = {f"quantity-{product.pk}": quantity for product, quantity in zip(variants, ("10", "", "20"), strict=True)}
    assert client.post(reverse("orders:entry-set"), fields).status_code == 302
    (draft,) = Order.objects.filter(status="draft")
    assert {key.product_id: n for key, n in draft_quantities(order_id=draft.pk).items()} == {
        variants[0].pk: 10,
        variants[2].pk: 20,
    }
    in_cases = client.get(address, {"unit": "case"}).content.decode()
    assert f"quantity-{variants[0].pk}-case" in in_cases
    assert "10 pieces in other units" in in_cases
    assert client.get(reverse("orders:entry-family", args=["NOBODY"])).status_code == 404


@pytest.mark.django_db
def test_a_keeper_of_the_catalogue_sets_values_on_the_page(client: Client) -> None:
    """A value would be saved for the wrong product, or a wrong one would vanish without a word."""
    actor, family = AdministratorFactory.create(), ProductFamilyFactory.create()
    save_attribute(
        attribute_id=None,
        category_id=family.category_id,
        code="colour",
        name="Colour",
        choices=COLOUR.choices,
        actor=actor,
    )
    one, two = ProductFactory.create_batch(2)
    client.force_login(actor)
    address = reverse("catalogue:family-variants", args=[family.code])
    assert client.post(address, {"codes": f"{one.code}\nNOBODY"}).status_code == 400
    assert client.post(address, {"codes": f"{one.code.lower()}\n{two.code}"}).headers["Location"] == address
    assert client.post(address, {f"{one.pk}.colour": "red", f"{two.pk}.colour": "red"}).status_code == 409
    assert client.post(address, {f"{one.pk}.colour": "red", f"{two.pk}.out": "on"}).status_code == 302
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.variant, one.family, two.family) == ({"colour": "red"}, family, None)
    page = client.get(reverse("catalogue:family", args=[family.code])).content.decode()
    assert one.code in page
    assert "Red" in page
    attribute = ProductAttribute.objects.get()
    changed = {"name": "Colour", "position": 1, "choices": "red | Red | 红色\ngreen"}
    assert client.post(reverse("catalogue:attribute-change", args=[attribute.pk]), changed).status_code == 302
    attribute.refresh_from_db()
    assert [choice.code for choice in attribute.axis.choices] == ["red", "green"]
    assert ProductFamily.objects.count() == 1
