"""A channel small enough to evaluate by head."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import Distributor
from catalogue.models import Category
from company.services.business_years import open_calendar_year
from evaluation.models import Evaluation, EvaluationRun, Scorecard
from evaluation.services.runs import RunOutcome, StartedRun, compute_run, start_run
from orders.models import Order
from orders.ordering.enums import OrderStatus
from planning.enums import PlanStatus
from tests.factories.accounts import DirectorFactory, DistributorFactory
from tests.factories.evaluation import full_scorecard
from tests.factories.inventory import CategoryFactory
from tests.factories.orders import OrderFactory, OrderLineFactory
from tests.factories.planning import SalesActualFactory, SalesPlanFactory

NOW = datetime(2026, 1, 2, 9, tzinfo=UTC)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


class World:
    """Two open years, one scorecard, and short verbs to fill them."""

    def __init__(self) -> None:
        open_calendar_year(2024)
        self.year = open_calendar_year(2025)
        self.scorecard: Scorecard = full_scorecard()
        self.director: Any = DirectorFactory.create()
        self.category: Category = CategoryFactory.create()

    def distributor(self, code: str, **fields: Any) -> Distributor:
        made: Distributor = DistributorFactory.create(code=code, **fields)
        return made

    def sold(self, distributor: Distributor, month: date, net: str, *, currency: str = "") -> None:
        SalesActualFactory.create(
            distributor=distributor,
            category=self.category,
            month=month,
            currency=currency or distributor.currency,
            gross_amount=Decimal(net),
            net_amount=Decimal(net),
            lines=1,
        )

    def planned(self, distributor: Distributor, amount: str, *, status: str = PlanStatus.LOCKED) -> None:
        with transaction.atomic():
            SalesPlanFactory.create(
                distributor=distributor,
                year=self.year,
                amount=Decimal(amount),
                status=status,
                currency=distributor.currency,
            )

    def ordered(
        self,
        distributor: Distributor,
        day: date,
        *,
        arrived: date | None = None,
        lines: Sequence[tuple[int, int]] = ((10, 10),),
    ) -> Order:
        """An order promised a week later; `lines` are (ordered, shipped). Without `arrived` it is still on its way."""
        with transaction.atomic():  # its sums are compared when it is committed
            return self._ordered(distributor, day, arrived=arrived, lines=lines)

    def _ordered(
        self, distributor: Distributor, day: date, *, arrived: date | None, lines: Sequence[tuple[int, int]]
    ) -> Order:
        order: Order = OrderFactory.create(
            distributor=distributor,
            status=OrderStatus.DELIVERED if arrived else OrderStatus.APPROVED,
            ordered_at=datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=9),
            promised_on=day + timedelta(days=7),
            delivered_at=datetime.combine(arrived, datetime.min.time(), tzinfo=UTC) if arrived else None,
        )
        for quantity, shipped in lines:
            OrderLineFactory.create(order=order, ordered=quantity, shipped=shipped)
        return order

    def start(self, starts_on: date = YEAR[0], ends_on: date = YEAR[1]) -> StartedRun:
        """Ask for it; a job is queued."""
        return start_run(
            scorecard_id=self.scorecard.pk, starts_on=starts_on, ends_on=ends_on, actor=self.director, now=NOW
        )

    def run(self, starts_on: date = YEAR[0], ends_on: date = YEAR[1]) -> EvaluationRun:
        """Start and compute; the evaluations are there afterwards."""
        started = self.start(starts_on, ends_on)
        self.outcome: RunOutcome = compute_run(run_id=started.run.pk, now=NOW, today=NOW.date())
        return EvaluationRun.objects.get(pk=started.run.pk)

    def steps(self, run: EvaluationRun, distributor: Distributor) -> dict[str, Any]:
        """The steps of one distributor by measure."""
        evaluation = Evaluation.objects.get(run=run, distributor=distributor)
        return {step.metric: step for step in evaluation.steps.all()}
