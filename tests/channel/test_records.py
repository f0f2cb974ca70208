"""Addresses and contacts of a distributor: several of a kind, one default, ended instead of deleted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channel.enums import AddressKind
from channel.models import Address, BankAccount, Contact, InvoiceTitle
from channel.services.records import (
    ADDRESS,
    BANK_ACCOUNT,
    CONTACT,
    INVOICE_TITLE,
    add_record,
    change_record,
    end_record,
)
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from tests.factories.accounts import (
    AccountantFactory,
    BuyerFactory,
    DistributorFactory,
    FinanceFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.channel import AddressFactory, BankAccountFactory, ContactFactory, InvoiceTitleFactory

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


def _add(owner: Any, name: str, **values: Any) -> Any:
    given = {"kind": AddressKind.DELIVERY, "address": "1 Quay", **values}
    return add_record(record_type=ADDRESS, distributor_id=owner.distributor_id, actor=owner, name=name, **given)


def _defaults(distributor_id: int, kind: str = AddressKind.DELIVERY) -> list[str]:
    rows = Address.objects.filter(distributor=distributor_id, kind=kind, is_default=True)
    return list(rows.values_list("name", flat=True))


def test_the_first_of_a_kind_is_the_default_and_a_new_default_takes_its_place() -> None:
    """Goods would go to a store that was given up, or nobody would know where to."""
    owner = OwnerFactory.create()
    first, second = _add(owner, "North"), _add(owner, "South")
    invoice = _add(owner, "Head office", kind=AddressKind.INVOICE)
    assert (first.is_default, second.is_default, invoice.is_default) == (True, False, True)
    change_record(record_type=ADDRESS, record_id=second.pk, actor=owner, is_default=True)
    assert _defaults(owner.distributor_id) == ["South"]
    assert _defaults(owner.distributor_id, AddressKind.INVOICE) == ["Head office"]
    with pytest.raises(IntegrityError, match="address_one_default"), transaction.atomic():
        Address.objects.filter(pk=first.pk).update(is_default=True)


def test_a_delivery_address_lies_in_a_territory() -> None:
    """Whether goods may go there could not be said."""
    owner = OwnerFactory.create()
    assert _add(owner, "North").territory_id == owner.distributor.territory_id
    area = TerritoryFactory.create()
    assert _add(owner, "South", territory_id=area.pk).territory_id == area.pk
    nowhere = OwnerFactory.create(distributor=DistributorFactory.create(territory=None))
    with pytest.raises(InvalidInput) as refusal:
        _add(nowhere, "West")
    assert refusal.value.problems[0].field == "territory"
    with pytest.raises(IntegrityError, match="address_delivery_in_territory"), transaction.atomic():
        Address.objects.filter(name="North").update(territory=None)


def test_ended_addresses_are_kept_and_leave_their_default_to_the_next() -> None:
    """An address that orders name would vanish from their papers."""
    owner, today = OwnerFactory.create(), timezone.localdate()
    first = _add(owner, "North", starts_on=today - timedelta(days=9))
    end_record(record_type=ADDRESS, record_id=first.pk, actor=owner, ends_on=today - timedelta(days=1))
    assert _add(owner, "South").is_default
    assert _defaults(owner.distributor_id) == ["South"]
    with pytest.raises(Conflict):
        end_record(record_type=ADDRESS, record_id=first.pk, actor=owner, ends_on=today)
    with pytest.raises(InvalidInput):
        end_record(record_type=ADDRESS, record_id=first.pk, actor=owner, ends_on=date(2000, 1, 1))
    with pytest.raises(Conflict):
        _add(owner, "South")


def test_every_change_is_in_the_history_with_before_and_after() -> None:
    """Who sent the goods elsewhere could not be proved."""
    owner = OwnerFactory.create()
    address = _add(owner, "North")
    change_record(record_type=ADDRESS, record_id=address.pk, actor=owner, city="Rome", address="1 Quay")
    change_record(record_type=ADDRESS, record_id=address.pk, actor=owner, city="Rome")
    end_record(record_type=ADDRESS, record_id=address.pk, actor=owner, ends_on=timezone.localdate())
    events = Event.objects.filter(subject_type="distributor", subject_id=owner.distributor_id).order_by("id")
    assert [event.kind for event in events] == ["address.added", "address.changed", "address.ended"]
    assert events[1].data["changes"] == {"city": ["", "Rome"]}
    with pytest.raises(StaleVersion):
        change_record(record_type=ADDRESS, record_id=address.pk, actor=owner, expected_version=1, city="Bonn")


def test_only_who_sees_a_distributor_and_may_changes_its_records() -> None:
    """A competitor would read or redirect the deliveries of another."""
    mine, other = AddressFactory.create(), AddressFactory.create()
    child = DistributorFactory.create(parent=mine.distributor)
    below = ContactFactory.create(distributor=child)
    owner = OwnerFactory.create(distributor=mine.distributor)
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=mine.distributor)
    with pytest.raises(NotVisible):
        change_record(record_type=ADDRESS, record_id=other.pk, actor=owner, city="Rome")
    with pytest.raises(NotVisible):
        add_record(record_type=CONTACT, distributor_id=other.distributor_id, actor=owner, name="A", kind="owner")
    with pytest.raises(NotAllowed):
        change_record(record_type=CONTACT, record_id=below.pk, actor=owner, note="seen, but not theirs")
    with pytest.raises(NotAllowed):
        change_record(
            record_type=ADDRESS,
            record_id=mine.pk,
            actor=BuyerFactory.create(distributor=mine.distributor),
            city="Rome",
        )
    change_record(record_type=ADDRESS, record_id=mine.pk, actor=manager, city="Rome")
    assert set(Address.objects.visible_to(owner)) == {mine}
    assert list(Contact.objects.visible_to(OwnerFactory.create())) == []


def test_an_owner_keeps_addresses_on_the_page_of_the_own_company(client: Client) -> None:
    """Every new store would have to be asked for by telephone."""
    owner = OwnerFactory.create()
    client.force_login(owner)
    page = owner.distributor.get_absolute_url()
    empty = client.get(f"{page}?tab=addresses").content.decode()
    assert "No addresses yet" in empty
    new = reverse("channel:address-new", args=[owner.distributor.code])
    assert new in empty
    wrong = client.post(new, {"kind": "delivery", "name": SCRIPT, "address": "", "city": SCRIPT})
    assert wrong.status_code == 400
    assert "invalid-feedback" in wrong.content.decode()
    saved = client.post(new, {"kind": "delivery", "name": SCRIPT, "address": SCRIPT, "contact": SCRIPT})
    assert saved.headers["Location"] == f"{page}?tab=addresses"
    shown = client.get(f"{page}?tab=addresses").content.decode()
    assert "&lt;script&gt;" in shown
    assert SCRIPT not in shown
    client.post(reverse("channel:contact-new", args=[owner.distributor.code]), {"kind": "owner", "name": SCRIPT})
    assert SCRIPT not in client.get(f"{page}?tab=addresses").content.decode()


def test_a_form_filled_in_for_an_older_state_is_not_saved_over_the_newer(client: Client) -> None:
    """Of two people who change one address, the slower would undo the quicker without knowing."""
    owner = OwnerFactory.create()
    client.force_login(owner)
    address = _add(owner, "North")
    change_record(record_type=ADDRESS, record_id=address.pk, actor=owner, city="Rome")
    sent = {"kind": "delivery", "name": "North", "address": "1 Quay", "version": "1"}
    assert client.post(reverse("channel:address-change", args=[address.pk]), sent).status_code == 412


def test_invoice_titles_and_bank_accounts_are_seen_by_whom_they_concern() -> None:
    """A competitor, or every clerk, would read the bank accounts of a distributor."""
    title, account = InvoiceTitleFactory.create(), BankAccountFactory.create()
    child = DistributorFactory.create(parent=account.distributor)
    below = BankAccountFactory.create(distributor=child)
    accountant = AccountantFactory.create(distributor=account.distributor)
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=account.distributor)
    assert set(BankAccount.objects.visible_to(accountant)) == {account}
    assert set(BankAccount.objects.visible_to(FinanceFactory.create())) == {account, below}
    assert not BankAccount.objects.visible_to(manager).exists()
    assert not BankAccount.objects.visible_to(BuyerFactory.create(distributor=account.distributor)).exists()
    assert not InvoiceTitle.objects.visible_to(accountant).exists()
    with pytest.raises(NotVisible):
        change_record(record_type=INVOICE_TITLE, record_id=title.pk, actor=accountant, name="Mine")
    with pytest.raises(NotAllowed):
        add_record(record_type=BANK_ACCOUNT, distributor_id=child.pk, actor=accountant, name="A")


def test_the_history_of_a_bank_account_says_what_changed_without_its_number() -> None:
    """Where money is sent is changed by fraud first; the number itself is not for everybody who reads the history."""
    owner = OwnerFactory.create()
    values = {"name": "Ada Ltd", "bank_name": "Bank", "account_number": "62221234567890", "currency": "USD"}
    account = add_record(record_type=BANK_ACCOUNT, distributor_id=owner.distributor_id, actor=owner, **values)
    change_record(
        record_type=BANK_ACCOUNT, record_id=account.pk, actor=owner, account_number="62229876543210", bank_name="Other"
    )
    events = Event.objects.filter(subject_type="distributor", subject_id=owner.distributor_id).order_by("id")
    assert [event.kind for event in events] == ["bank_account.added", "bank_account.changed"]
    assert events[1].data["changes"] == {"account_number": ["…7890", "…3210"], "bank_name": ["Bank", "Other"]}
    assert "6222" not in str([event.data for event in events])
    assert "Ada" not in str([event.data for event in events])


def test_the_tab_of_invoicing_is_for_whom_it_concerns(client: Client) -> None:
    """A buyer would read the bank accounts of the own company."""
    account = BankAccountFactory.create(name=SCRIPT, bank_name=SCRIPT)
    InvoiceTitleFactory.create(distributor=account.distributor, name=SCRIPT, address=SCRIPT)
    page = f"{account.distributor.get_absolute_url()}?tab=billing"
    client.force_login(OwnerFactory.create(distributor=account.distributor))
    shown = client.get(page).content.decode()
    assert account.account_number in shown
    assert SCRIPT not in shown
    client.force_login(BuyerFactory.create(distributor=account.distributor))
    assert account.account_number not in client.get(page).content.decode()
