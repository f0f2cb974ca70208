"""Who may open what of agreements."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.enums import ChannelKind
from channel.enums import ControlMode, ControlSubject, PurchaseBasis
from channel.rules import ControlTerms, MinimumTerms
from channel.services.agreements import create_agreement
from channel.services.departures import record_departure
from channel.services.steps import put_in_force, send_agreement
from messaging.services.files import Attachment
from tests.access.table import (
    ACCOUNTANT,
    ADMINISTRATOR,
    FINANCE,
    IDLE,
    LEADS,
    MANAGER,
    OWNER,
    ROLELESS,
    SIGNED_IN,
    STRANGER,
    Route,
)
from tests.access.world import World
from tests.factories.accounts import TerritoryFactory
from tests.factories.channel import accepted_agreement, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory

WRITERS = LEADS | {MANAGER}
SEES = WRITERS | {FINANCE, OWNER, ACCOUNTANT}
BLIND = SIGNED_IN - SEES
NOT_THEIRS = frozenset({IDLE, STRANGER})
BRAND_BLIND = BLIND | {OWNER, ACCOUNTANT}


def build(world: World) -> None:
    """An agreement of `mine` in each state that a step starts from."""
    CompanyFactory.create()
    director, today = world.people["director"], timezone.localdate()
    brand, place = BrandFactory.create(), TerritoryFactory.create()
    what = terms(brand=brand, territory=place, starts_on=today, ends_on=today + timedelta(days=300))
    world.things.agreed_terms = what
    world.things.agreed_brand, world.things.agreed_place = brand, place

    def drafted() -> Any:
        return create_agreement(distributor_id=world.mine.pk, terms=what, actor=director)

    world.things.agreement_draft = drafted()
    world.things.agreement_sent = send_agreement(agreement_id=drafted().pk, actor=director, expected_version=None)
    world.things.agreement_accepted = accepted_agreement(
        world.mine, terms(brand=BrandFactory.create(), territory=place)
    )
    governed = ControlTerms(subject=ControlSubject.DISPLAY, mode=ControlMode.ORDERED)
    minimum = MinimumTerms(amount_a_year=Decimal(1200), basis=PurchaseBasis.INVOICED)
    signed = accepted_agreement(
        world.mine,
        terms(brand=BrandFactory.create(), territory=place, ends_on=None, minimums=[minimum], control_rules=[governed]),
    )
    world.things.agreement_in_force = put_in_force(
        agreement_id=signed.pk,
        actor=director,
        expected_version=None,
        scan=Attachment(name="signed.pdf", content=b"%PDF-1.7 stamped"),
    )
    world.things.minimum = signed.minimums.get()
    world.things.departure = record_departure(
        agreement_id=signed.pk,
        subject=ControlSubject.DISPLAY,
        noticed_on=today,
        text="The shelf was empty.",
        actor=director,
        evidence=Attachment(name="shelf.png", content=b"\x89PNG\r\n\x1a\n..."),
    )
    agency = replace(what, channel_kinds=[ChannelKind.AGENT])
    world.things.agreement_agency = create_agreement(distributor_id=world.mine.pk, terms=agency, actor=director)


def pk_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world.things, name).pk}

    return args


def _terms(world: World) -> dict[str, object]:
    return {
        "starts_on": "2027-01-01",
        "currency": "USD",
        "channel_kinds": ["wholesale"],
        "territories": [world.things.agreed_place.code],
        "subjects": [{"brand": world.things.agreed_brand.code}],
    }


def _new(world: World) -> dict[str, object]:
    return {**_terms(world), "distributor": world.mine.code}


def _typed(world: World) -> dict[str, object]:
    return {
        "starts_on": "2027-01-01",
        "grace_days": "0",
        "currency": "USD",
        "payment_base": "invoiced",
        "freight_terms": "seller",
        "channel_kinds": ["wholesale"],
        "territories": [world.things.agreed_place.pk],
        "subject_1_brand_id": world.things.agreed_brand.pk,
    }


def _typed_new(world: World) -> dict[str, object]:
    return {**_typed(world), "distributor": world.mine.code}


def _name(_world: World) -> dict[str, object]:
    return {"name": "Li Ming"}


def _typed_name(world: World) -> dict[str, object]:
    return {"name": "Li Ming", "version": world.things.agreement_sent.version}


def _read(world: World) -> dict[str, str]:
    return {"If-Match": f'"{world.things.agreement_sent.version}"'}


def _reason(_world: World) -> dict[str, object]:
    return {"reason": "Not as discussed"}


def _signature(_world: World) -> dict[str, object]:
    return {"signature_reference": "E-SIGN 7"}


def _end(_world: World) -> dict[str, object]:
    return {"reason": "Breach", "last_on": timezone.localdate().isoformat()}


def _revise(_world: World) -> dict[str, object]:
    return {"starts_on": (timezone.localdate() + timedelta(days=30)).isoformat()}


def _departure(world: World) -> dict[str, object]:
    seen = {"subject": "display", "noticed_on": timezone.localdate().isoformat(), "text": "An empty shelf."}
    return {**seen, "agreement": world.things.agreement_in_force.pk}


def _closed(_world: World) -> dict[str, object]:
    return {"status": "remedied", "outcome": "Put right."}


DRAFT, SENT, ACCEPTED, IN_FORCE = (
    pk_of("agreement_draft"),
    pk_of("agreement_sent"),
    pk_of("agreement_accepted"),
    pk_of("agreement_in_force"),
)
NO_DISTRIBUTOR = dict.fromkeys((IDLE, STRANGER, ROLELESS), (400,))


def _form(step: str, *, args: Any, body: Any, allowed: frozenset[str], hidden: frozenset[str]) -> list[Route]:
    name = f"channel:agreement-{step}"
    return [
        Route(name=name, allowed=allowed, hidden=hidden, args=args),
        Route(name=name, method="POST", allowed=allowed, hidden=hidden, args=args, body=body, ok=302),
    ]


def _api(
    step: str, *, args: Any, allowed: frozenset[str], hidden: frozenset[str], ok: int = 200, body: Any = None
) -> Route:
    given = {} if body is None else {"body": body}
    return Route(
        name=f"api:agreements-{step}", method="POST", allowed=allowed, hidden=hidden, args=args, ok=ok, **given
    )


AGENCY, DEPARTURE = pk_of("agreement_agency"), pk_of("departure")
ADMINISTRATORS = frozenset({ADMINISTRATOR})
IDLE_ONLY, STRANGER_ONLY, NOBODY = frozenset({IDLE}), frozenset({STRANGER}), frozenset[str]()
OWNER_ONLY = frozenset({OWNER})

ROUTES = [
    Route(name="api:agreements-list", allowed=SIGNED_IN),
    Route(name="api:agreements-list", method="POST", allowed=WRITERS, ok=201, body=_new, also=NO_DISTRIBUTOR),
    Route(name="api:agreements-detail", allowed=SEES, hidden=BLIND, args=SENT),
    Route(name="api:agreements-detail", method="PUT", allowed=WRITERS, hidden=BRAND_BLIND, args=DRAFT, body=_terms),
    _api("send", args=DRAFT, allowed=WRITERS, hidden=BRAND_BLIND),
    Route(
        name="api:agreements-accept",
        method="POST",
        allowed=OWNER_ONLY,
        hidden=BLIND,
        args=SENT,
        body=_name,
        headers=_read,
    ),
    _api("decline", args=SENT, allowed=OWNER_ONLY, hidden=BLIND, body=_reason, ok=204),
    _api("withdraw", args=SENT, allowed=WRITERS, hidden=BLIND, body=_reason),
    _api("put-in-force", args=ACCEPTED, allowed=LEADS, hidden=BLIND, body=_signature),
    _api("end", args=IN_FORCE, allowed=LEADS, hidden=BLIND, body=_end),
    _api("revise", args=IN_FORCE, allowed=WRITERS, hidden=BLIND, body=_revise, ok=201),
    _api("confirm-agent", args=AGENCY, allowed=ADMINISTRATORS, hidden=BRAND_BLIND, body=_reason),
    *_form("agent", args=AGENCY, body=_reason, allowed=ADMINISTRATORS, hidden=NOBODY),
    *_form("departure", args=IN_FORCE, body=_departure, allowed=WRITERS, hidden=IDLE_ONLY),
    Route(name="channel:departures", allowed=SEES | NOT_THEIRS),
    Route(name="channel:departure", allowed=SEES, hidden=NOT_THEIRS, args=DEPARTURE),
    Route(name="channel:departure-evidence", allowed=SEES, hidden=NOT_THEIRS, args=DEPARTURE),
    Route(name="channel:departure-close", allowed=WRITERS, hidden=IDLE_ONLY, args=DEPARTURE),
    Route(
        name="channel:departure-close",
        method="POST",
        allowed=WRITERS,
        hidden=IDLE_ONLY,
        args=DEPARTURE,
        body=_closed,
        ok=302,
    ),
    Route(name="api:departures-list", allowed=SIGNED_IN),
    Route(
        name="api:departures-list",
        method="POST",
        allowed=WRITERS,
        ok=201,
        body=_departure,
        hidden=BLIND,
    ),
    Route(name="api:departures-detail", allowed=SEES, hidden=BLIND, args=DEPARTURE),
    Route(name="api:departures-close", method="POST", allowed=WRITERS, hidden=BLIND, args=DEPARTURE, body=_closed),
    Route(name="api:minimum-purchases-list", allowed=SIGNED_IN),
    Route(name="api:minimum-purchases-detail", allowed=SEES, hidden=BLIND, args=pk_of("minimum")),
    Route(name="planning:minimums", allowed=SEES | NOT_THEIRS),
    Route(name="channel:agreements", allowed=SEES | NOT_THEIRS),
    Route(name="channel:agreement-new", allowed=WRITERS | {IDLE}),
    Route(name="channel:agreement-new", method="POST", allowed=WRITERS, also={IDLE: (400,)}, ok=302, body=_typed_new),
    Route(name="channel:agreement", allowed=SEES, hidden=NOT_THEIRS, args=SENT),
    Route(name="channel:agreement-scan", allowed=SEES, hidden=NOT_THEIRS, args=IN_FORCE),
    Route(name="channel:agreement-send", method="POST", allowed=WRITERS, hidden=IDLE_ONLY, args=DRAFT, ok=302),
    *_form("change", args=DRAFT, body=_typed, allowed=WRITERS, hidden=IDLE_ONLY),
    *_form("accept", args=SENT, body=_typed_name, allowed=OWNER_ONLY, hidden=STRANGER_ONLY),
    *_form("decline", args=SENT, body=_reason, allowed=OWNER_ONLY, hidden=STRANGER_ONLY),
    *_form("withdraw", args=SENT, body=_reason, allowed=WRITERS, hidden=IDLE_ONLY),
    *_form("put-in-force", args=ACCEPTED, body=_signature, allowed=LEADS, hidden=NOBODY),
    *_form("end", args=IN_FORCE, body=_end, allowed=LEADS, hidden=NOBODY),
    *_form("revise", args=IN_FORCE, body=_revise, allowed=WRITERS, hidden=IDLE_ONLY),
]
