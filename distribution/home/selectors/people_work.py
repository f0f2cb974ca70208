"""Duties without an owner, responsibilities about to end, evaluations to answer: the work beside the orders."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Distributor, Responsibility
from accounts.permissions import can_assign
from core.actors import Actor
from core.ui.numbers import quantity
from evaluation.models import Evaluation
from evaluation.permissions import can_answer_objection
from messaging.enums import Work
from messaging.selectors.work_list import LONGEST, WorkGroup, WorkLine
from responsibility.selectors.radar import gap_counts

WARN_DAYS = 30


def people_work(actor: Actor, *, today: date) -> list[WorkGroup]:
    """All of it that the person may do something about. Seven queries."""
    groups = [gaps(actor, today=today), endings(actor, today=today)] if can_assign(actor) else []
    return [*groups, contests(actor)] if can_answer_objection(actor) else groups


def gaps(actor: Actor, *, today: date) -> WorkGroup:
    """Distributors that may order and have an unassigned duty today. Three queries."""
    missing = gap_counts(actor, on=today)
    shown = Distributor.objects.in_bulk(list(missing)[:LONGEST])
    lines = [
        WorkLine(
            work=Work.GAP,
            what=_missing(missing[distributor.pk]),
            url=reverse("responsibility:radar", query={"q": distributor.code}),
            who=distributor.display_name,
            who_url=distributor.get_absolute_url(),
            button=gettext_lazy("Assign"),
            button_url=reverse("responsibility:radar", query={"q": distributor.code}),
        )
        for distributor in map(shown.__getitem__, list(missing)[:LONGEST])
    ]
    return WorkGroup(work=Work.GAP, number=len(missing), lines=lines, all_url=reverse("responsibility:radar"))


def _missing(number: int) -> str:
    text = ngettext("%(n)s unassigned duty", "%(n)s unassigned duties", number)
    return text % {"n": quantity(number)}


def endings(actor: Actor, *, today: date) -> WorkGroup:
    """Responsibilities that end within a month without a successor. Two queries."""
    soon = today + timedelta(days=WARN_DAYS)
    after = Responsibility.objects.filter(
        distributor=OuterRef("distributor"), duty=OuterRef("duty"), starts_on__gt=OuterRef("ends_on")
    )
    rows = (
        Responsibility.objects.visible_to(actor)
        .work_of(actor)
        .filter(ends_on__gte=today, ends_on__lte=soon, duty__is_active=True)
        .exclude(Exists(after))
        .order_by("ends_on", "pk")
    )
    lines = [
        WorkLine(
            work=Work.ENDING,
            what=_("%(duty)s: %(person)s") % {"duty": responsibility.duty.display_name, "person": responsibility.user},
            url=reverse("responsibility:radar", query={"q": responsibility.distributor.code}),
            who=responsibility.distributor.display_name,
            who_url=responsibility.distributor.get_absolute_url(),
            due=responsibility.ends_on,
            button=gettext_lazy("Hand over"),
            button_url=reverse("responsibility:radar", query={"q": responsibility.distributor.code}),
        )
        for responsibility in rows.select_related("distributor", "duty", "user")[:LONGEST]
    ]
    return WorkGroup(work=Work.ENDING, number=rows.count(), lines=lines, all_url=reverse("responsibility:radar"))


def contests(actor: Actor) -> WorkGroup:
    """Contested evaluations without an answer. Two queries."""
    rows = (
        Evaluation.objects.visible_to(actor)
        .work_of(actor)
        .filter(contested_at__isnull=False, answered_at__isnull=True)
        .current()
    )
    lines = [
        WorkLine(
            work=Work.CONTESTED,
            what=evaluation.contest[:80],
            url=evaluation.get_absolute_url(),
            who=evaluation.distributor.display_name,
            who_url=evaluation.distributor.get_absolute_url(),
            since=evaluation.contested_at,
            button=gettext_lazy("Answer"),
            button_url=reverse("evaluation:answer", args=[evaluation.pk]),
        )
        for evaluation in rows.select_related("distributor").order_by("contested_at")[:LONGEST]
    ]
    return WorkGroup(work=Work.CONTESTED, number=rows.count(), lines=lines, all_url=reverse("evaluation:evaluations"))
