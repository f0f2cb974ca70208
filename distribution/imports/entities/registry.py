"""All entities, in the order in which they can refer to each other."""

from django.utils.translation import gettext as _

from distribution.imports.entities import catalogue, people, sales
from distribution.imports.entities.base import Entity
from distribution.imports.errors import ProfileError
from distribution.imports.profile import did_you_mean

ENTITIES: dict[str, Entity] = {
    entity.name: entity
    for entity in (
        people.YEAR,
        people.PERIOD,
        people.TERRITORY,
        people.TIER,
        people.DISTRIBUTOR,
        people.USER,
        people.DUTY,
        people.RESPONSIBILITY,
        catalogue.BRAND,
        catalogue.CATEGORY,
        catalogue.PRODUCT,
        catalogue.BUYING_RIGHT,
        catalogue.WAREHOUSE,
        catalogue.SUPPLY_ROUTE,
        catalogue.STOCK,
        catalogue.PRICE_LIST,
        catalogue.PRICE,
        catalogue.PROMOTION,
        sales.PLAN,
        sales.CARRIER,
        sales.ORDER,
        sales.LINE,
        sales.SHIPMENT,
        sales.SHIPMENT_LINE,
        sales.COMPLAINT,
        sales.RETURN,
    )
}

ALIASES = {"manager": "user"}


def entity_named(name: str, place: str) -> Entity:
    entity = ENTITIES.get(ALIASES.get(name, name))
    if entity is None:
        raise ProfileError(
            _("%(place)s: there is nothing called “%(name)s”.%(hint)s")
            % {"place": place, "name": name, "hint": did_you_mean(name, ENTITIES)},
            field=place,
        )
    return entity
