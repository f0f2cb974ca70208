"""Two distributors that turn out to be one: one number leads to the other, and nothing moves."""

from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Distributor
from accounts.services.distributors import change_distributor
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.events import record_event
from core.models import Event
from responsibility.services.merging import merge_distributor, undo_merge
from tests.concurrency.together import together
from tests.factories.accounts import (
    AdministratorFactory,
    BuyerFactory,
    DistributorFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.orders import OrderFactory, shop

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_merged_one_ends_and_leads_to_the_other() -> None:
    """Orders would go on under two numbers, or the papers of one would be gone."""
    admin, survivor = AdministratorFactory.create(), DistributorFactory.create()
    order = OrderFactory.create()
    done = merge_distributor(distributor_id=order.distributor_id, into_id=survivor.pk, actor=admin, confirm_open=True)
    assert (done.merged_into, done.status) == (survivor, "terminated")
    order.refresh_from_db()
    assert order.distributor == done
    event = Event.objects.get(kind="distributor.merged")
    assert all(Event.objects.about([("distributor", one.pk)]).filter(pk=event.pk) for one in (done, survivor))
    client = client_of(admin)
    assert survivor.get_absolute_url() in client.get(done.get_absolute_url()).content.decode()
    assert done.get_absolute_url() in client.get(survivor.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/distributors/{done.code}/").json()["merged_into"] == survivor.code


def test_the_orders_of_both_are_seen_together_where_wanted() -> None:
    """Whoever asks what the company ordered would get half of it."""
    admin, survivor = AdministratorFactory.create(), DistributorFactory.create()
    old, new = OrderFactory.create(), OrderFactory.create(distributor=survivor)
    merge_distributor(distributor_id=old.distributor_id, into_id=survivor.pk, actor=admin, confirm_open=True)
    client = client_of(admin)
    for query, numbers in (("", {new.number}), ("&include_merged=true", {old.number, new.number})):
        rows = client.get(f"/api/v1/orders/?distributor={survivor.code}{query}").json()["results"]
        assert {row["number"] for row in rows} == numbers
        page = client.get(f"{reverse('orders:list')}?distributor={survivor.code}{query}").content.decode()
        assert all(str(number) in page for number in numbers)


def test_no_chains_and_nothing_into_itself() -> None:
    """A number would lead to one that leads on, or round in a circle."""
    admin = AdministratorFactory.create()
    first, second, third = (DistributorFactory.create() for _ in range(3))
    with pytest.raises(InvalidInput):
        merge_distributor(distributor_id=first.pk, into_id=first.pk, actor=admin)
    merge_distributor(distributor_id=first.pk, into_id=second.pk, actor=admin)
    with pytest.raises(InvalidInput) as refusal:
        merge_distributor(distributor_id=third.pk, into_id=first.pk, actor=admin)
    assert second.code in str(refusal.value.problems[0].message)
    for one in (first, second):
        with pytest.raises(Conflict):
            merge_distributor(distributor_id=one.pk, into_id=third.pk, actor=admin)
    rows = Distributor.objects.filter(pk=second.pk)
    with pytest.raises(IntegrityError, match="distributor_merged_once"), transaction.atomic():
        rows.update(merged_into=third.pk, status="terminated")
    with pytest.raises(IntegrityError, match="distributor_merged_is_ended"), transaction.atomic():
        Distributor.objects.filter(pk=third.pk).update(merged_into=second.pk)
    with pytest.raises((Conflict, InvalidInput)):
        change_distributor(actor=admin, distributor_id=first.pk, status="active")


def test_it_is_undone_while_nothing_happened_since() -> None:
    """A wrong click would end a distributor for ever, or an undone merge would tear up what was booked since."""
    admin, survivor, wrong = AdministratorFactory.create(), DistributorFactory.create(), DistributorFactory.create()
    before = wrong.status
    for _ in range(2):
        merge_distributor(distributor_id=wrong.pk, into_id=survivor.pk, actor=admin)
        back = undo_merge(distributor_id=wrong.pk, actor=admin)
        assert (back.merged_into, back.status) == (None, before)
    with pytest.raises(Conflict):
        undo_merge(distributor_id=wrong.pk, actor=admin)
    merge_distributor(distributor_id=wrong.pk, into_id=survivor.pk, actor=admin)
    record_event(
        kind="distributor.changed",
        subject_type="distributor",
        subject_id=wrong.pk,
        distributor_id=wrong.pk,
        actor_id=None,
    )
    with pytest.raises(Conflict) as refusal:
        undo_merge(distributor_id=wrong.pk, actor=admin)
    assert refusal.value.problems[0].code == "posted_since"


def test_an_order_under_the_old_number_is_refused_with_the_new_one() -> None:
    """The buyer would read “cannot order at present” and wait; a file would fill an account that nobody reads."""
    given, survivor = shop(products=1), DistributorFactory.create(code="C-0102", name="Northern")
    buyer = BuyerFactory.create(distributor=given.distributor)
    merge_distributor(
        distributor_id=given.distributor.pk, into_id=survivor.pk, actor=AdministratorFactory.create(), confirm_open=True
    )
    body = {"lines": [{"product": given.products[0].code, "quantity": 1}]}
    answer = client_of(buyer).post("/api/v1/orders/quote/", body, content_type="application/json").json()
    assert [(one["code"], one["detail"]) for one in answer["problems"]] == [
        ("distributor_merged", "This distributor is now C-0102 Northern. Place the order there.")
    ]


def test_the_form_says_who_is_there_and_what_is_open() -> None:
    """People would stand before an ended distributor and nobody had thought of them."""
    admin, order, survivor = AdministratorFactory.create(), OrderFactory.create(), DistributorFactory.create()
    buyer = BuyerFactory.create(distributor=order.distributor)
    responsible = ResponsibilityFactory.create(distributor=order.distributor)
    client, address = client_of(admin), reverse("responsibility:distributor-merge", args=[order.distributor.code])
    text = client.get(address).content.decode()
    assert str(buyer) in text
    assert str(responsible.user) in text
    refused = client.post(address, {"into": survivor.code})
    assert refused.status_code == 409
    assert "confirm_open" in refused.context["form"].fields
    assert client.post(address, {"into": survivor.code, "confirm_open": "on"}).status_code == 302
    undo = reverse("responsibility:distributor-undo-merge", args=[order.distributor.code])
    assert client.post(undo).status_code == 302
    assert Distributor.objects.get(pk=order.distributor_id).merged_into is None


def test_who_may_not_change_distributors_merges_none() -> None:
    """An owner could end a competitor."""
    owner, other = OwnerFactory.create(), DistributorFactory.create()
    with pytest.raises(NotVisible):
        merge_distributor(distributor_id=other.pk, into_id=owner.distributor_id, actor=owner)
    child = DistributorFactory.create(parent=owner.distributor)
    with pytest.raises(NotAllowed):
        merge_distributor(distributor_id=child.pk, into_id=owner.distributor_id, actor=owner)


@pytest.mark.django_db(transaction=True)
def test_each_into_the_other_at_once_leaves_one() -> None:
    """Both would be ended and lead to each other."""
    admin, one, two = AdministratorFactory.create(), DistributorFactory.create(), DistributorFactory.create()
    results = together(
        partial(merge_distributor, distributor_id=one.pk, into_id=two.pk, actor=admin),
        partial(merge_distributor, distributor_id=two.pk, into_id=one.pk, actor=admin),
    )
    assert sum(isinstance(result, Distributor) for result in results) == 1
    assert Distributor.objects.filter(merged_into__isnull=False).count() == 1
