from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.state import legal_values
from messaging.enums import ChatKind
from messaging.querysets import PersonalQuerySet


class ChatAddress(models.Model):
    """The robot of a chat by which a person is notified. Whoever knows the address can write there: it is not shown again."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="chat_address", verbose_name=_("person")
    )
    kind = models.CharField(_("chat"), max_length=16, choices=ChatKind)
    url = models.CharField(_("webhook address"), max_length=500)
    secret = models.CharField(_("signing secret"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("chat webhook")
        verbose_name_plural = _("chat webhooks")
        ordering = ["person"]
        constraints = [
            legal_values("kind", ChatKind, "chat_address_kind_legal"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="chat_address_is_web"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.host}"

    @property
    def host(self) -> str:
        """All of the address that may be shown."""
        return self.url.split("/")[2] if self.url.count("/") >= 2 else ""  # noqa: PLR2004 - the two of the scheme
