"""What can wait for somebody on the first page."""

from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices


class Work(ColouredChoices):
    """In the order in which it presses."""

    LATE = "late", Colour.DANGER, _("Late")
    GAP = "gap", Colour.DANGER, _("Unassigned")
    ON_HOLD = "on_hold", Colour.DANGER, _("On hold")
    CLAIM_OVERDUE = "claim_overdue", Colour.DANGER, _("Delivery claim overdue")
    SOON_LATE = "soon_late", Colour.WARNING, _("At risk")
    CHANGE_REQUESTED = "change_requested", Colour.WARNING, _("Change requested")
    ANSWERED = "answered", Colour.WORK, _("Question answered")
    TO_ANSWER = "to_answer", Colour.WARNING, _("Question to answer")
    TO_CONFIRM = "to_confirm", Colour.WARNING, _("Above the limit of the buyer")
    CHANGE_TO_CONFIRM = "change_to_confirm", Colour.WARNING, _("Change above the limit of the buyer")
    TO_APPROVE = "to_approve", Colour.WORK, _("To approve")
    TO_PICK = "to_pick", Colour.WORK, _("To pick")
    TO_SHIP = "to_ship", Colour.WORK, _("To ship")
    TO_RECEIVE = "to_receive", Colour.WORK, _("To receive")
    CLAIM = "claim", Colour.WARNING, _("Delivery claim to decide")
    SURPLUS = "surplus", Colour.WARNING, _("Goods that nobody ordered")
    CONTESTED = "contested", Colour.WORK, _("Evaluation contested")
    EMPTY = "empty", Colour.DANGER, _("Out of stock")
    OVERSTOCKED = "overstocked", Colour.WARNING, _("Overstocked")
    ENDING = "ending", Colour.WARNING, _("Responsibility ends")
    YEAR_ENDING = "year_ending", Colour.WARNING, _("Business year ends")
    DRAFT = "draft", Colour.DRAFT, _("Draft not placed")
