"""The agreed direction of a distributor's business, beside what it really buys."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, NotAllowed, NotVisible
from core.models import Event
from core.periods import add_months, month_start
from outlets.enums import DirectionKind
from outlets.models import BusinessDirection
from outlets.services.directions import agree_direction, end_direction
from planning.models import SalesActual
from planning.selectors.directions import directions_of
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, OwnerFactory
from tests.factories.inventory import CategoryFactory

pytestmark = pytest.mark.django_db


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_margin_and_volume_exclude_each_other_on_a_day() -> None:
    """Nobody could say by what the distributor is to earn."""
    director, seller, category = DirectorFactory.create(), DistributorFactory.create(), CategoryFactory.create()

    def agree(kind: str, starts_on: date, **more: Any) -> BusinessDirection:
        return agree_direction(
            distributor_id=seller.pk,
            kind=kind,
            starts_on=starts_on,
            actor=director,
            **{"category_id": category.pk, **more},
        )

    margin = agree(DirectionKind.MARGIN, date(2026, 1, 1))
    agree(DirectionKind.PRODUCT, date(2026, 1, 1))
    for kind in (DirectionKind.VOLUME, DirectionKind.MARGIN, DirectionKind.PRODUCT):
        with pytest.raises(Conflict):
            agree(kind, date(2026, 6, 1))
    end_direction(direction_id=margin.pk, ends_on=date(2026, 5, 31), actor=director)
    assert agree(DirectionKind.VOLUME, date(2026, 6, 1)).ends_on is None
    channel = {"category_id": None, "channel_kind": "retail"}
    agree(DirectionKind.CHANNEL, date(2026, 1, 1), **channel)
    with pytest.raises(Conflict):
        agree(DirectionKind.CHANNEL, date(2026, 6, 1), **channel)
    with pytest.raises(IntegrityError, match="direction_category_or_channel"), transaction.atomic():
        BusinessDirection.objects.filter(pk=margin.pk).update(channel_kind="retail")
    kinds = Event.objects.about([("distributor", seller.pk)]).values_list("kind", flat=True)
    assert set(kinds) == {"direction.agreed", "direction.ended"}


def test_what_is_agreed_stands_beside_what_is_bought() -> None:
    """A specialist of tea that buys cups would go on being called one."""
    director, seller = DirectorFactory.create(), DistributorFactory.create()
    drinks = CategoryFactory.create()
    tea, cups = CategoryFactory.create(parent=drinks), CategoryFactory.create()
    this_month = month_start(timezone.localdate())
    for category, amount, months in ((tea, 300, 1), (cups, 700, 12), (tea, 9000, 13), (tea, 9000, 0)):
        SalesActual.objects.create(
            distributor=seller,
            category=category,
            month=add_months(this_month, -months),
            currency=seller.currency,
            net_amount=Decimal(amount),
        )
    for category in (drinks, cups):
        agree_direction(distributor_id=seller.pk, kind=DirectionKind.PRODUCT, category_id=category.pk, actor=director)
    rows = directions_of(director, seller)["directions"]
    assert [(row.share, row.rank, row.among) for row in rows] == [(Decimal("0.3"), 2, 2), (Decimal("0.7"), 1, 2)]
    page = client_of(director).get(f"{seller.get_absolute_url()}?tab=direction").content.decode()
    assert drinks.name in page
    assert "30%" in page


def test_who_sees_and_who_agrees() -> None:
    """A distributor would read a competitor's direction, or write its own."""
    owner, director = OwnerFactory.create(), DirectorFactory.create()
    made = agree_direction(
        distributor_id=owner.distributor_id, kind=DirectionKind.CHANNEL, channel_kind="retail", actor=director
    )
    assert made in BusinessDirection.objects.visible_to(owner)
    assert made not in BusinessDirection.objects.visible_to(OwnerFactory.create())
    with pytest.raises(NotAllowed):
        end_direction(direction_id=made.pk, ends_on=timezone.localdate(), actor=owner)
    with pytest.raises(NotVisible):
        end_direction(direction_id=made.pk, ends_on=timezone.localdate(), actor=ManagerFactory.create())
    address = reverse("outlets:direction-new", args=[owner.distributor.code])
    page = client_of(director).post(address, {"kind": "margin", "starts_on": "2026-01-01"})
    assert page.status_code == 400, "a category is needed"
    until = (timezone.localdate() + timedelta(days=1)).isoformat()
    ended = client_of(director).post(reverse("outlets:direction-end", args=[made.pk]), {"ends_on": until})
    assert ended.status_code == 302
