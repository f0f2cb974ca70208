from django.db import models
from django.utils.translation import gettext_lazy as _


class Endpoint(models.Model):
    """A server that did not answer lately: nothing is sent there before `paused_until`. One that answers has no row."""

    name = models.CharField(_("server"), max_length=260, unique=True)
    failures = models.PositiveIntegerField(_("calls in a row without an answer"))
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)

    class Meta:
        verbose_name = _("server that does not answer")
        verbose_name_plural = _("servers that do not answer")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=models.Q(failures__gt=0), name="endpoint_has_failed")]

    def __str__(self) -> str:
        return self.name
