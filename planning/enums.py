from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour
from core.state import StateTable, Transition


class PlanLevel(models.TextChoices):
    COMPANY = "company", _("Company")
    TERRITORY = "territory", _("Territory")
    MANAGER = "manager", _("Channel manager")
    DISTRIBUTOR = "distributor", _("Distributor")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    LOCKED = "locked", _("Locked")
    REPLACED = "replaced", _("Replaced")

    @property
    def colour(self) -> Colour:
        return {"draft": Colour.DRAFT, "agreed": Colour.WORK, "locked": Colour.DONE, "replaced": Colour.DRAFT}[
            self.value
        ]


PLAN_STATES = StateTable(
    field="status",
    states=PlanStatus,
    transitions=[
        Transition(
            action="agree",
            sources=frozenset({PlanStatus.DRAFT}),
            target=PlanStatus.AGREED,
            label=_("Agree the plan"),
        ),
        Transition(
            action="lock",
            sources=frozenset({PlanStatus.AGREED}),
            target=PlanStatus.LOCKED,
            label=_("Lock the plan"),
        ),
        Transition(
            action="reopen",
            sources=frozenset({PlanStatus.AGREED, PlanStatus.LOCKED}),
            target=PlanStatus.REPLACED,
            label=_("Open a new version"),
            dangerous=True,
        ),
    ],
)
AGREED_STATUSES = frozenset({PlanStatus.AGREED, PlanStatus.LOCKED})
"""The parts of a plan in one of these states add up to it."""


class PlanningEvent(models.TextChoices):
    PLAN_SAVED = "plan.saved", _("Plan saved")
    PLAN_AGREED = "plan.agreed", _("Plan agreed")
    PLAN_LOCKED = "plan.locked", _("Plan locked")
    PLAN_REOPENED = "plan.reopened", _("New version of the plan")
    PLAN_SPLIT = "plan.split", _("Plan split down")
