"""Who may open what of applications and onboardings; what an applicant opens, everybody may who has the link."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from messaging.services.files import Attachment
from onboarding.enums import Criterion
from onboarding.services.certificates import record_certificate
from onboarding.services.links import hash_of
from onboarding.services.screening import set_mark
from tests.access.table import (
    ACTORS,
    IDLE,
    LEADS,
    MANAGER,
    OUTSIDERS,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WITH_ROLE,
    Route,
)
from tests.access.world import World
from tests.factories.accounts import TerritoryFactory
from tests.factories.inventory import BrandFactory
from tests.factories.onboarding import (
    OnboardingFactory,
    OnboardingStepFactory,
    TemplateFactory,
    assessed,
    checked,
    filled_in,
    received,
)

SEES = LEADS | {MANAGER}
BLIND = SIGNED_IN - SEES
IDLE_ONLY = frozenset({IDLE})
LINK = "the-link-of-an-applicant"


def build(world: World) -> None:
    """An application for the territory of `mine` in each state that a step starts from."""
    place = world.mine.territory
    if place is None:
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
    _build_onboarding(world)


def _build_onboarding(world: World) -> None:
    """A template, and `mine` being onboarded with one step of each kind."""
    things = world.things
    things.template = TemplateFactory.create(code="START", brands=[BrandFactory.create()])
    things.onboarding = OnboardingFactory.create(distributor=world.mine, template=things.template)
    things.step_open = OnboardingStepFactory.create(onboarding=things.onboarding, side="distributor")
    things.step_done = OnboardingStepFactory.create(
        onboarding=things.onboarding,
        side="distributor",
        done_at=things.application.submitted_at,
        done_by=world.people["director"],
    )
    things.certificate = record_certificate(
        distributor_id=world.mine.pk,
        course="Products",
        holder="Li Ming",
        issued_on=timezone.localdate(),
        file=Attachment(name="paper.pdf", content=b"%PDF-1.7 paper"),
        actor=world.people["director"],
    )


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


def _template(world: World) -> dict[str, object]:
    row = world.things.template
    return {
        "code": "NEXT", "name": "Next", "channel_kind": "wholesale", "currency": "USD", "freight_terms": "seller",
        "lead_days": 7, "term_months": 12, "grace_days": 30, "price_list": row.price_list_id,
        "warehouse": row.warehouse_id, "brands": [brand.pk for brand in row.brands.all()],
    }  # fmt: skip


def _approval(world: World) -> dict[str, object]:
    return {"template": world.things.template.pk, "territory": world.things.application_assessed.territory_id}


def _api_approval(world: World) -> dict[str, object]:
    return {"template": "START", "territory": world.things.application_assessed.territory.code}


def _mine(world: World) -> Mapping[str, Any]:
    return {"code": world.mine.code}


def _certificate(_world: World) -> dict[str, object]:
    return {"course": "Service", "holder": "Li Ming", "issued_on": timezone.localdate().isoformat()}


def _api_certificate(world: World) -> dict[str, object]:
    return {**_certificate(world), "distributor": "MINE"}


def _file_check(world: World) -> dict[str, object]:
    return {"file": world.things.application_file.pk, "state": "valid"}


def _api_mark(_world: World) -> dict[str, object]:
    return {"criterion": "reputation", "mark": "70", "evidence_text": "Bank reference"}


def _api(name: str, thing: str, *, allowed: Any = SEES, body: Any = None) -> Route:
    given = {"body": body} if body else {}
    return Route(
        name=f"api:applications-{name}", method="POST", allowed=allowed, hidden=BLIND, args=pk_of(thing), **given
    )


WORKS = SEES | {OWNER}
OUTSIDE = frozenset({IDLE, STRANGER})
NO_DISTRIBUTOR = dict.fromkeys((IDLE, STRANGER, ROLELESS), (400,))
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
    Route(name="onboarding:application-approve", allowed=LEADS, args=ASSESSED),
    Route(name="onboarding:application-approve", method="POST", allowed=LEADS, args=ASSESSED, body=_approval),
    Route(name="onboarding:templates", allowed=LEADS),
    *_form("template-new", lambda _w: {}, _template, allowed=LEADS, hidden=frozenset()),
    *_form("template", pk_of("template"), _template, allowed=LEADS, hidden=frozenset()),
    Route(name="onboarding:onboardings", allowed=SEES | {IDLE}),
    Route(name="onboarding:onboarding-ready", method="POST", allowed=LEADS, args=pk_of("onboarding"), ok=409),
    *_form("step-done", pk_of("step_open"), lambda _w: {"note": ""}, allowed=WORKS, hidden=OUTSIDE),
    Route(name="onboarding:step-reopen", method="POST", allowed=WORKS, hidden=OUTSIDE, args=pk_of("step_done"), ok=302),
    Route(name="onboarding:certificates", allowed=WITH_ROLE),
    Route(name="onboarding:certificate-file", allowed=SEERS, hidden=OUTSIDE, args=pk_of("certificate")),
    *_form("certificate-new", _mine, _certificate, allowed=WORKS, hidden=OUTSIDE),
    Route(name="api:applications-list", allowed=SIGNED_IN),
    Route(name="api:applications-waiting", allowed=SIGNED_IN),
    Route(name="api:applications-detail", allowed=SEES, hidden=BLIND, args=RECEIVED),
    _api("check-file", "application", body=_file_check),
    _api("check", "application_in_order"),
    _api("mark", "application_checked", body=_api_mark),
    _api("assess", "application_checked"),
    _api("reopen", "application_assessed"),
    _api("return", "application", body=_question),
    _api("refuse", "application_assessed", allowed=LEADS, body=_refusal),
    _api("approve", "application_assessed", allowed=LEADS, body=_api_approval),
    Route(name="api:onboarding-templates-list", allowed=SIGNED_IN),
    Route(
        name="api:onboarding-templates-detail",
        allowed=SEES | {IDLE},
        hidden=SIGNED_IN - SEES - {IDLE},
        args=pk_of("template"),
    ),
    Route(name="api:onboardings-list", allowed=SIGNED_IN),
    Route(name="api:onboardings-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("onboarding")),
    Route(
        name="api:onboardings-ready", method="POST", allowed=LEADS, hidden=OUTSIDERS, args=pk_of("onboarding"), ok=409
    ),
    Route(name="api:onboarding-steps-list", allowed=SIGNED_IN),
    Route(name="api:onboarding-steps-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("step_open")),
    Route(name="api:onboarding-steps-done", method="POST", allowed=WORKS, hidden=OUTSIDERS, args=pk_of("step_open")),
    Route(name="api:onboarding-steps-reopen", method="POST", allowed=WORKS, hidden=OUTSIDERS, args=pk_of("step_done")),
    Route(name="api:certificates-list", allowed=SIGNED_IN),
    Route(
        name="api:certificates-list", method="POST", allowed=WORKS, ok=201, body=_api_certificate, also=NO_DISTRIBUTOR
    ),
    Route(name="api:certificates-detail", allowed=SEERS, hidden=OUTSIDERS, args=pk_of("certificate")),
]
