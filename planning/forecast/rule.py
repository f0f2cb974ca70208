"""Where each distributor's year lands: what it has bought, and a forecast of the rest, never a multiple of the past.

The rule in the order of docs/adr/0023: the company's profile and growth, the distributor's own level, counting the orders of
whoever buys in a rhythm, and less of the rest for whoever has been silent for longer than usual. Pure arithmetic.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from planning.forecast.history import History, Year
from planning.forecast.profile import Profile

SHRINK_GROWTH = 0.1
SHRINK_LEVEL = 0.3
PRIOR_YEARS = 3
SHORTEST, LONGEST = 3, 366
LAST_ORDERS = 4
SILENCE = (1.25, 1.75, 2.5, 4.0)
UNLEARNED = (1.0, 0.6, 0.25, 0.1, 0.05)
"""What is left of the rest by class of silence, where no closed year has taught it."""


@dataclass(slots=True)
class Buyer:
    """What is known of a distributor at the cut-off. `interval` are days between orders, `since` days since the last."""

    distributor_id: int
    sold: float
    last: float
    last_by_now: float
    orders: int
    since: int
    interval: float
    has_interval: bool
    recent: float
    silence: int


@dataclass(slots=True)
class Situation:
    """A year at a cut-off: who is in it, and what the company as a whole does."""

    year: Year
    cut: int
    share_sold: float
    growth: float
    prior: float
    buyers: list[Buyer]

    @property
    def days_left(self) -> int:
        return self.year.end - self.cut

    @property
    def share_gone(self) -> float:
        return (self.cut - self.year.start) / self.year.days

    @property
    def has_last_year(self) -> bool:
        return self.prior > 0


def look_at(
    histories: Sequence[History], *, year: Year, last: Year | None, cut: int, profile: Profile | None
) -> Situation:
    """Everybody who bought last year or this year before the cut-off, with the company's profile and growth."""
    known: list[Buyer] = []
    same = 0 if last is None else last.start - (-(cut - year.start) * last.days // year.days)
    for history in histories:
        buyer = _buyer(history, year, last, cut, same)
        if buyer is not None:
            known.append(buyer)
    usual = median([one.interval for one in known if one.has_interval] or [LONGEST])
    for one in known:
        one.interval = min(max(one.interval if one.has_interval else usual, SHORTEST), LONGEST)
        ratio = one.since / one.interval
        one.silence = sum(1 for limit in SILENCE if ratio >= limit)
    regular = [one for one in known if one.last > 0]
    sum_last = sum(one.last for one in regular)
    share = profile.at(cut) if profile is not None and regular else (cut - year.start) / year.days
    growth = (
        (sum(one.sold for one in regular) + SHRINK_GROWTH * sum_last) / ((share + SHRINK_GROWTH) * sum_last)
        if regular
        else 1.0
    )
    prior = PRIOR_YEARS * median(one.last for one in regular) if regular else 0.0
    return Situation(year=year, cut=cut, share_sold=share, growth=growth, prior=prior, buyers=known)


def _buyer(history: History, year: Year, last: Year | None, cut: int, same: int) -> Buyer | None:
    """`last` adjoins `year`; `same` is the day of `last` by which as much of it had gone as of `year` at the cut-off."""
    sums, days = history.sums, history.days
    now = bisect_left(days, cut)
    if now == 0:
        return None
    begin = start = bisect_left(days, year.start, 0, now)
    sold = sums[now] - sums[start]
    before = by_now = 0.0
    if last is not None:
        begin = bisect_left(days, last.start, 0, start)
        before = sums[start] - sums[begin]
        by_now = sums[bisect_left(days, same, begin, start)] - sums[begin]
    if before <= 0 and sold <= 0:
        return None
    gaps = sorted(history.gaps[: now - 1])
    recent = history.amounts[max(now - LAST_ORDERS, 0) : now]
    return Buyer(
        distributor_id=history.distributor_id,
        sold=sold,
        last=max(before, 0.0),
        last_by_now=by_now,
        orders=now - begin,
        since=cut - history.days[now - 1],
        interval=_median(gaps),
        has_interval=bool(gaps),
        recent=sum(recent) / len(recent),
        silence=0,
    )


def _median(values: Sequence[int]) -> float:
    """Of values in order."""
    if not values:
        return 0.0
    middle = len(values) // 2
    return float(values[middle]) if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def rests(situation: Situation, *, individual_profile: bool) -> list[float]:
    """What each is expected to buy from the cut-off on, before its silence is taken into account."""
    left, share = situation.days_left, situation.share_sold
    growth, prior = situation.growth, situation.prior
    found = []
    for one in situation.buyers:
        if one.last <= 0 or (left < one.interval and one.orders >= LAST_ORDERS):
            found.append(max(_counted(one, left), 0.0))
            continue
        by_now = (one.last_by_now + prior * share) / (one.last + prior) if individual_profile else share
        level = (one.sold + SHRINK_LEVEL * one.last * growth) / (by_now + SHRINK_LEVEL)
        found.append(max((1 - by_now) * level, 0.0))
    return found


def _counted(one: Buyer, left: int) -> float:
    following = max(0.0, one.interval - one.since)
    if following >= left:
        return 0.0
    return (1 + int((left - following) // one.interval)) * one.recent
