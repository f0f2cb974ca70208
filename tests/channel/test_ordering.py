"""Figure A2 at the order: taken in the days of grace with a warning, refused after them with the clause."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from catalogue.models import BuyingRight
from orders.ordering.models import Order
from orders.ordering.services.checking import check_order
from tests.factories.accounts import BuyerFactory, TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.factories.orders import Shop, shop

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2026, 12, 31, 9, tzinfo=UTC)
LAST_OF_GRACE = datetime(2027, 1, 31, 9, tzinfo=UTC)
AFTER = datetime(2027, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def agreed() -> Shop:
    """A shop whose buyer may order by an agreement alone: to 31 December, with 31 days of grace."""
    scene = shop()
    BuyingRight.objects.all().delete()
    agreement_in_force(scene.distributor, terms(brand=scene.brand, territory=TerritoryFactory.create()))
    return scene


def problems(scene: Shop, day: datetime) -> list[tuple[str, str]]:
    with time_machine.travel(day, tick=True):
        buyer = BuyerFactory.create(distributor=scene.distributor)
        quote = check_order(distributor_id=scene.distributor.pk, actor=buyer, lines=scene.wishes()[:1], now=day)
    return [(problem.code, str(problem.message)) for problem in quote.all_problems]


def test_an_order_is_accepted_on_the_last_day_of_grace(agreed: Shop) -> None:
    """Goods do not stop because a signature is a week late."""
    assert "not_authorised" not in [code for code, _message in problems(agreed, LAST_OF_GRACE)]


def test_an_order_after_it_is_refused_with_the_clause(agreed: Shop) -> None:
    """The buyer reads which agreement ended when, and not only that something is forbidden."""
    (message,) = [message for code, message in problems(agreed, AFTER) if code == "not_authorised"]
    assert "DA100001 R1, clause 1" in message


def test_a_pasted_line_is_refused_with_the_clause(agreed: Shop) -> None:
    """Whoever pastes a list reads of a wrong code what is only not agreed."""
    with time_machine.travel(AFTER, tick=True):
        client = Client()
        client.force_login(BuyerFactory.create(distributor=agreed.distributor))
        sent = {"pasted": f"{agreed.products[0].code}\t5\nNOTHING\t1"}
        page = client.post(reverse("orders:entry-paste"), sent, follow=True).content.decode()
    assert "DA100001 R1, clause 1" in page
    assert page.count("clause 1") == 1


def test_the_api_says_of_the_days_of_grace(agreed: Shop) -> None:
    """The ERP of the distributor would order on until it is refused."""
    with time_machine.travel(LAST_OF_GRACE, tick=True):
        client = Client()
        client.force_login(BuyerFactory.create(distributor=agreed.distributor))
        lines = [{"product": agreed.products[0].code, "quantity": 5}]
        body = {"lines": lines, "submit": True}
        quote = client.post("/api/v1/orders/quote/", {"lines": lines}, content_type="application/json").json()
        placed = client.post(
            "/api/v1/orders/", body, content_type="application/json", headers={"Idempotency-Key": "1"}
        ).json()
    for reply in (quote, placed):
        assert [one["code"] for one in reply["warnings"]] == ["agreement_in_grace"], reply
        assert "Orders are accepted on its terms until" in reply["warnings"][0]["detail"]


def test_an_order_in_grace_is_placed_with_a_warning(agreed: Shop) -> None:
    """The distributor is told in time that its terms have run out."""
    for day, is_warned in ((LAST_DAY, False), (LAST_OF_GRACE, True)):
        with time_machine.travel(day, tick=True):
            client = Client()
            client.force_login(BuyerFactory.create(distributor=agreed.distributor))
            client.post(reverse("orders:entry-add"), {"q": agreed.products[0].code, "quantity": "5"})
            draft = Order.objects.get(number=None)
            sent = {"draft": draft.reference, "version": draft.version, "key": str(day)}
            page = client.post(reverse("orders:entry-place"), sent, follow=True).content.decode()
        assert ("Orders are accepted on its terms until" in page) is is_warned
    assert Order.objects.exclude(number=None).count() == 2
