"""The way of a new distributor to its first order: begun, its steps done by either side, opened for orders."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import DistributorStatus
from accounts.models import Distributor
from accounts.selectors.checklists import checklist_of
from accounts.services.distributors import change_distributor
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, NotVisible, Problem
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from onboarding.enums import OnboardingEvent, Side
from onboarding.errors import NotReady
from onboarding.models import Onboarding, OnboardingStep, Template
from onboarding.permissions import can_decide_applications, can_do_step, can_finish_onboarding

STATUS = "status"
"""The item of the checklist that opening for orders sets itself."""


def begin_onboarding(
    *, distributor_id: int, template_id: int, today: date, actor: Actor, application_id: int | None = None
) -> Onboarding:
    """Begin with the steps of a template; those of the brand are done by whoever answers for its first duty. One event.

    Raises NotAllowed, NotVisible, Conflict where the distributor has an onboarding.
    """
    require(can_decide_applications(actor))
    with explained(), transaction.atomic():
        distributor: Distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        template = Template.objects.visible_to(actor).filter(pk=template_id).first()
        if template is None:
            raise NotVisible
        if Onboarding.objects.filter(distributor=distributor).exists():
            raise Conflict(_("This distributor has an onboarding already."), code="exists")
        onboarding = Onboarding.objects.create(
            distributor=distributor, template=template, application_id=application_id, started_on=today
        )
        first = distributor.responsibilities.filter(starts_on__lte=today).order_by("duty__position", "pk").first()
        OnboardingStep.objects.bulk_create(
            OnboardingStep(
                onboarding=onboarding,
                position=step.position,
                name=step.name,
                name_zh=step.name_zh,
                kind=step.kind,
                side=step.side,
                owner_id=first.user_id if first and step.side == Side.BRAND else None,
                due_on=today + timedelta(days=step.due_days),
                is_required=step.is_required,
                valid_months=step.valid_months,
            )
            for step in template.steps.all()
        )
        _record(onboarding, OnboardingEvent.STARTED, actor, template=template.code)
    return onboarding


def do_step(*, step_id: int, actor: Actor, note: str = "") -> OnboardingStep:
    """Say that a step is done. Records one event. Raises NotVisible, NotAllowed, Conflict where it is done already."""
    with explained(), transaction.atomic():
        step = _lock_step(step_id, actor)
        if step.done_at is not None:
            raise Conflict(_("This step is done already."), code="wrong_state")
        step.done_at, step.done_by_id, step.note = timezone.now(), actor.pk, note.strip()
        step.save(update_fields=["done_at", "done_by", "note"])
        _record(step.onboarding, OnboardingEvent.STEP_DONE, actor, step=step.pk, note=step.name)
    return step


def reopen_step(*, step_id: int, actor: Actor) -> OnboardingStep:
    """It was not done after all. Records one event. Raises NotVisible, NotAllowed, Conflict where it is open."""
    with explained(), transaction.atomic():
        step = _lock_step(step_id, actor)
        if step.done_at is None:
            raise Conflict(_("This step is open."), code="wrong_state")
        if step.onboarding.ready_at is not None:
            raise Conflict(_("The onboarding is finished."), code="wrong_state")
        step.done_at = step.done_by = None
        step.save(update_fields=["done_at", "done_by"])
        _record(step.onboarding, OnboardingEvent.STEP_REOPENED, actor, step=step.pk, note=step.name)
    return step


def open_for_orders(*, onboarding_id: int, actor: Actor, expected_version: int | None) -> Onboarding:
    """The distributor is ready: it becomes active and can order. Records two events.

    Asks the checklist that every app adds to. Raises NotVisible, NotAllowed, StaleVersion, Conflict where it is ready already,
    NotReady naming everything that is missing.
    """
    with explained(), transaction.atomic():
        known = Onboarding.objects.visible_to(actor).filter(pk=onboarding_id).values_list("distributor_id", flat=True)
        distributor_id = known.first()
        if distributor_id is None:
            raise NotVisible
        distributor: Distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        onboarding: Onboarding = lock_row(Onboarding.objects.visible_to(actor), onboarding_id)
        require(can_finish_onboarding(actor))
        check_version(onboarding, expected_version)
        if onboarding.ready_at is not None:
            raise Conflict(_("This distributor is ready to order already."), code="wrong_state")
        missing = [row for row in checklist_of(actor, distributor) if not row.is_done and row.key != STATUS]
        if missing:
            raise NotReady(
                problems=[
                    Problem(message=_("Missing: %(what)s.") % {"what": row.label}, code=NotReady.code)
                    for row in missing
                ]
            )
        if distributor.status == DistributorStatus.APPLICANT:
            change_distributor(actor=actor, distributor_id=distributor.pk, status=DistributorStatus.ACTIVE)
        onboarding.ready_at, onboarding.ready_by_id = timezone.now(), actor.pk
        onboarding.save(update_fields=["ready_at", "ready_by"])
        _record(onboarding, OnboardingEvent.READY, actor)
    onboarding.refresh_from_db()
    return onboarding


def _lock_step(step_id: int, actor: Actor) -> OnboardingStep:
    step: OnboardingStep = lock_row(OnboardingStep.objects.visible_to(actor), step_id)
    require(can_do_step(actor, step))
    return step


def _record(onboarding: Onboarding, kind: OnboardingEvent, actor: Actor, **data: object) -> None:
    record_event(
        kind=kind,
        subject_type="distributor",
        subject_id=onboarding.distributor_id,
        distributor_id=onboarding.distributor_id,
        actor_id=actor.pk,
        data={"onboarding": onboarding.pk, **data},
    )
