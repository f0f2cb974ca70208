from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttachedFile(models.Model):
    """A file that a person attached: stored under a name of ours, its type as its content says it."""

    file = models.FileField(_("file"), upload_to="attachments/%Y/%m/")
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=80)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


def is_hashed(name: str) -> models.CheckConstraint:
    """A file whose content is known by its hash."""
    condition: Any = Q(sha256__regex="^[0-9a-f]{64}$") & Q(size__gt=0)
    return models.CheckConstraint(condition=condition, name=name)
