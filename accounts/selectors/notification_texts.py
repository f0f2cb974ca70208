"""What a notification says: each kind has one sentence with blanks, told by the app that sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import AccountsEvent
from core.errors import Message
from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class _Blanks(Mapping[str, Any]):
    """Parameters of a notification; one that is missing reads as a dash, never as an error page."""

    params: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.params.get(name, "–")

    def __iter__(self) -> Any:
        return iter(self.params)

    def __len__(self) -> int:
        return len(self.params)


def register_notification(kind: str, text: Message) -> None:
    """Give the sentence of a kind, lazily translated, with `%(name)s` blanks. Called from AppConfig.ready."""
    registry.notification_texts.add(kind, text)


def notification_text(kind: str, params: Mapping[str, Any]) -> str:
    """The sentence in the reader's language."""
    text = registry.notification_texts.get(kind)
    if text is None:
        return _("Something has happened (%(kind)s).") % {"kind": kind}
    return str(text) % _Blanks(params=params)


def register_texts() -> None:
    register_notification(
        AccountsEvent.RESPONSIBILITY_ASSIGNED,
        gettext_lazy("You answer for “%(duty)s” of %(distributor)s from %(since)s."),
    )
    register_notification(
        AccountsEvent.RESPONSIBILITY_ENDED,
        gettext_lazy("You no longer answer for “%(duty)s” of %(distributor)s after %(until)s."),
    )
    register_notification(
        AccountsEvent.RESPONSIBILITY_HANDED_OVER,
        gettext_lazy("%(count)s duties are handed over to you from %(since)s."),
    )
