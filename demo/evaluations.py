"""The evaluations of the demo company: last year and this one so far, by one scorecard."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from company.models import BusinessPeriod
from core.jobs import run_job
from demo.company import Company
from evaluation.enums import Metric
from evaluation.services.runs import start_run
from evaluation.services.scorecards import CriterionInput, GradeInput, activate_scorecard, save_scorecard

# weight, worth 0 points, worth 100 points
_CRITERIA = {
    Metric.REVENUE_SHARE: ("15", "0", "0.04"),
    Metric.GROWTH: ("20", "-0.3", "0.4"),
    Metric.STEADINESS: ("10", "1.2", "0.2"),
    Metric.PLAN_ATTAINMENT: ("25", "0.5", "1.1"),
    Metric.ON_TIME_IN_FULL: ("20", "0.5", "0.98"),
    Metric.ORDER_REGULARITY: ("10", "1.8", "0.5"),
}
_GRADES = {"A": 75, "B": 60, "C": 45, "D": 0}


def build_evaluations(company: Company) -> None:
    """Evaluate everybody for last year, and for the ended months of this one and the same of the year before."""
    director = User.objects.with_roles([Role.DIRECTOR]).get()
    card = save_scorecard(
        code="STANDARD",
        name="Standard scorecard",
        name_zh="标准考核方案",
        criteria=[
            CriterionInput(metric=metric, weight=Decimal(weight), floor=Decimal(floor), target=Decimal(target))
            for metric, (weight, floor, target) in _CRITERIA.items()
        ],
        grades=[GradeInput(name=name, least=Decimal(least)) for name, least in _GRADES.items()],
        actor=director,
    )
    activate_scorecard(scorecard_id=card.pk, actor=director)
    this_year = date(company.today.year, 1, 1)
    ended = BusinessPeriod.objects.filter(ends_on__lt=company.today).order_by("-ends_on")
    year_before = date(this_year.year - 1, 1, 1)
    spans = [(year_before, date(year_before.year, 12, 31))]
    last = ended.first()
    if last is not None and last.starts_on >= this_year:
        previous_period = BusinessPeriod.objects.get(number=last.number, year__starts_on=year_before)
        spans += [(year_before, previous_period.ends_on), (this_year, last.ends_on)]
    for starts_on, ends_on in spans:
        started = start_run(
            scorecard_id=card.pk, starts_on=starts_on, ends_on=ends_on, actor=director, now=timezone.now()
        )
        if started.job is not None:
            run_job(job_id=started.job.pk)
