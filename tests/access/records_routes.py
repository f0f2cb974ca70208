"""Who may open what of the addresses, contacts, invoice titles and bank accounts of distributors."""

from collections.abc import Collection, Iterator

from tests.access.table import (
    ACCOUNTANT,
    ADMINISTRATOR,
    FINANCE,
    IDLE,
    LEADS,
    MANAGER,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    STRANGER,
    From,
    Route,
)
from tests.access.world import World
from tests.factories.channel import (
    AddressClearanceFactory,
    AddressFactory,
    AgreementFactory,
    BankAccountFactory,
    ContactFactory,
    InvoiceTitleFactory,
)

CHANGERS = LEADS | {MANAGER, OWNER}
MAY_ELSEWHERE = {IDLE, STRANGER}


def build(world: World) -> None:
    world.things.address = AddressFactory.create(distributor=world.mine)
    world.things.contact = ContactFactory.create(distributor=world.mine)
    world.things.invoice_title = InvoiceTitleFactory.create(distributor=world.mine)
    world.things.bank_account = BankAccountFactory.create(distributor=world.mine)
    world.things.clearance = AddressClearanceFactory.create(
        agreement=AgreementFactory.create(distributor=world.mine), address=world.things.address
    )
    AddressFactory.create(distributor=world.other)
    ContactFactory.create(distributor=world.other)


def _address(_world: World) -> dict[str, str]:
    return {"kind": "delivery", "name": "Harbour", "address": "1 Quay"}


def _contact(_world: World) -> dict[str, str]:
    return {"kind": "finance", "name": "Ada"}


def _title(_world: World) -> dict[str, str]:
    return {"name": "Title", "tax_number": "91310000TEST"}


def _account(_world: World) -> dict[str, str]:
    return {"name": "Holder", "bank_name": "Bank", "account_number": "1", "currency": "USD"}


def _of(
    noun: str, plural: str, body: From, *, seers: Collection[str] = SEERS, changers: Collection[str] = CHANGERS
) -> Iterator[Route]:
    def mine(world: World) -> dict[str, str]:
        return {"code": world.mine.code}

    def row(world: World) -> dict[str, int]:
        return {"pk": getattr(world.things, noun).pk}

    def new(world: World) -> dict[str, object]:
        return {**body(world), "distributor": world.mine.code}

    def end(_world: World) -> dict[str, str]:
        return {"ends_on": "2040-01-01"}

    def renamed(_world: World) -> dict[str, str]:
        return {"name": "Renamed"}

    hidden = SIGNED_IN - set(seers)
    elsewhere = {one for one in MAY_ELSEWHERE if one == STRANGER or MANAGER in changers}
    api, page = f"api:{plural}", f"channel:{noun.replace('_', '-')}"
    yield Route(name=f"{api}-list", allowed=SIGNED_IN)
    yield Route(
        name=f"{api}-list",
        method="POST",
        allowed=changers,
        also=dict.fromkeys(OUTSIDERS, (400,)),  # they do not see the distributor they name
        ok=201,
        body=new,
    )
    yield Route(name=f"{api}-detail", allowed=seers, hidden=hidden, args=row)
    yield Route(name=f"{api}-detail", method="PATCH", allowed=changers, hidden=hidden, args=row, body=renamed)
    yield Route(name=f"{api}-end", method="POST", allowed=changers, hidden=hidden, args=row, body=end)
    yield Route(name=f"{page}-new", allowed=changers, hidden=elsewhere, args=mine)
    yield Route(name=f"{page}-new", method="POST", allowed=changers, hidden=elsewhere, ok=302, args=mine, body=body)
    yield Route(name=f"{page}-change", allowed=changers, hidden=elsewhere, args=row)
    yield Route(name=f"{page}-change", method="POST", allowed=changers, hidden=elsewhere, ok=302, args=row, body=body)
    yield Route(name=f"{page}-end", allowed=changers, hidden=elsewhere, args=row)
    yield Route(name=f"{page}-end", method="POST", allowed=changers, hidden=elsewhere, ok=302, args=row, body=end)


BILLERS = {ADMINISTRATOR, FINANCE, OWNER, ACCOUNTANT}
BILLING = {"seers": LEADS | BILLERS, "changers": BILLERS}
_CLEARED = LEADS | {MANAGER, FINANCE}  # of a draft, which the distributor does not see
ROUTES = [
    Route(name="api:address-clearances-list", allowed=SIGNED_IN),
    Route(
        name="api:address-clearances-detail",
        allowed=_CLEARED,
        hidden=SIGNED_IN - _CLEARED,
        args=lambda w: {"pk": w.things.clearance.pk},
    ),
    *_of("address", "addresses", _address),
    *_of("contact", "contacts", _contact),
    *_of("invoice_title", "invoice-titles", _title, **BILLING),
    *_of("bank_account", "bank-accounts", _account, **BILLING),
]
