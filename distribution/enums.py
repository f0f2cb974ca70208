"""What can wait for somebody on the first page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class Work(models.TextChoices):
    """In the order in which it presses."""

    LATE = "late", _("Late")
    GAP = "gap", _("Nobody answers")
    ON_HOLD = "on_hold", _("On hold")
    SOON_LATE = "soon_late", _("Soon late")
    TO_APPROVE = "to_approve", _("To approve")
    TO_PICK = "to_pick", _("To pick")
    TO_SHIP = "to_ship", _("To ship")
    TO_RECEIVE = "to_receive", _("To receive")
    CONTESTED = "contested", _("Evaluation contested")
    EMPTY = "empty", _("Nothing in stock")
    OVERSTOCKED = "overstocked", _("Overstocked")
    ENDING = "ending", _("Responsibility ends")
    DRAFT = "draft", _("Not yet ordered")

    @property
    def colour(self) -> Colour:
        return _COLOURS.get(self, Colour.WORK)


_COLOURS = {
    Work.LATE: Colour.DANGER,
    Work.GAP: Colour.DANGER,
    Work.ON_HOLD: Colour.DANGER,
    Work.SOON_LATE: Colour.WARNING,
    Work.EMPTY: Colour.DANGER,
    Work.OVERSTOCKED: Colour.WARNING,
    Work.ENDING: Colour.WARNING,
    Work.DRAFT: Colour.DRAFT,
}
