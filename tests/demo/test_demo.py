"""Without a believable company on the first start nobody can try the program, and no page shows what it is for."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F, Max, Sum
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, Distributor, Duty, Responsibility, User
from accounts.selectors.responsibilities import accountable_on
from cases.models import Complaint
from catalogue.models import Product
from channel.models import Address, Agreement, BankAccount, InvoiceTitle
from channel_stock.selectors.cover import covers_in
from core.models import Event
from demo.company import DOMAIN
from demo.records import MOST
from demo.seasons import month_shares, weight
from inventory.enums import Cover
from inventory.models import BackOrder, ExpectedReceipt, Reservation, Stock
from messaging.models import ConversationMessage
from onboarding.models import Application, Certificate, Onboarding
from onboarding.selectors.applications import score_in_words, score_of_application
from orders.fulfilment.waves.enums import WaveStatus
from orders.fulfilment.waves.models import Pick
from orders.models import DeliveryClaim, Order, OrderHold, OrderLine, ProofOfDelivery
from orders.ordering.enums import Lateness, OrderEvent, OrderStatus
from orders.ordering.services.sell_in import count_sell_in
from outlets.models import BusinessDirection
from planning.models import SalesPlan
from pricing.models import PriceList
from responsibility.selectors.silent import count_silent
from tests.kept import rows_for_a_module
from transfers.models import Transfer

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def _company(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with rows_for_a_module(django_db_blocker):
        call_command("demo", distributors=30, orders=400, lines=4, products=36, seed=3, verbosity=0)
        yield


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
    assert Order.objects.count() == 407, (
        "those of two years, one that waits outside its territory, two for goods, three received and one re-shipped"
    )
    assert OrderLine.objects.count() > 400


@pytest.mark.usefixtures("_company")
def test_trouble_is_planted() -> None:
    """The radar, the late list and the scarce products would be empty pages."""
    assert Responsibility.objects.count() < Distributor.objects.count() * 5
    assert Order.objects.filter(lateness=Lateness.LATE).exists()
    assert Order.objects.filter(status=OrderStatus.SUBMITTED).exists()
    assert Stock.objects.of_brand_owner().filter(on_hand=0).exists()


@pytest.mark.usefixtures("_company")
def test_a_manager_is_away_and_somebody_acts() -> None:
    """Whoever tries the demo would see neither a stand-in nor what a stand-in does."""
    today = timezone.localdate()
    absence = Absence.objects.on(today).get()
    rows = accountable_on(Distributor.objects.values_list("pk", flat=True), on=today)
    theirs = [row for row in rows if row.responsible_id == absence.person_id]
    assert theirs
    assert all(row.person_id not in {None, absence.person_id} for row in theirs)


@pytest.mark.usefixtures("_company")
def test_somebody_has_too_much_and_somebody_nothing() -> None:
    """The first manager's page would not show what the stock of distributors is watched for."""
    manager = User.objects.get(email=f"manager@{DOMAIN}")
    found = covers_in(manager, [Cover.OVERSTOCKED, Cover.EMPTY])
    assert len(found[Cover.OVERSTOCKED]) >= 1
    assert len(found[Cover.EMPTY]) == 1
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


@pytest.mark.usefixtures("_company")
def test_buyers_order_in_working_hours() -> None:
    """Every order at 03:52 betrays in a second that nobody works there."""
    with timezone.override(ZoneInfo(settings.TIME_ZONE)):
        hours = Counter(timezone.localtime(at).hour for at in Order.objects.values_list("ordered_at", flat=True))
    assert set(hours) <= set(range(8, 19))
    assert len(hours) > 5


@pytest.mark.usefixtures("_company")
def test_people_and_products_have_names_in_both_scripts() -> None:
    """A Chinese page would list Lin Wei, and Longjing tea in size S and pearl white."""
    assert not User.objects.filter(full_name_zh="").exists()
    names = User.objects.values_list("full_name_zh", flat=True)
    assert len(set(names)) == len(names)
    tea = Product.objects.filter(category__parent__code="TEA").values_list("name_zh", "unit")
    assert all("g " in name and "珍珠" not in name for name, _unit in tea)
    assert {unit for _name, unit in tea} <= {"tin", "bag", "box"}
    assert not Product.objects.filter(prices__amount__lt=F("unit_cost")).exists()
    assert not Complaint.objects.filter(subject__regex=r"[A-Za-z]{2}").exists()
    assert not OrderHold.objects.filter(params__reason__regex=r"[A-Za-z]{2}").exists()


def test_the_channel_buys_before_chinese_new_year_and_rests_in_it() -> None:
    """February would look like any other month, and every forecast of it be wrong."""
    new_year = date(2026, 2, 17)
    assert weight(date(2026, 1, 28)) == 2 * weight(date(2026, 1, 7))
    assert weight(new_year + timedelta(days=1)) == 0
    assert month_shares(2026)[1] < month_shares(2026)[0]
    assert month_shares(2025)[0] > month_shares(2026)[0]
    assert sum(month_shares(2026)) == pytest.approx(1)


