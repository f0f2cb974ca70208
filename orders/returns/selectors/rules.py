"""Whether a return authorises itself: which rules it does not meet, each with its figure, as data and as text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.actors import Actor
from core.ui.numbers import day as written_day
from core.ui.numbers import money
from orders.permissions import can_see_prices
from orders.returns.enums import BrokenRule, Condition, ReturnReason
from orders.returns.models import ReturnPolicy
from orders.returns.selectors.room import ReturnRoom

Broken = Mapping[str, Any]


class AskedLine(Protocol):
    """A line as far as the rules must know it."""

    position: int
    reason: str
    condition: str
    last_received_on: date


def policy_for(*, tier_id: int | None) -> ReturnPolicy | None:
    """The policy of a distributor of a tier. One query."""
    found: ReturnPolicy | None = ReturnPolicy.objects.for_tier(tier_id).first()
    return found


def uses_rate(policy: ReturnPolicy | None, reason: str) -> bool:
    """A recall and the seller's faults do not."""
    return policy is None or reason not in policy.exempt_reasons


def broken_rules(
    *,
    policy: ReturnPolicy | None,
    room: ReturnRoom | None,
    lines: Sequence[AskedLine],
    rate_amount: Decimal,
    currency: str,
    photographed: Iterable[int],
    day: date,
) -> list[Broken]:
    """Why a return does not authorise itself, empty where it does.

    `rate_amount` is what it asks for under the return rate, with tax, in `currency`; `photographed` the positions of lines
    with a photo.
    """
    broken: list[Broken] = []
    if policy is None:
        broken.append({"code": BrokenRule.NO_POLICY})
    if rate_amount and (room is None or room.currency != currency):
        broken.append({"code": BrokenRule.NO_RATE})
    elif rate_amount and room is not None and rate_amount > room.left:
        broken.append(
            {
                "code": BrokenRule.ROOM,
                "asked": str(rate_amount),
                "room": str(room.left),
                "over": str(rate_amount - room.left),
                "currency": currency,
            }
        )
    shown = set(photographed)
    if policy is not None:
        for line in lines:
            broken += _of_line(policy, line, day, has_photo=line.position in shown)
    return broken


def _of_line(policy: ReturnPolicy, line: AskedLine, day: date, *, has_photo: bool) -> list[Broken]:
    broken: list[Broken] = []
    if policy.window_days is not None and day > line.last_received_on + timedelta(days=policy.window_days):
        broken.append(
            {
                "code": BrokenRule.WINDOW,
                "received_on": str(line.last_received_on),
                "days": (day - line.last_received_on).days,
                "most": policy.window_days,
            }
        )
    if line.reason not in policy.reasons:
        broken.append({"code": BrokenRule.REASON, "reason": line.reason})
    if line.condition not in policy.conditions:
        broken.append({"code": BrokenRule.CONDITION, "condition": line.condition})
    if line.reason in policy.photo_reasons and not has_photo:
        broken.append({"code": BrokenRule.PHOTO, "reason": line.reason})
    return [{**one, "line": line.position} for one in broken]


def rule_texts(broken: Iterable[Broken], *, reader: Actor) -> list[str]:
    """Each broken rule as a sentence in the reader's language, with its figure: an amount where the person may see it."""
    has_amounts = can_see_prices(reader)
    return [_text(one) if has_amounts or one["code"] != BrokenRule.ROOM else str(_OVER_RATE) for one in broken]


def _text(one: Broken) -> str:
    text = _TEXTS[one["code"]](one)
    line = one.get("line")
    return text if line is None else _("Line %(line)d: %(text)s") % {"line": line, "text": text}


_OVER_RATE = gettext_lazy("More is requested than the return rate leaves.")


def _over(one: Broken) -> str:
    currency = one["currency"]
    return _("%(asked)s is requested, the return rate leaves %(room)s: %(over)s too much.") % {
        name: money(Decimal(one[name]), currency) for name in ("asked", "room", "over")
    }


def _late(one: Broken) -> str:
    days = ngettext("%(count)d day ago", "%(count)d days ago", one["days"]) % {"count": one["days"]}
    return _("received on %(day)s, %(ago)s; at most %(most)d days are allowed.") % {
        "day": written_day(date.fromisoformat(one["received_on"])),
        "ago": days,
        "most": one["most"],
    }


_TEXTS: Mapping[str, Any] = {
    BrokenRule.NO_POLICY: lambda _one: _("No return policy applies to this distributor."),
    BrokenRule.NO_RATE: lambda _one: _("No agreement with a return rate in this currency is in force."),
    BrokenRule.ROOM: _over,
    BrokenRule.WINDOW: _late,
    BrokenRule.REASON: lambda one: (
        _("the reason “%(reason)s” needs a decision.") % {"reason": ReturnReason(one["reason"]).label}
    ),
    BrokenRule.CONDITION: lambda one: (
        _("the condition “%(condition)s” needs a decision.") % {"condition": Condition(one["condition"]).label}
    ),
    BrokenRule.PHOTO: lambda one: (
        _("a photo is needed for the reason “%(reason)s”.") % {"reason": ReturnReason(one["reason"]).label}
    ),
}
