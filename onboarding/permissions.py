"""Who may do what with applications and onboardings. Whether they see one at all is `visible_to`'s business."""

from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.permissions import is_brand
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from onboarding.enums import ApplicationEvent, ApplicationStatus, Side

_LEADS = (Role.ADMINISTRATOR, Role.DIRECTOR)

SEE_APPLICATIONS = declare(
    "onboarding.see_applications", _("View applications of future distributors"), roles=[*_LEADS, Role.MANAGER]
)
CHECK_APPLICATIONS = declare(
    "onboarding.check_applications",
    _("Check the documents of applications and mark the applicants"),
    roles=[*_LEADS, Role.MANAGER],
)
DECIDE_APPLICATIONS = declare("onboarding.decide_applications", _("Approve and refuse applications"), roles=_LEADS)
MANAGE_TEMPLATES = declare(
    "onboarding.manage_templates",
    _("Manage onboarding templates and the weights of the screening"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)
WORK_ON_ONBOARDING = declare(
    "onboarding.work_on_onboarding",
    _("Do the steps of an onboarding and record certificates"),
    roles=[*_LEADS, Role.MANAGER, Role.OWNER],
)


class Application(Protocol):
    """An application, as far as a permission needs to know it."""

    status: Any
    assessed_by_id: Any
    policy: Any


def can_see_applications(actor: Actor) -> bool:
    return SEE_APPLICATIONS.granted_to(actor) and is_brand(actor)


def can_check_applications(actor: Actor, _application: object = None) -> bool:
    return CHECK_APPLICATIONS.granted_to(actor) and is_brand(actor)


def can_decide_applications(actor: Actor) -> bool:
    return DECIDE_APPLICATIONS.granted_to(actor) and is_brand(actor)


def can_decide_application(actor: Actor, application: Application) -> bool:
    """Where the policy asks for a second person, whoever finished the assessment does not decide."""
    if not can_decide_applications(actor):
        return False
    policy = application.policy
    return policy is None or not policy.needs_second_person or application.assessed_by_id != actor.pk


def can_manage_templates(actor: Actor) -> bool:
    return MANAGE_TEMPLATES.granted_to(actor) and is_brand(actor)


def can_work_on_onboarding(actor: Actor, distributor: Any = None) -> bool:
    """The brand's people for the distributors that they see, an owner for the own company."""
    if not WORK_ON_ONBOARDING.granted_to(actor):
        return False
    return is_brand(actor) or distributor is None or actor.distributor_id == distributor.pk


def can_do_step(actor: Actor, step: Any) -> bool:
    """Each side its own steps; the brand's people also those of the distributor, for whom they may write them down."""
    if not can_work_on_onboarding(actor, step.onboarding.distributor):
        return False
    return is_brand(actor) or step.side == Side.DISTRIBUTOR


def can_finish_onboarding(actor: Actor, _onboarding: object = None) -> bool:
    """Whoever decides about applications opens the new distributor for orders."""
    return can_decide_applications(actor)


_OPEN = frozenset({ApplicationStatus.RECEIVED, ApplicationStatus.CHECKED, ApplicationStatus.ASSESSED})

APPLICATION_STATES = StateTable(
    field="status",
    states=ApplicationStatus,
    transitions=[
        Transition(
            action="submit",
            event=ApplicationEvent.RECEIVED,
            sources=frozenset({ApplicationStatus.DRAFT}),
            target=ApplicationStatus.RECEIVED,
            label=_("Submit application"),
        ),
        Transition(
            action="check",
            event=ApplicationEvent.CHECKED,
            sources=frozenset({ApplicationStatus.RECEIVED}),
            target=ApplicationStatus.CHECKED,
            label=_("Documents are in order"),
            permission=can_check_applications,
        ),
        Transition(
            action="assess",
            event=ApplicationEvent.ASSESSED,
            sources=frozenset({ApplicationStatus.CHECKED}),
            target=ApplicationStatus.ASSESSED,
            label=_("Finish the assessment"),
            permission=can_check_applications,
        ),
        Transition(
            action="approve",
            event=ApplicationEvent.APPROVED,
            sources=frozenset({ApplicationStatus.ASSESSED}),
            target=ApplicationStatus.APPROVED,
            label=pgettext_lazy("application", "Approve"),
            permission=can_decide_application,
        ),
        Transition(
            action="reopen",
            event=ApplicationEvent.REOPENED,
            sources=frozenset({ApplicationStatus.ASSESSED}),
            target=ApplicationStatus.CHECKED,
            label=_("Reopen the assessment"),
            permission=can_check_applications,
        ),
        Transition(
            action="return",
            event=ApplicationEvent.RETURNED,
            sources=frozenset({ApplicationStatus.RECEIVED}),
            target=ApplicationStatus.DRAFT,
            label=_("Ask the applicant for more"),
            permission=can_check_applications,
        ),
        Transition(
            action="refuse",
            event=ApplicationEvent.REFUSED,
            sources=_OPEN,
            target=ApplicationStatus.REFUSED,
            label=pgettext_lazy("application", "Refuse"),
            permission=can_decide_application,
            dangerous=True,
        ),
        Transition(
            action="withdraw",
            event=ApplicationEvent.WITHDRAWN,
            sources=frozenset({ApplicationStatus.DRAFT, *_OPEN}),
            target=ApplicationStatus.WITHDRAWN,
            label=_("Withdraw"),
            dangerous=True,
        ),
    ],
)
