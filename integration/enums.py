from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportEvent(models.TextChoices):
    DONE = "import.done", _("Files imported")
