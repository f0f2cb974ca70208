"""Who may open what of product families, their attributes, and distributors' own codes. The rows are `inventory_routes`'."""

from tests.access.table import (
    BRAND,
    BUYER,
    IDLE,
    KEEPER,
    LEADS,
    MANAGER,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WITH_ROLE,
    Route,
)
from tests.access.world import World

BRAND_AND_IDLE = BRAND | {IDLE}
NOT_MINE = frozenset({STRANGER, ROLELESS})
NAMERS = LEADS | {MANAGER, OWNER, BUYER, KEEPER}


def _family(world: World) -> dict[str, object]:
    return {"code": world.things.family.code}


def _new_family(world: World) -> dict[str, object]:
    return {"code": "FAMILY-NEW", "name": "New", "category": world.things.family.category.code}


def _typed_family(world: World) -> dict[str, object]:
    return {"code": "FAMILY-NEW", "name": "New", "category": world.things.family.category_id}


def _variants(world: World) -> dict[str, object]:
    return {"variants": [{"product": world.things.product.code, "values": {world.things.attribute.code: "100 g"}}]}


def _typed_variants(world: World) -> dict[str, object]:
    return {f"{world.things.product.pk}.{world.things.attribute.code}": "100 g"}


def _attribute(world: World) -> dict[str, object]:
    return {"pk": world.things.attribute.pk}


def _new_attribute(world: World) -> dict[str, object]:
    return {"category": world.things.family.category.code, "code": "size", "name": "Size"}


def _typed_attribute(world: World) -> dict[str, object]:
    return {"category": world.things.family.category_id, "code": "size", "name": "Size", "position": 1}


def _distributor_code(world: World) -> dict[str, object]:
    return {"pk": world.things.distributor_code.pk}


def _typed_code(world: World) -> dict[str, object]:
    return {"code": "OURS-2", "product": world.things.product.code, "distributor": world.mine.pk}


ROUTES = [
    Route(name="api:product-attributes-list", allowed=SIGNED_IN),
    Route(
        name="api:product-attributes-list",
        method="POST",
        allowed=LEADS,
        ok=201,
        also={ROLELESS: (400,)},
        body=_new_attribute,
    ),
    Route(name="api:product-attributes-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=_attribute),
    Route(
        name="api:product-attributes-detail",
        method="DELETE",
        allowed=LEADS,
        hidden={ROLELESS},
        ok=204,
        args=_attribute,
    ),
    Route(name="api:product-families-list", allowed=SIGNED_IN),
    Route(
        name="api:product-families-list",
        method="POST",
        allowed=LEADS,
        ok=201,
        also={ROLELESS: (400,)},
        body=_new_family,
    ),
    Route(name="api:product-families-detail", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_family),
    Route(name="api:product-families-detail", method="DELETE", allowed=LEADS, hidden=NOT_MINE, ok=204, args=_family),
    Route(
        name="api:product-families-variants",
        method="POST",
        allowed=LEADS,
        hidden=NOT_MINE,
        args=_family,
        body=_variants,
    ),
    Route(name="catalogue:families", allowed=BRAND_AND_IDLE),
    Route(name="catalogue:family", allowed=BRAND_AND_IDLE, args=_family),
    Route(name="catalogue:family-new", allowed=LEADS),
    Route(name="catalogue:family-new", method="POST", allowed=LEADS, ok=302, body=_typed_family),
    Route(name="catalogue:family-change", allowed=LEADS, args=_family),
    Route(name="catalogue:family-change", method="POST", allowed=LEADS, ok=302, args=_family, body=_typed_family),
    Route(name="catalogue:family-variants", allowed=LEADS, args=_family),
    Route(name="catalogue:family-variants", method="POST", allowed=LEADS, ok=302, args=_family, body=_typed_variants),
    Route(name="catalogue:family-remove", method="POST", allowed=LEADS, ok=302, args=_family),
    Route(name="catalogue:attributes", allowed=BRAND_AND_IDLE),
    Route(name="catalogue:attribute-new", allowed=LEADS),
    Route(name="catalogue:attribute-new", method="POST", allowed=LEADS, ok=302, body=_typed_attribute),
    Route(name="catalogue:attribute-change", allowed=LEADS, args=_attribute),
    Route(
        name="catalogue:attribute-change",
        method="POST",
        allowed=LEADS,
        ok=302,
        args=_attribute,
        body=_typed_attribute,
    ),
    Route(name="catalogue:attribute-remove", method="POST", allowed=LEADS, ok=302, args=_attribute),
    Route(name="catalogue:distributor-codes", allowed=BRAND_AND_IDLE | {OWNER, BUYER, KEEPER, STRANGER}),
    Route(name="catalogue:distributor-code-new", allowed=NAMERS | {STRANGER, IDLE}),
    Route(
        name="catalogue:distributor-code-new",
        method="POST",
        allowed=NAMERS,
        ok=302,
        also=dict.fromkeys((STRANGER, IDLE), (400,)),
        body=_typed_code,
    ),
    Route(name="catalogue:distributor-code", allowed=NAMERS, hidden={STRANGER, IDLE}, args=_distributor_code),
    Route(
        name="catalogue:distributor-code",
        method="POST",
        allowed=NAMERS,
        hidden={STRANGER, IDLE},
        ok=302,
        args=_distributor_code,
        body=_typed_code,
    ),
    Route(
        name="catalogue:distributor-code-remove",
        method="POST",
        allowed=NAMERS,
        hidden={STRANGER, IDLE},
        ok=302,
        args=_distributor_code,
    ),
]
