from django.db import models
from django.utils.translation import gettext_lazy as _


class SecurityValue(models.Model):
    """A count or mark on which security rests (tries of a password, used codes), kept until it expires."""

    key = models.CharField(_("key"), max_length=400, unique=True)
    value = models.JSONField(_("value"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    class Meta:
        verbose_name = _("security value")
        verbose_name_plural = _("security values")

    def __str__(self) -> str:
        return self.key