@pytest.mark.usefixtures("_company")
def test_an_agreement_is_about_to_end_and_one_is_in_grace() -> None:
    """Nobody would see on the first day what becomes of an agreement that nobody renews."""
    today = timezone.localdate()
    assert set(Agreement.objects.values_list("status", flat=True)) == {"draft", "sent", "in_force", "in_grace"}
    assert Agreement.objects.filter(status="in_force", ends_on__lte=today + timedelta(days=30)).count() == 1
    grace = Agreement.objects.get(status="in_grace")
    assert grace.ends_on < today <= grace.orders_until


@pytest.mark.usefixtures("_company")
def test_applicants_wait_one_distributor_is_onboarded_and_a_certificate_has_lapsed() -> None:
    """Nobody would see on the first day how a company becomes a distributor."""
    rows = {row.status: score_in_words(score_of_application(row)) for row in Application.objects.order_by("-pk")}
    assert set(rows) == {"received", "assessed", "approved"}
    assert rows["assessed"] == "71.75"
    assert any("73.61" in score_in_words(score_of_application(row)) for row in Application.objects.all())
    onboarding = Onboarding.objects.get()
    assert (onboarding.ready_at, onboarding.steps.filter(done_at=None).count()) == (None, 3)
    assert {row.state for row in Certificate.objects.all()} == {"valid", "expiring", "lapsed"}


@pytest.mark.usefixtures("_company")
def test_distributors_have_somewhere_to_receive_and_somebody_to_call() -> None:
    """Every distributor's page would begin with what is missing, and no order could show an address."""
    ordering = Distributor.objects.ordering().filter(territory__isnull=False)
    known = set(Address.objects.filter(kind="delivery", is_default=True).values_list("distributor_id", flat=True))
    assert known >= set(ordering.order_by("code").values_list("pk", flat=True)[:MOST])
    assert InvoiceTitle.objects.exists()
    assert BankAccount.objects.exists()


@pytest.mark.usefixtures("_company")
def test_it_shows_what_people_do_every_day() -> None:
    """Pages of cadences, directions, conversations, holds outside the territory and merged numbers would be empty."""
    assert Duty.objects.exclude(cadence=None).count() == 4
    assert 0 < count_silent(User.objects.get(email=f"director@{DOMAIN}"), on=timezone.localdate()) < 30
    assert {row.kind for row in BusinessDirection.objects.all()} == {"margin", "volume", "channel"}
    assert set(ConversationMessage.objects.values_list("is_internal", flat=True)) == {True, False}
    assert OrderHold.objects.filter(kind="territory", lifted_at=None).exists()
    assert Distributor.objects.exclude(merged_into=None).count() == 1
    assert PriceList.objects.filter(source_type="announcement").exists()


@pytest.mark.usefixtures("_company")
def test_something_is_short_and_something_on_its_way() -> None:
    """Nobody would see what a line on back order, a filled one, an expected receipt or a transfer looks like."""
    assert BackOrder.objects.filter(quantity__gt=0, promised_on__isnull=False).exists()
    assert BackOrder.objects.filter(quantity=0).exists()
    assert set(ExpectedReceipt.objects.values_list("status", flat=True)) >= {"received", "open"}
    assert Transfer.objects.filter(status="sent").exists()


@pytest.mark.usefixtures("_company")
def test_receipts_that_differ_wait_are_late_and_are_made_good() -> None:
    """Nobody would see what a delivery claim looks like before and after it is decided."""
    today = timezone.localdate()
    assert DeliveryClaim.objects.overdue(today).count() == 1
    assert DeliveryClaim.objects.undecided().filter(due_on__gte=today).count() == 1
    assert DeliveryClaim.objects.filter(status="reshipping").count() == 1
    assert Order.objects.filter(type__code="replacement", net_amount=0).count() == 1


@pytest.mark.usefixtures("_company")
def test_deliveries_are_followed_up() -> None:
    """Nobody would see what a reminder, another promised day or a signature looks like."""
    assert ProofOfDelivery.objects.exists()
    kinds = set(Event.objects.filter(subject_type="order").values_list("kind", flat=True))
    assert {OrderEvent.PROOF_RECORDED.value, OrderEvent.REMINDED_WAREHOUSE.value} <= kinds


@pytest.mark.usefixtures("_company")
def test_a_wave_is_being_picked() -> None:
    """Nobody would see a pick list by zone, half of it recorded."""
    picks = Pick.objects.filter(line__wave__status=WaveStatus.OPEN)
    assert picks.filter(picked=None).exists()
    assert picks.exclude(picked=None).exists()
    assert not picks.filter(zone="").exists()
