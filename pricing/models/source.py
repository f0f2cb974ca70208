from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """A rule that says by what it holds: the revision of a policy, which an app above owns."""

    source_type = models.CharField(_("source"), max_length=32, blank=True)
    source_id = models.BigIntegerField(_("source number"), null=True, blank=True)

    class Meta:
        abstract = True


def source_whole(name: str) -> models.CheckConstraint:
    """A source is named by both, or there is none."""
    return models.CheckConstraint(
        condition=Q(source_type="", source_id__isnull=True) | (~Q(source_type="") & Q(source_id__isnull=False)),
        name=name,
    )
