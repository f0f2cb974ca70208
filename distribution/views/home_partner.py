"""The first pages of a distributor's people: owner and buyer, keeper, accountant."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from distribution.enums import Work
from distribution.selectors import month, own
from distribution.selectors.order_work import order_work
from distribution.selectors.work_list import WorkList
from distribution.views.home_parts import HomePage, month_parts, sentence
from distribution.views.home_staff import WorkHome
from evaluation.views.wording import way_text, why


class DistributorHome(HomePage):
    """My orders on their way, what to order, my plan, what I must read, my grade."""

    template_name = "distribution/home_distributor.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        today = timezone.localdate(now)
        user: Any = request.user
        groups = order_work(user, (Work.LATE, Work.SOON_LATE, Work.TO_RECEIVE, Work.DRAFT))
        work = WorkList(groups=groups, longest=8)
        period = month.current_period(today)
        progress = month.month_of(user, period, today=today) if period else None
        card = own.latest_grade(user)
        return self.render(
            self.get_context(
                work=work,
                sentence=sentence(work, now),
                on_their_way=own.orders_on_their_way(user),
                notices=own.unread_notices(user),
                period=period,
                card=card,
                why=why(card) if card else "",
                way=way_text(card.ways[0]) if card and card.ways else "",
                **month_parts(progress),
            )
        )


class KeeperHome(WorkHome):
    kinds = (Work.TO_RECEIVE, Work.LATE, Work.SOON_LATE)


class AccountantHome(WorkHome):
    kinds = (Work.ON_HOLD, Work.TO_RECEIVE)
