"""Who may open what of applications and onboardings; what an applicant opens, everybody may who has the link."""

from collections.abc import Mapping
from typing import Any

from messaging.services.files import Attachment
from onboarding.enums import Criterion
from onboarding.services.links import hash_of
from onboarding.services.screening import set_mark
from tests.access.table import ACTORS, IDLE, LEADS, MANAGER, SIGNED_IN, Route
from tests.access.world import World
from tests.factories.onboarding import assessed, checked, filled_in, received

SEES = LEADS | {MANAGER}
BLIND = SIGNED_IN - SEES
IDLE_ONLY = frozenset({IDLE})
LINK = "the-link-of-an-applicant"


def build(world: World) -> None:
    """An application for the territory of `mine` in each state that a step starts from."""
    place = world.mine.territory
    if place is None:
        from tests.factories.accounts import TerritoryFactory

        place = world.mine.territory = TerritoryFactory.create()
        world.mine.save()
    things = world.things
    things.applied_draft, _secret = filled_in(territory=place, email="draft@a.test", address="10.1.0.1")
    things.applied_draft.secret_hash = hash_of(LINK)
    things.applied_draft.save()
    things.applied_draft_file = things.applied_draft.files.get()
    things.application = received(territory=place, email="received@a.test", address="10.1.0.2")
    things.application_file = things.application.files.get()
    things.application_in_order = received(territory=place, email="order@a.test", address="10.1.0.3")
    things.application_in_order.files.update(
        state="valid", checked_by=world.people["director"], checked_at=things.application.submitted_at
    )
    things.application_checked = checked(territory=place, email="checked@a.test", address="10.1.0.4")
    things.application_mark = set_mark(
        application_id=things.application_checked.pk,
        criterion=Criterion.RESOURCES,
        mark=70,
        evidence_text="A warehouse seen.",
        evidence=Attachment(name="warehouse.png", content=b"\x89PNG\r\n\x1a\n..."),
        actor=world.people["director"],
    )
    things.application_assessed = assessed(territory=place, email="assessed@a.test", address="10.1.0.5")


def pk_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world.things, name).pk}

    return args


def _secret(_world: World) -> Mapping[str, Any]:
    return {"secret": LINK}


def _file(world: World) -> Mapping[str, Any]:
    return {"secret": LINK, "pk": world.things.applied_draft_file.pk}


def _criterion(world: World) -> Mapping[str, Any]:
    return {"pk": world.things.application_checked.pk, "criterion": "reputation"}


def _started(_world: World) -> dict[str, object]:
    return {"company_name": "New", "contact_name": "Somebody", "email": "new@a.test"}


def _typed(_world: World) -> dict[str, object]:
    return {"company_name": "Hehe", "contact_name": "Wang Fang", "email": "draft@a.test"}


def _checked_file(_world: World) -> dict[str, object]:
    return {"state": "valid"}


def _question(_world: World) -> dict[str, object]:
    return {"question": "The second page of the licence"}


def _refusal(_world: World) -> dict[str, object]:
    return {"reason": "covered", "text": "We have somebody there."}


def _mark(_world: World) -> dict[str, object]:
    return {"mark": "70", "evidence_text": "Bank reference"}


def _weights(_world: World) -> dict[str, object]:
    return {
        "reputation": 20, "capability": 20, "resources": 20, "market_coverage": 20, "sales_ability": 10,
        "service_quality": 10,
    }  # fmt: skip


def _public(name: str, *, method: str = "GET", ok: int = 200, args: Any = None, body: Any = None) -> Route:
    given = {**({"args": args} if args else {}), **({"body": body} if body else {})}
    return Route(name=f"onboarding:{name}", method=method, allowed=ACTORS, public=True, ok=ok, **given)


def _form(name: str, args: Any, body: Any, *, allowed: Any = SEES, hidden: Any = IDLE_ONLY) -> list[Route]:
    return [
        Route(name=f"onboarding:{name}", allowed=allowed, hidden=hidden, args=args),
        Route(name=f"onboarding:{name}", method="POST", allowed=allowed, hidden=hidden, args=args, body=body, ok=302),
    ]


def _button(name: str, thing: str) -> Route:
    return Route(name=f"onboarding:{name}", method="POST", allowed=SEES, hidden=IDLE_ONLY, args=pk_of(thing), ok=302)


RECEIVED, ASSESSED = pk_of("application"), pk_of("application_assessed")

ROUTES = [
    _public("apply"),
    _public("apply", method="POST", ok=400, body=_started),
    _public("apply-link"),
    _public("apply-link", method="POST", ok=400),
    _public("apply-sent"),
    _public("apply-form", args=_secret),
    _public("apply-form", method="POST", ok=302, args=_secret, body=_typed),
    _public("apply-save", method="POST", args=_secret, body=_typed),
    _public("apply-file", method="POST", ok=400, args=_secret),
    _public("apply-file-remove", method="POST", ok=302, args=_file),
    _public("apply-withdraw", method="POST", ok=302, args=_secret),
    Route(name="onboarding:applications", allowed=SEES | {IDLE}),
    Route(name="onboarding:compare", allowed=SEES | {IDLE}),
    Route(name="onboarding:policy", allowed=LEADS),
    Route(name="onboarding:policy", method="POST", allowed=LEADS, body=_weights, ok=302),
    Route(name="onboarding:application", allowed=SEES, hidden=IDLE_ONLY, args=RECEIVED),
    Route(name="onboarding:letter", allowed=SEES, hidden=IDLE_ONLY, args=RECEIVED),
    Route(name="onboarding:application-file", allowed=SEES, hidden=IDLE_ONLY, args=pk_of("application_file")),
    Route(name="onboarding:mark-evidence", allowed=SEES, hidden=IDLE_ONLY, args=pk_of("application_mark")),
    _button("application-check", "application_in_order"),
    _button("application-assess", "application_checked"),
    _button("application-reopen", "application_assessed"),
    *_form("application-return", RECEIVED, _question),
    *_form("application-refuse", ASSESSED, _refusal, allowed=LEADS, hidden=frozenset()),
    *_form("application-file-check", pk_of("application_file"), _checked_file),
    *_form("mark", _criterion, _mark),
]
