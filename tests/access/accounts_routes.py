"""Who may open what of people, distributors and duties."""

from datetime import date
from hashlib import sha256

from django.core import signing

from accounts.enums import AccountsEvent, TokenScope
from accounts.services.change_email import EMAIL_SALT
from core.events import record_event
from tests.access.table import (
    ACTORS,
    ADMINISTRATOR,
    BRAND,
    DIRECTOR,
    IDLE,
    LEADS,
    MANAGER,
    OURS,
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
from tests.factories.accounts import (
    AbsenceFactory,
    ApiTokenFactory,
    DutyFactory,
    GrantFactory,
    InvitationFactory,
    ManagerFactory,
)

RADAR = BRAND | {IDLE}
ASSIGNERS = LEADS | {MANAGER, IDLE}
NOT_MINE = OUTSIDERS
PEOPLE_PAGE = LEADS | {MANAGER, IDLE, OWNER, STRANGER}
MANAGERS_OF_PEOPLE = {ADMINISTRATOR, OWNER, STRANGER}


def build(world: World) -> None:
    things = world.things
    things.duty = DutyFactory.create(code="free-duty")
    things.token = ApiTokenFactory.create(user=world.people["buyer"], scope=TokenScope.READ)
    things.grant = GrantFactory.create(permission="orders.place", is_allowed=False)
    things.absence = AbsenceFactory.create(person=world.people["keeper"], starts_on=date(2030, 1, 1))
    things.invitation = InvitationFactory.create(
        secret_hash=sha256(b"the-link").hexdigest(),
        role="keeper",
        distributor=world.mine,
        created_by=world.people["owner"],
    )
    things.hand_over = record_event(
        kind=AccountsEvent.HANDED_OVER_ALL,
        subject_type="user",
        subject_id=world.people["manager"].pk,
        actor_id=world.people["director"].pk,
        data={"successors": [], "since": "2026-01-01", "duties": 0, "distributors": 0, "work": {}},
    )
    things.newcomer = ManagerFactory.create(email="newcomer@example.test", supervisor=world.people["manager"])


def mine(world: World) -> dict[str, str]:
    return {"code": world.mine.code}


def free_cell(world: World) -> dict[str, str]:
    return {"code": world.mine.code, "duty": "free-duty"}


def held(world: World) -> dict[str, int]:
    return {"pk": world.things.responsibility.pk}


def buyer(world: World) -> dict[str, int]:
    return {"pk": world.people["buyer"].pk}


def membership(world: World) -> dict[str, int | None]:
    return {"pk": world.people["buyer"].membership_id}


def absence(world: World) -> dict[str, int]:
    return {"pk": world.things.absence.pk}


def grant(world: World) -> dict[str, int]:
    return {"pk": world.things.grant.pk}


def token(world: World) -> dict[str, str]:
    return {"reference": world.things.token.reference}


def new_distributor(_world: World) -> dict[str, str]:
    return {
        "code": "NEW",
        "name": "New",
        "channel_kind": "retail",
        "status": "active",
        "currency": "EUR",
        "language": "en",
    }


def changed_distributor(world: World) -> dict[str, str]:
    """Another name and the same currency: that one stays while figures are kept in it."""
    return new_distributor(world) | {"currency": world.mine.currency}


def assigned(world: World) -> dict[str, object]:
    return {"user": world.things.newcomer.pk, "starts_on": "2026-01-01", "duties": world.things.duty.pk}


def handed_over(world: World) -> dict[str, object]:
    return {
        "from_user": world.people["manager"].pk,
        "to_user": world.things.newcomer.pk,
        "on": "2030-01-01",
        "ids": world.mine.pk,
    }


def email_link(world: World) -> dict[str, str]:
    """Of a mail that confirms an address: open to whoever has it."""
    person = world.people["buyer"]
    return {"token": signing.dumps([person.pk, person.email, "other@example.test", person.pk], salt=EMAIL_SALT)}


def new_person(_world: World) -> dict[str, str]:
    return {"full_name": "New", "email": "n@example.test", "role": "buyer", "language": "en", "distributor": "MINE"}


API = [
    Route(name="api:me", allowed=SIGNED_IN),
    Route(name="api:tiers-list", allowed=SIGNED_IN),
    Route(name="api:tiers-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=lambda w: {"code": w.mine.tier.code}),
    Route(name="api:territories-list", allowed=SIGNED_IN),
    Route(
        name="api:territories-detail",
        allowed=WITH_ROLE,
        hidden={ROLELESS},
        args=lambda w: {"code": w.mine.territory.code},
    ),
    Route(name="api:duties-list", allowed=SIGNED_IN),
    Route(name="api:duties-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=lambda _w: {"code": "free-duty"}),
    Route(name="api:distributors-list", allowed=SIGNED_IN),
    Route(name="api:distributors-list", method="POST", allowed=LEADS, ok=201, body=new_distributor),
    Route(name="api:distributors-detail", allowed=SEERS, hidden=NOT_MINE, args=mine),
    Route(
        name="api:distributors-detail",
        method="PATCH",
        allowed=LEADS,
        hidden=NOT_MINE,
        args=mine,
        body=lambda _w: {"city": "Rome"},
    ),
    Route(name="api:responsibilities-list", allowed=SIGNED_IN),
    Route(
        name="api:responsibilities-list",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden=(),
        refused=400,  # they see neither the person nor, some of them, the distributor
        ok=201,
        body=lambda w: {
            "distributor": w.mine.code,
            "duty": "free-duty",
            "person": w.things.newcomer.email,
            "starts_on": "2026-01-01",
        },
    ),
    Route(name="api:responsibilities-detail", allowed=SEERS, hidden=NOT_MINE, args=held),
    Route(
        name="api:responsibilities-end",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden=NOT_MINE,
        args=held,
        body=lambda _w: {"ends_on": "2030-01-01"},
        ok=200,
    ),
    Route(
        name="api:coverage-list",
        allowed=SEERS,
        refused=400,  # the distributor is not theirs to see
        query="?distributor=MINE&first=2026-01-01&last=2026-12-31",
    ),
    Route(
        name="api:responsibilities-hand-over",
        method="POST",
        allowed=LEADS | {MANAGER},
        refused=400,  # likewise
        body=lambda w: {
            "from_person": w.people["manager"].email,
            "to_person": w.things.newcomer.email,
            "on": "2030-01-01",
            "selection": [{"distributor": w.mine.code, "duty": w.things.responsibility.duty.code}],
        },
    ),
    Route(name="api:absences-list", allowed=SIGNED_IN),
    Route(
        name="api:absences-list",
        method="POST",
        allowed=SIGNED_IN,
        ok=201,
        body=lambda _w: {"starts_on": "2026-01-01", "ends_on": "2026-01-09"},
    ),
    Route(name="api:absences-detail", allowed=LEADS | {OWNER, "keeper"}, hidden=SIGNED_IN, args=absence),
    Route(
        name="api:absences-detail",
        method="PUT",
        allowed={ADMINISTRATOR, "keeper"},
        hidden=SIGNED_IN - LEADS - {OWNER},
        args=absence,
        body=lambda _w: {"starts_on": "2026-01-01"},
    ),
    Route(
        name="api:absences-detail",
        method="DELETE",
        allowed={ADMINISTRATOR, "keeper"},
        hidden=SIGNED_IN - LEADS - {OWNER},
        ok=204,
        args=absence,
    ),
    Route(name="api:permissions", allowed=SIGNED_IN),
    Route(name="api:grants-list", allowed=SIGNED_IN),
    Route(
        name="api:grants-list",
        method="POST",
        allowed={ADMINISTRATOR},
        ok=201,
        body=lambda _w: {"permission": "orders.place", "role": "finance", "starts_on": "2026-01-01"},
    ),
    Route(name="api:grants-detail", allowed={ADMINISTRATOR, "warehouse"}, hidden=SIGNED_IN, args=grant),
    Route(
        name="api:grants-end",
        method="POST",
        allowed={ADMINISTRATOR},
        hidden=SIGNED_IN - {"warehouse"},
        args=grant,
        body=lambda _w: {"ends_on": "2040-01-01"},
    ),
    Route(name="api:invitations-list", allowed=SIGNED_IN),
    Route(
        name="api:invitations-list",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        also={STRANGER: (400, 403), IDLE: (400,), "roleless": (400, 403)},  # they do not see the distributor they name
        ok=201,
        body=lambda w: {"full_name": "New", "role": "buyer", "distributor": w.mine.code, "amount_limit": "500"},
    ),
    Route(
        name="api:invitations-detail",
        allowed={ADMINISTRATOR, OWNER},
        hidden=SIGNED_IN,
        args=lambda w: {"pk": w.things.invitation.pk},
    ),
    Route(
        name="api:invitations-withdraw",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        hidden=SIGNED_IN,
        ok=204,
        args=lambda w: {"pk": w.things.invitation.pk},
    ),
    Route(name="api:memberships-list", allowed=SIGNED_IN),
    Route(
        name="api:memberships-list",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        refused=400,  # they do not see the person or the distributor they name
        also={DIRECTOR: (403,), "buyer": (403,)},
        ok=201,
        body=lambda w: {
            "person": w.people["buyer"].email,
            "role": "keeper",
            "distributor": w.mine.code,
            "starts_on": "2026-01-01",
        },
    ),
    Route(
        name="api:memberships-detail",
        allowed=LEADS | {OWNER, "buyer"},
        hidden=SIGNED_IN,
        args=lambda w: {"pk": w.people["buyer"].membership_id},
    ),
    Route(
        name="api:memberships-end",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        hidden=SIGNED_IN - LEADS - {OWNER, "buyer"},
        args=lambda w: {"pk": w.people["buyer"].membership_id},
        body=lambda _w: {"ends_on": "2030-01-01"},
    ),
    Route(name="api:users-list", allowed=SIGNED_IN),
    Route(name="api:users-detail", allowed=LEADS | {OWNER, "buyer"}, hidden=SIGNED_IN - LEADS - {OWNER}, args=buyer),
    Route(
        name="api:users-list",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        also=dict.fromkeys(OUTSIDERS, (400,)),  # they do not see the distributor they name
        ok=201,
        body=lambda w: {"email": "n@example.test", "full_name": "N", "role": "buyer", "distributor": w.mine.code},
    ),
    Route(
        name="api:users-role",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        hidden=SIGNED_IN - LEADS - OURS | (OURS - {OWNER, "buyer"}),
        args=buyer,
        body=lambda w: {"role": "keeper", "distributor": w.mine.code},
    ),
    Route(
        name="api:users-email",
        method="POST",
        allowed={ADMINISTRATOR, OWNER},
        hidden=SIGNED_IN - LEADS - OURS | (OURS - {OWNER, "buyer"}),
        ok=202,
        args=buyer,
        body=lambda _w: {"email": "other@example.test"},
    ),
    Route(name="api:tokens-list", allowed=SIGNED_IN),
    Route(
        name="api:tokens-list",
        method="POST",
        allowed=WITH_ROLE,
        ok=201,
        body=lambda _w: {"name": "ERP", "scope": "read"},
    ),
    Route(
        name="api:tokens-detail",
        method="DELETE",
        allowed={ADMINISTRATOR, "buyer"},
        hidden=SIGNED_IN,
        ok=204,
        args=token,
    ),
]

PAGES = [
    Route(name="accounts:distributors", allowed=WITH_ROLE),
    Route(name="accounts:distributor", allowed=SEERS, hidden={IDLE, STRANGER}, args=mine),
    Route(name="accounts:distributor-new", allowed=LEADS),
    Route(name="accounts:distributor-new", method="POST", allowed=LEADS, ok=302, body=new_distributor),
    Route(name="accounts:distributor-change", allowed=LEADS, args=mine),
    Route(
        name="accounts:distributor-change", method="POST", allowed=LEADS, ok=302, args=mine, body=changed_distributor
    ),
    Route(name="responsibility:radar", allowed=RADAR),
    Route(name="responsibility:list", allowed=RADAR),
    Route(name="responsibility:coverage", allowed=RADAR),
    Route(name="responsibility:duty-of", allowed=BRAND, hidden={IDLE}, args=free_cell),
    Route(name="responsibility:duty-assign", allowed=LEADS | {MANAGER}, hidden={IDLE}, args=free_cell),
    Route(
        name="responsibility:duty-assign",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden={IDLE},
        ok=302,
        args=free_cell,
        body=assigned,
    ),
    Route(name="responsibility:assign", allowed=ASSIGNERS),
    Route(
        name="responsibility:assign",
        method="POST",
        allowed=LEADS | {MANAGER},
        ok=302,
        refused=403,
        body=lambda w: {**assigned(w), "ids": w.mine.pk},
        also={IDLE: (400,)},
    ),
    Route(name="responsibility:hand-over", allowed=ASSIGNERS),
    Route(
        name="responsibility:hand-over-sheet",
        allowed=LEADS | {MANAGER},
        hidden=(BRAND | {IDLE}) - LEADS - {MANAGER},
        args=lambda w: {"pk": w.things.hand_over.pk},
    ),
    Route(
        name="responsibility:hand-over",
        method="POST",
        allowed=LEADS | {MANAGER},
        ok=302,
        body=handed_over,
        also={IDLE: (400,)},
    ),
    Route(name="responsibility:responsibility-end", allowed=LEADS | {MANAGER}, hidden={IDLE}, args=held),
    Route(
        name="responsibility:responsibility-end",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden={IDLE},
        ok=302,
        args=held,
        body=lambda _w: {"ends_on": "2030-01-01"},
    ),
    Route(name="accounts:absences", allowed=WITH_ROLE),
    Route(name="accounts:absence-new", allowed=WITH_ROLE),
    Route(
        name="accounts:absence-new",
        method="POST",
        allowed=WITH_ROLE,
        ok=302,
        body=lambda w: {"starts_on": "2026-01-01", "ends_on": "2026-01-09", "person": w.things.newcomer.pk},
    ),
    Route(
        name="accounts:absence-change",
        allowed={ADMINISTRATOR, "keeper"},
        hidden=WITH_ROLE - LEADS - {OWNER},
        args=absence,
    ),
    Route(
        name="accounts:absence-change",
        method="POST",
        allowed={ADMINISTRATOR, "keeper"},
        hidden=WITH_ROLE - LEADS - {OWNER},
        ok=302,
        args=absence,
        body=lambda _w: {"starts_on": "2026-01-01"},
    ),
    Route(
        name="accounts:absence-cancel",
        method="POST",
        allowed={ADMINISTRATOR, "keeper"},
        hidden=WITH_ROLE - LEADS - {OWNER},
        ok=302,
        args=absence,
    ),
    Route(name="accounts:email-confirm", allowed=ACTORS, public=True, args=email_link),
    Route(name="accounts:email-confirm", method="POST", allowed=ACTORS, public=True, ok=302, args=email_link),
    Route(name="accounts:tokens", allowed=WITH_ROLE),
    Route(
        name="accounts:tokens",
        method="POST",
        allowed=WITH_ROLE,
        body=lambda _w: {"name": "ERP", "scope": "read"},
    ),
    Route(
        name="accounts:token-revoke",
        method="POST",
        allowed={ADMINISTRATOR, "buyer"},
        hidden=WITH_ROLE | {DIRECTOR},
        ok=302,
        args=token,
    ),
]
ROUTES = [*API, *PAGES]
