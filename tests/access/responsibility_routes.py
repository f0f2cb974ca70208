"""Who may open what of duties, templates of assignment, and what the radar adds."""

from accounts.models import Duty
from tests.access.accounts_routes import ASSIGNERS, RADAR
from tests.access.table import BRAND, IDLE, LEADS, MANAGER, OUTSIDERS, SIGNED_IN, WITH_ROLE, Route
from tests.access.world import World
from tests.factories.responsibility import AssignmentTemplateFactory, AssignmentTemplateLineFactory


def build(world: World) -> None:
    world.things.assignment_template = AssignmentTemplateFactory.create(code="everywhere")
    AssignmentTemplateLineFactory.create(template=world.things.assignment_template, person=world.people["manager"])


def duty(_world: World) -> dict[str, str]:
    return {"code": "free-duty"}


def template(_world: World) -> dict[str, str]:
    return {"code": "everywhere"}


def new_duty(_world: World) -> dict[str, object]:
    return {"code": "visits", "name": "Visits", "covers": "Sees them.", "position": 1, "is_active": "on"}


def new_template(world: World) -> dict[str, object]:
    return {
        "code": "retail",
        "name": "Retail",
        "channel_kind": "retail",
        f"person_{Duty.objects.get(code='free-duty').pk}": world.things.newcomer.pk,
    }


def applied(world: World) -> dict[str, object]:
    return {"ids": world.mine.pk, "on": "2026-01-01"}


NOT_BRAND = SIGNED_IN - BRAND - {IDLE}
ROUTES = [
    Route(name="responsibility:calendar", allowed=WITH_ROLE),
    *(Route(name=f"responsibility:{name}", allowed=RADAR) for name in ("silent", "load", "if-left")),
    *(Route(name=f"api:{name}-list", allowed=RADAR) for name in ("silent-responsibilities", "people-load", "if-left")),
    Route(name="responsibility:duties", allowed=RADAR),
    Route(name="responsibility:duty-new", allowed=LEADS),
    Route(name="responsibility:duty-new", method="POST", allowed=LEADS, ok=302, body=new_duty),
    Route(name="responsibility:duty-change", allowed=LEADS, args=duty),
    Route(name="responsibility:duty-change", method="POST", allowed=LEADS, ok=302, args=duty, body=new_duty),
    Route(name="responsibility:templates", allowed=RADAR),
    Route(name="responsibility:template-new", allowed=LEADS),
    Route(name="responsibility:template-new", method="POST", allowed=LEADS, ok=302, body=new_template),
    Route(name="responsibility:template-change", allowed=LEADS, args=template),
    Route(
        name="responsibility:template-change", method="POST", allowed=LEADS, ok=302, args=template, body=new_template
    ),
    Route(name="responsibility:template-apply", allowed=ASSIGNERS),
    Route(
        name="responsibility:template-apply",
        method="POST",
        allowed=LEADS | {MANAGER},
        ok=302,
        body=applied,
        also={IDLE: (400,)},
    ),
    Route(name="api:assignment-templates-list", allowed=SIGNED_IN),
    Route(name="api:assignment-templates-detail", allowed=BRAND | {IDLE}, hidden=NOT_BRAND, args=template),
    Route(
        name="api:assignment-templates-apply",
        method="POST",
        allowed=LEADS | {MANAGER},
        also=dict.fromkeys(OUTSIDERS, (400,)),  # they do not see the distributor they name
        body=lambda w: {"distributor": w.mine.code},
    ),
]
