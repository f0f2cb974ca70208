"""Without a believable company on the first start nobody can try the program, and no page shows what it is for."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max, Sum
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, Responsibility, User
from core.models import Event
from distribution.demo.company import DOMAIN
from inventory.enums import Cover
from inventory.models import Reservation, Stock
from inventory.selectors.cover import covers_in
from orders.models import Order, OrderLine
from orders.ordering.enums import Lateness, OrderStatus
from orders.ordering.services.sell_in import count_sell_in
from planning.models import SalesPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def _company() -> None:
    call_command("demo", distributors=30, orders=400, lines=4, products=36, seed=3, verbosity=0)


@pytest.mark.usefixtures("_company")
def test_every_role_can_sign_in() -> None:
    """The Ready line would promise a login that does not work."""
    assert {user.role for user in User.objects.filter(email__in=[f"{role}@{DOMAIN}" for role in Role.values])} == set(
        Role.values
    )


@pytest.mark.usefixtures("_company")
def test_what_it_makes_obeys_every_rule() -> None:
    """A demo that breaks the invariants would teach them wrong."""
    call_command("verify", verbosity=0)
    assert Order.objects.count() == 400
    assert OrderLine.objects.count() > 400


@pytest.mark.usefixtures("_company")
def test_trouble_is_planted() -> None:
    """The radar, the late list and the scarce products would be empty pages."""
    assert Responsibility.objects.count() < Distributor.objects.count() * 5
    assert Order.objects.filter(lateness=Lateness.LATE).exists()
    assert Order.objects.filter(status=OrderStatus.SUBMITTED).exists()
    assert Stock.objects.of_brand_owner().filter(on_hand=0).exists()


@pytest.mark.usefixtures("_company")
def test_somebody_has_too_much_and_somebody_nothing() -> None:
    """The first manager's page would not show what the stock of distributors is watched for."""
    manager = User.objects.get(email=f"manager@{DOMAIN}")
    assert covers_in(manager, Cover.OVERSTOCKED, limit=5).number == 1
    assert covers_in(manager, Cover.EMPTY, limit=5).number == 1
    before = set(Stock.objects.of_distributors().values_list("warehouse", "product", "sold_in"))
    assert before
    count_sell_in(today=timezone.localdate())
    assert set(Stock.objects.of_distributors().values_list("warehouse", "product", "sold_in")) == before


@pytest.mark.usefixtures("_company")
def test_nothing_happened_later_than_now() -> None:
    """An order that waits since this evening, read at noon, makes one doubt every other date."""
    moments = ("ordered_at", "approved_at", "shipped_at", "delivered_at", "received_at", "cancelled_at")
    latest = Order.objects.aggregate(*(Max(moment) for moment in moments))
    assert max(moment for moment in latest.values() if moment) <= timezone.now()
    assert Event.objects.filter(subject_type="order", at__gt=timezone.now()).count() == 0


@pytest.mark.usefixtures("_company")
def test_stock_held_is_what_open_orders_claim() -> None:
    """Somebody would wait for goods that nobody holds."""
    held = Reservation.objects.aggregate(total=Sum("quantity"))["total"]
    assert held
    assert held == Stock.objects.aggregate(total=Sum("reserved"))["total"]


@pytest.mark.usefixtures("_company")
def test_plans_add_up_to_the_company() -> None:
    """The director's total would not be what the distributors agreed to."""
    totals = dict(SalesPlan.objects.values_list("level").annotate(Sum("amount")).order_by())
    assert totals["company"] == totals["territory"] == totals["distributor"] > 0


@pytest.mark.usefixtures("_company")
def test_a_database_in_use_is_refused() -> None:
    """Somebody's own data would be mixed with invented distributors."""
    with pytest.raises(CommandError):
        call_command("demo", verbosity=0)
