from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportEvent(models.TextChoices):
    REQUESTED = "import.requested", _("Import started")
    DONE = "import.done", _("Files imported")
