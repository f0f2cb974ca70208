from enum import StrEnum
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Colour(StrEnum):
    """The only colours a state may have; each is also a Tabler colour name."""

    DRAFT = "secondary"
    WORK = "blue"
    DONE = "green"
    WARNING = "yellow"
    DANGER = "red"


class ColouredChoices(models.TextChoices):
    """Choices that show as a state. A member is its value, its colour and its label: `DONE = "done", Colour.DONE, _("Done")`."""

    colour: Colour

    def __new__(cls, value: str, colour: Colour = Colour.DRAFT) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.colour = colour
        return member


class JobStatus(ColouredChoices):
    QUEUED = "queued", Colour.DRAFT, _("Queued")
    RUNNING = "running", Colour.WORK, _("Running")
    DONE = "done", Colour.DONE, _("Done")
    FAILED = "failed", Colour.DANGER, _("Failed")


class DeliveryStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Done")
    FAILED = "failed", _("Failed")


class JobKind(models.TextChoices):
    IMPORT = "import", _("Import")
    EVALUATION = "evaluation", _("Evaluation")
    EXPORT = "export", _("Export")
    PAPERS = "papers", _("Documents to print")
