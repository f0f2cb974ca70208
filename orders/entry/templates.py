"""The order templates of a distributor as the order entry shows them."""

from django.db.models import Count, F, Value

from core.actors import Actor
from core.codes import NormalCode
from orders.ordering.models import OrderTemplate, OrderTemplateLine

MOST_TEMPLATES = 100


def template_rows(*, actor: Actor, distributor_id: int) -> list[OrderTemplate]:
    """Favourites first, then by name, each with `line_count`; empty favourites are left out. One query."""
    rows = OrderTemplate.objects.visible_to(actor).filter(distributor_id=distributor_id)
    return list(
        rows.annotate(line_count=Count("lines")).filter(line_count__gt=0).order_by("name", "pk")[:MOST_TEMPLATES]
    )


def named_template(*, actor: Actor, distributor_id: int, name: str) -> OrderTemplate | None:
    """The template of a name in any spelling of `NormalCode`; favourites have none."""
    rows = OrderTemplate.objects.visible_to(actor).filter(distributor_id=distributor_id).exclude(name="")
    found: OrderTemplate | None = (
        rows.alias(normal=NormalCode(F("name"))).filter(normal=NormalCode(Value(name))).first()
    )
    return found


def favourite_products(*, actor: Actor, distributor_id: int) -> set[int]:
    """The products with a star. One query."""
    lines = OrderTemplateLine.objects.visible_to(actor).filter(template__distributor=distributor_id, template__name="")
    return set(lines.values_list("product_id", flat=True))
