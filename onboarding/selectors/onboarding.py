"""The onboarding of a distributor and its certificates, as its page shows them to either side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from core.actors import Actor
from onboarding.models import Certificate, Onboarding, OnboardingStep
from onboarding.permissions import can_do_step, can_finish_onboarding, can_work_on_onboarding


@dataclass(frozen=True, kw_only=True)
class StepLine:
    step: OnboardingStep
    may_do: bool
    may_reopen: bool


def onboarding_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """What the tab of the distributor's page reads. Four queries at most."""
    onboarding = Onboarding.objects.visible_to(actor).filter(distributor=distributor).first()
    certificates = Certificate.objects.visible_to(actor).filter(distributor=distributor)
    return {
        "onboarding": onboarding,
        "lines": _lines(actor, onboarding) if onboarding else [],
        "certificates": certificates.select_related("distributor").order_by("course", "-issued_on", "-pk")[:200],
        "may_record": can_work_on_onboarding(actor, distributor),
        "may_finish": onboarding is not None and onboarding.ready_at is None and can_finish_onboarding(actor),
    }


def _lines(actor: Actor, onboarding: Onboarding) -> Sequence[StepLine]:
    steps = onboarding.steps.select_related("onboarding__distributor", "owner", "done_by")
    return [
        StepLine(
            step=step,
            may_do=step.done_at is None and can_do_step(actor, step),
            may_reopen=step.done_at is not None and onboarding.ready_at is None and can_do_step(actor, step),
        )
        for step in steps
    ]


def with_counts(onboardings: Any) -> Any:
    """Each with `all_steps`, `done_steps`, `late_steps`."""
    late = Q(steps__done_at__isnull=True, steps__due_on__lt=timezone.localdate())
    return onboardings.annotate(
        all_steps=Count("steps"),
        done_steps=Count("steps", filter=Q(steps__done_at__isnull=False)),
        late_steps=Count("steps", filter=late),
    )


def _steps_are_done(distributor: Distributor) -> bool:
    rows = OnboardingStep.objects.filter(onboarding__distributor=distributor, is_required=True, done_at__isnull=True)
    return not rows.exists()


def _to_steps(_actor: Actor, distributor: Distributor) -> str:
    return f"{reverse('accounts:distributor', args=[distributor.code])}?tab=onboarding"


STEPS = ChecklistItem(
    key="onboarding", label=_("Required steps of the onboarding"), is_done=_steps_are_done, url=_to_steps, order=90
)
