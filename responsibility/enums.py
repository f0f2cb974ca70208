from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class CoverageState(ColouredChoices):
    """What became of a duty on some days of the past or of those to come."""

    GAP = "gap", Colour.DANGER, _("Unassigned")
    OVERLAP = "overlap", Colour.DANGER, _("Assigned twice")
    REPRESENTED = "represented", Colour.WORK, _("Represented")
    COVERED = "covered", Colour.DONE, _("Covered")


class ResponsibilityEvent(models.TextChoices):
    TEMPLATE_CREATED = "assignment_template.created", _("Assignment template created")
    TEMPLATE_CHANGED = "assignment_template.changed", _("Assignment template changed")
    TEMPLATE_APPLIED = "assignment_template.applied", _("Assignment template applied")


class AwayState(ColouredChoices):
    """One day of an absence, the most severe first."""

    NOBODY = "nobody", Colour.DANGER, _("Nobody acts")
    STAND_IN_AWAY = "stand_in_away", Colour.WARNING, _("Stand-in is away, too")
    COVERED = "covered", Colour.WORK, _("Away")

    @property
    def sign(self) -> str:
        """Stands beside the colour, for whoever cannot see it."""
        return {"nobody": "!", "stand_in_away": "…", "covered": "☾"}[self.value]
