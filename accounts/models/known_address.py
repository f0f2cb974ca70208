from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KnownAddress(models.Model):
    """A network address from which a person has signed in: strangers' tries from elsewhere do not lock it out."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="known_addresses", verbose_name=_("person")
    )
    address = models.CharField(_("network address"), max_length=45)
    signed_in_at = models.DateTimeField(_("signed in at"))

    class Meta:
        verbose_name = _("known address")
        verbose_name_plural = _("known addresses")
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="known_address_once")]

    def __str__(self) -> str:
        return self.address
