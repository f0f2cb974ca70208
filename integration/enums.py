from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportEvent(models.TextChoices):
    DONE = "import.done", _("Files imported")


class WebhookEvent(models.TextChoices):
    CREATED = "webhook.created", _("Webhook created")
    CHANGED = "webhook.changed", _("Webhook changed")
    SECRET_ROTATED = "webhook.secret_rotated", _("New secret of the webhook")
