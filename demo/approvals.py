"""Rules by which most orders approve themselves, and what the others wait for."""

from datetime import timedelta
from decimal import Decimal
from statistics import quantiles

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from demo.company import Company
from orders.changes.services.approving import check_waiting
from orders.changes.services.rules import create_approval_rule
from orders.models import Order
from orders.ordering.enums import OrderStatus
from orders.ordering.services.sell_in import count_sell_in

MOST_CHECKED = 300


def build_approvals(company: Company) -> None:
    """Usual orders up to an amount approve themselves; it is such that most of those of today do."""
    waiting = Order.objects.filter(status=OrderStatus.SUBMITTED).values_list("net_amount", flat=True)
    amounts = sorted(waiting) or [Decimal(50_000)]
    most = amounts[0] if len(amounts) == 1 else quantiles(amounts, n=10)[8]
    create_approval_rule(
        actor=User.objects.with_roles([Role.ADMINISTRATOR]).order_by("pk")[0],
        code="usual-orders",
        name="Usual orders",
        name_zh="常规订单",
        most_amount_company=Decimal(most).quantize(Decimal(1)),
        starts_on=company.today - timedelta(days=365),
    )
    check_waiting(now=timezone.now(), limit=MOST_CHECKED)
    count_sell_in(today=company.today)  # what was approved counts as bought
