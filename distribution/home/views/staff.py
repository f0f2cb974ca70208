"""The first pages of the brand's people: manager, director, warehouse, finance, administrator."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from core.models import Job
from distribution.home.selectors import month, monthly_series, people_work, territories
from distribution.home.selectors.calendar_work import year_ending
from distribution.home.selectors.stock_work import stock_work
from distribution.home.views.figures import headline
from distribution.home.views.panels import (
    HomePage,
    month_context,
    sentence,
    spark_of,
)
from evaluation.selectors.run_page import newest_grades
from messaging.enums import Work
from messaging.selectors.work_list import WorkList
from orders.fulfilment.claims.selectors.work import claims_to_decide
from orders.returns.selectors.work import return_work
from orders.selectors.work import order_work
from orders.shipment_pages.drop_shipments import drop_shipments_to_receive
from planning.selectors.progress_display import landing_sentence, progress_chart, progress_text
from responsibility.selectors.radar_summary import radar_summary

DECISIONS = (Work.LATE, Work.ANSWERED, Work.ON_HOLD, Work.SOON_LATE, Work.CHANGE_REQUESTED, Work.TO_APPROVE)


def decisions(user: Any, today: date) -> WorkList:
    """What managers and directors decide. Twelve queries."""
    return WorkList(
        groups=[
            *order_work(user, DECISIONS),
            *claims_to_decide(user, today=today),
            *return_work(user),
            *people_work.people_work(user, today=today),
        ]
    )


class ManagerHome(HomePage):
    """Late and open work, the month against plan, and the distributors where help pays most."""

    template_name = "distribution/home_manager.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        today = timezone.localdate(now)
        user = self.actor
        work = WorkList(groups=[*decisions(user, today).groups, *stock_work(user)])
        period = month.current_period(today)
        progress = month.month_of(user, period, today=today) if period else None
        behind = monthly_series.farthest_behind(user, period.year, today=today) if period else []
        return self.render_to_response(
            self.get_context_data(
                work=work,
                sentence=sentence(work, now),
                period=period,
                monthly_series=[spark_of(one) for one in behind],
                **month_context(progress),
            )
        )


class DirectorHome(HomePage):
    """The channel against plan by territory, and the decisions of the director."""

    template_name = "distribution/home_director.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        today = timezone.localdate(now)
        user = self.actor
        work = WorkList(groups=[*decisions(user, today).groups, year_ending(user, today=today)])
        period = month.current_period(today)
        channel = territories.channel_by_territory(user, period.year, today=today) if period else None
        context = self.get_context_data(
            work=work,
            sentence=sentence(work, now),
            period=period,
            channel=channel,
            radar=radar_summary(user, on=today),
            radar_url=reverse("responsibility:radar"),
            grades=newest_grades(user),
            **month_context(channel.month if channel else None),
        )
        if channel:
            context |= {
                "channel_chart": progress_chart(channel.total),
                "channel_text": progress_text(channel.total),
                "channel_landing": landing_sentence(channel.total),
                "headline": headline(channel),
                "rows": [
                    (
                        progress_row,
                        reverse("planning:attainment", query={"territory": progress_row.code}),
                        progress_chart(progress_row.progress),
                    )
                    for progress_row in channel.territories
                ],
            }
        return self.render_to_response(context)


class WorkHome(HomePage):
    """A plain work list of orders and returns, for those whose day it is."""

    abstract = True
    template_name = "distribution/home_work.html"
    kinds: tuple[Work, ...] = ()

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        dropped = drop_shipments_to_receive(self.actor)
        work = WorkList(groups=[*order_work(self.actor, self.kinds), *dropped, *return_work(self.actor)])
        return self.render_to_response(self.get_context_data(work=work, sentence=sentence(work, timezone.now())))


class WarehouseHome(WorkHome):
    kinds = (Work.LATE, Work.SOON_LATE, Work.TO_SHIP, Work.TO_PICK)


class AdministratorHome(HomePage):
    """What runs and what failed, and the ways into the administration."""

    template_name = "distribution/home_administrator.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        user = self.actor
        today = timezone.localdate(now)
        others = [*people_work.people_work(user, today=today), year_ending(user, today=today)]
        work = WorkList(
            groups=[
                *order_work(user, (Work.LATE, Work.ON_HOLD)),
                *claims_to_decide(user, today=today),
                *others,
            ]
        )
        jobs = Job.objects.visible_to(user).select_related("created_by")[:8]
        return self.render_to_response(self.get_context_data(work=work, sentence=sentence(work, now), jobs=jobs))
