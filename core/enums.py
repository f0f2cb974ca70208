from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Colour(StrEnum):
    """The only colours a state may have; each is also a Tabler colour name."""

    DRAFT = "secondary"
    WORK = "blue"
    DONE = "green"
    WARNING = "yellow"
    DANGER = "red"


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")

    @property
    def colour(self) -> Colour:
        return {"queued": Colour.DRAFT, "running": Colour.WORK, "done": Colour.DONE, "failed": Colour.DANGER}[
            self.value
        ]


class DeliveryStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Done")
    FAILED = "failed", _("Failed")


class JobKind(models.TextChoices):
    IMPORT = "import", _("Import")
    EVALUATION = "evaluation", _("Evaluation")
    EXPORT = "export", _("Export")
