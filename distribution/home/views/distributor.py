"""The first pages of a distributor's people: owner and buyer, keeper, accountant."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from billing.permissions import can_see_accounts
from billing.selectors.credit import credit_of
from channel_stock.permissions import can_report_stock
from channel_stock.selectors.cover import read_cover
from channel_stock.views.cover import cover_card
from core.ui.figures import KpiCard
from distribution.home.selectors import distributor_home, month
from distribution.home.views.panels import HomePage, month_context, sentence
from distribution.home.views.staff import WorkHome
from evaluation.views.explanations import way_text, why
from messaging.enums import Work
from messaging.selectors.work_list import WorkList
from orders.fulfilment.claims.selectors.work import claims_to_decide, surplus_to_settle
from orders.returns.selectors.work import return_work
from orders.selectors.work import order_work
from orders.shipment_pages.drop_shipments import drop_shipments_to_receive
from policies.selectors.policies import to_acknowledge


def distributor_cover(user: Any) -> KpiCard | None:
    """How long the person's own distributor's stock lasts, or None where it is not known. One query."""
    row = read_cover(user, user.distributor_id or 0)
    return cover_card(row) if row else None


def credit_context(user: Any) -> dict[str, Any]:
    """What the person's own distributor may still order on credit, None where no limit is set. One query."""
    credit = credit_of(user.distributor_id, day=timezone.localdate()) if user.distributor_id else None
    if credit is None or not can_see_accounts(user):
        return {"credit": credit, "credit_url": ""}
    return {"credit": credit, "credit_url": reverse("billing:account", args=[credit.account_id])}


class DistributorHome(HomePage):
    """My orders on their way, what to order, my plan, what I must read, my grade."""

    template_name = "distribution/home_distributor.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        today = timezone.localdate(now)
        user = self.actor
        groups = order_work(
            user,
            (
                Work.LATE,
                Work.SOON_LATE,
                Work.TO_ANSWER,
                Work.TO_CONFIRM,
                Work.CHANGE_TO_CONFIRM,
                Work.TO_RECEIVE,
                Work.DRAFT,
            ),
        )
        groups += drop_shipments_to_receive(user)
        groups = [*groups, *claims_to_decide(user, today=today), *surplus_to_settle(user), *return_work(user)]
        work = WorkList(groups=groups, longest=8)
        period = month.current_period(today)
        progress = month.month_of(user, period, today=today) if period else None
        card = distributor_home.latest_grade(user)
        return self.render_to_response(
            self.get_context_data(
                work=work,
                sentence=sentence(work, now),
                on_their_way=distributor_home.orders_on_their_way(user),
                to_acknowledge=to_acknowledge(user),
                notifications=distributor_home.unread_notifications(user),
                cover=distributor_cover(user),
                may_report=can_report_stock(user),
                period=period,
                card=card,
                why=why(card) if card else "",
                way=way_text(card.ways[0]) if card and card.ways else "",
                **credit_context(user),
                **month_context(progress),
            )
        )


class KeeperHome(WorkHome):
    """What comes in, and how long what lies there lasts."""

    kinds = (Work.TO_RECEIVE, Work.LATE, Work.SOON_LATE)
    template_name = "distribution/home_keeper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cover=distributor_cover(self.actor), may_report=can_report_stock(self.actor), **kwargs
        )
