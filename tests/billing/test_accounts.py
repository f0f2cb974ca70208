"""Trade accounts: what a distributor owes and may use. Where this breaks, nobody trusts the figures of the other side."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from billing.enums import EntryKind, SubAccount
from billing.models import AccountEntry, CreditLimit, TradeAccount
from billing.services.entries import post_entry, reverse_entry
from billing.services.limits import LimitTerms, join_group, open_account, save_group_limit, set_account_limit
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from tests.billing.crediting import Credited, credited, grouped, sound
from tests.factories.accounts import (
    AccountantFactory,
    ApiTokenFactory,
    DistributorFactory,
    GrantFactory,
    ManagerFactory,
    OwnerFactory,
)
from tests.orders.clock import NOW

pytestmark = pytest.mark.django_db


def posted(scene: Credited, kind: EntryKind, amount: str, **options: Any) -> AccountEntry:
    options.setdefault("actor", scene.finance)
    return post_entry(account_id=scene.account.pk, kind=kind, amount=Decimal(amount), now=NOW, **options)


def test_balances_follow_their_entries() -> None:
    scene = credited()
    posted(scene, EntryKind.OPENING, "12000")
    posted(scene, EntryKind.OPENING, "-500")
    posted(scene, EntryKind.INVOICE, "22600", due_on=timezone.localdate(NOW) + timedelta(days=30))
    posted(scene, EntryKind.PAYMENT, "-10000")
    posted(scene, EntryKind.PAYMENT, "-20000", sub_account=SubAccount.DEPOSIT)
    posted(scene, EntryKind.CREDIT_NOTE, "-8000", sub_account=SubAccount.REBATE)
    assert scene.used == scene.account.goods_amount == 24_100
    assert (scene.account.deposit_amount, scene.account.rebate_amount) == (-20_000, -8_000)
    assert (scene.account.deposit_left, scene.account.rebate_left) == (20_000, 8_000)
    sound()


def test_what_is_wrong_is_posted_the_other_way_round_once() -> None:
    """A corrected entry would no longer be what the other side was told."""
    scene = credited()
    entry = posted(scene, EntryKind.PAYMENT, "-100")
    back = reverse_entry(entry_id=entry.pk, actor=scene.finance, now=NOW, note="Another payer")
    assert (back.amount, back.reverses_id, scene.used) == (100, entry.pk, 0)
    for again in (entry.pk, back.pk):
        with pytest.raises(Conflict):
            reverse_entry(entry_id=again, actor=scene.finance, now=NOW, note="Twice")
    with pytest.raises(InvalidInput):
        reverse_entry(entry_id=entry.pk, actor=scene.finance, now=NOW, note=" ")
    for change in (back.delete, lambda: AccountEntry.objects.filter(pk=entry.pk).update(amount=1)):
        with pytest.raises(Exception, match="append_only"), transaction.atomic():
            change()
    sound()


@pytest.mark.parametrize(
    ("kind", "amount"),
    [
        (EntryKind.INVOICE, "-1"),
        (EntryKind.PAYMENT, "1"),
        (EntryKind.CREDIT_NOTE, "0.01"),
        (EntryKind.OPENING, "0"),
        (EntryKind.PAYMENT, "-0.001"),
        (EntryKind.REVERSAL, "1"),
    ],
)
def test_a_wrong_amount_changes_nothing(kind: EntryKind, amount: str) -> None:
    scene = credited()
    with pytest.raises(InvalidInput):
        posted(scene, kind, amount)
    assert (scene.used, AccountEntry.objects.count()) == (0, 0)


def test_who_may_post_and_set_limits() -> None:
    scene = credited()
    manager, owner = scene.people.manager, OwnerFactory.create(distributor=scene.account.distributor)
    for actor in (manager, owner):
        with pytest.raises(NotAllowed):
            posted(scene, EntryKind.PAYMENT, "-1", actor=actor)
        with pytest.raises(NotAllowed):
            set_account_limit(account_id=scene.account.pk, terms=None, actor=actor, now=NOW)
    stranger = ManagerFactory.create()
    GrantFactory.create(role="", person=stranger, permission="billing.post_entries", is_allowed=True)
    with pytest.raises(NotVisible):
        posted(scene, EntryKind.PAYMENT, "-1", actor=User.objects.get(pk=stranger.pk))


def test_a_grant_limits_the_limit() -> None:
    scene = credited("100")
    GrantFactory.create(
        role="", person=scene.finance, permission="billing.set_limits", is_allowed=True, amount_limit=Decimal(200)
    )
    scene.finance = User.objects.get(pk=scene.finance.pk)
    scene.limit("200")
    with pytest.raises(NotAllowed):
        scene.limit("200.01")
    with pytest.raises(NotAllowed):
        scene.limit("100", temporary="201", until=timezone.localdate(NOW))
    assert scene.account.credit_limit is not None
    assert scene.account.credit_limit.amount == 200


def test_a_grant_gives_no_more_by_another_way() -> None:
    """Who may allow 200 could take the limit away, or share one of a million: then everything is allowed."""
    scene = credited("100")
    large = save_group_limit(name="Large", terms=LimitTerms(amount=Decimal(1_000_000)), actor=scene.finance, now=NOW)
    GrantFactory.create(
        role="", person=scene.finance, permission="billing.set_limits", is_allowed=True, amount_limit=Decimal(200)
    )
    scene.finance = User.objects.get(pk=scene.finance.pk)
    join = partial(join_group, account_id=scene.account.pk, actor=scene.finance, now=NOW)
    for wrong in (
        partial(scene.limit, None),
        partial(join, limit_id=large.pk),
        partial(join, limit_id=large.pk, sub_limit=Decimal(201)),
        partial(join, limit_id=None),
    ):
        with pytest.raises(NotAllowed):
            wrong()
    before = scene.account.credit_limit_id
    scene.account.refresh_from_db()
    assert scene.account.credit_limit_id == before
    assert join(limit_id=large.pk, sub_limit=Decimal(200)).sub_limit == 200
    with pytest.raises(NotAllowed):
        join(limit_id=None)


def test_odd_limits_are_refused() -> None:
    scene = credited(None)
    for wrong in (
        LimitTerms(amount=Decimal(-1)),
        LimitTerms(amount=Decimal(1), temporary_amount=Decimal(2)),
        LimitTerms(amount=Decimal(1), temporary_until=timezone.localdate(NOW)),
    ):
        with pytest.raises(InvalidInput):
            set_account_limit(account_id=scene.account.pk, terms=wrong, actor=scene.finance, now=NOW)
    with pytest.raises(Conflict):
        open_account(distributor_id=scene.account.distributor_id, actor=scene.finance, now=NOW)
    tomorrow = timezone.localdate(NOW) + timedelta(days=1)
    with pytest.raises(InvalidInput):
        open_account(distributor_id=DistributorFactory.create().pk, actor=scene.finance, now=NOW, opened_on=tomorrow)
    scene.limit("5")
    with pytest.raises(StaleVersion):
        set_account_limit(account_id=scene.account.pk, terms=None, actor=scene.finance, now=NOW, expected_version=1)


def test_an_order_makes_no_copy_stale() -> None:
    """Finance would hardly ever get a form through while the distributor orders."""
    scene = credited("100")
    version = scene.account.version
    scene.place("10")
    scene.account.refresh_from_db()
    assert (scene.account.version, scene.used) == (version, 10)


def test_a_limit_that_is_taken_away_and_set_again() -> None:
    scene = credited("100")
    scene.place("60")
    scene.limit(None)
    assert (scene.account.credit_limit, CreditLimit.objects.get().exposure_amount) == (None, 0)
    assert not scene.place("1000").is_on_hold
    scene.limit("100")
    assert CreditLimit.objects.order_by("-pk")[0].exposure_amount == 1060
    sound()


def test_joining_and_leaving_a_group_takes_along_what_is_used() -> None:
    one, other = credited("100"), credited(None)
    one.place("60")
    other.place("50")
    group = grouped("200", one, other, sub_limits=("70", None))
    assert CreditLimit.objects.get(pk=group.pk).exposure_amount == 110
    with pytest.raises(Conflict):
        one.limit("5")
    join_group(account_id=one.account.pk, limit_id=None, actor=one.finance, now=NOW)
    one.account.refresh_from_db()
    assert (one.account.credit_limit, one.account.sub_limit) == (None, None)
    assert CreditLimit.objects.get(pk=group.pk).exposure_amount == 50
    for wrong in (CreditLimit.objects.filter(name="").first(), None):
        if wrong is not None:
            with pytest.raises(InvalidInput):
                join_group(account_id=one.account.pk, limit_id=wrong.pk, actor=one.finance, now=NOW)
    sound()


def test_a_group_has_one_currency() -> None:
    """Sums of two currencies would be limited as if they were one."""
    scene = credited(None)
    other = "CHF" if scene.account.currency != "CHF" else "SEK"
    group = save_group_limit(
        name="Abroad", terms=LimitTerms(amount=Decimal(0)), currency=other, actor=scene.finance, now=NOW
    )
    with pytest.raises((Conflict, InvalidInput)):
        join_group(account_id=scene.account.pk, limit_id=group.pk, actor=scene.finance, now=NOW)


def test_counters_never_go_below_zero() -> None:
    scene = credited()
    with pytest.raises(IntegrityError):
        TradeAccount.objects.filter(pk=scene.account.pk).update(ordered_amount=-1)


def test_the_pages_of_finance(client: Client) -> None:
    scene = credited(None)
    client.force_login(scene.finance)
    account = scene.account.get_absolute_url()
    limit = reverse("billing:account-limit", args=[scene.account.pk])
    assert client.post(limit, {"amount": "100", "version": scene.account.version}).status_code == 302
    scene.place("150")
    page = client.get(account)
    assert page.context["account"].left == 100
    entry = reverse("billing:entry-new", args=[scene.account.pk])
    assert client.post(entry, {"kind": "invoice", "sub_account": "goods", "amount": "130"}).status_code == 302
    assert client.post(entry, {"kind": "invoice", "sub_account": "goods", "amount": "-1"}).status_code == 400
    assert client.get(account).context["account"].left == -30
    for state, shown in (("over", 1), ("within", 0), ("none", 0)):
        assert len(client.get(reverse("billing:accounts"), {"state": state}).context["table"].rows) == shown
    found = client.get(reverse("billing:entries"), {"kind": "invoice", "export": "csv"})
    assert b"130" in b"".join(found)


def test_what_the_distributor_sees(client: Client) -> None:
    """A buyer would learn only after placing that nothing will be shipped."""
    scene = credited("100")
    scene.place("60")
    accountant = AccountantFactory.create(distributor=scene.account.distributor)
    client.force_login(accountant)
    assert client.get(scene.account.get_absolute_url()).context["account"].left == 40
    assert client.get("/").context["credit"].left == 40
    other = credited("5")
    assert client.get(other.account.get_absolute_url()).status_code == 404
    client.force_login(scene.people.buyer)
    assert client.get("/").context["credit"].left == 40
    assert client.get(scene.account.get_absolute_url()).status_code == 403
    page = client.get(reverse("orders:entry"))
    assert page.context["order_entry"].credit.left == 40


def test_the_api(client: Client) -> None:
    scene = credited(None)
    token = ApiTokenFactory.create(user=scene.finance, scope="all")
    headers: Any = {"Authorization": f"Token {token.secret}"}
    path = f"/api/v1/trade-accounts/{scene.account.pk}/"

    def send(address: str, body: dict[str, Any]) -> Any:
        return client.post(address, body, content_type="application/json", headers=headers)

    assert send(f"{path}limit/", {"amount": "100"}).json()["credit_limit"] == "100.0000"
    scene.place("60")
    read = client.get(path, headers=headers).json()
    assert (read["left"], read["ordered_amount"], read["group"]) == ("40.0000", "60.0000", "")
    assert send(f"{path}limit/", {"amount": "-1"}).status_code == 400
    made = send("/api/v1/credit-limits/", {"name": "Group", "amount": "500", "currency": scene.account.currency})
    assert made.status_code == 201
    assert send(f"{path}group/", {"group": "Group"}).json()["credit_limit"] == "500.0000"
    entry = send(
        "/api/v1/account-entries/",
        {"distributor": scene.account.distributor.code, "kind": "payment", "amount": "-5"},
    )
    assert entry.status_code == 201
    assert (
        send(f"/api/v1/account-entries/{entry.json()['id']}/reverse/", {"note": "Twice"}).json()["amount"] == "5.0000"
    )
    assert Event.objects.filter(subject_type="trade_account", subject_id=scene.account.pk).count() >= 4
    sound()
