"""How a person is notified: the channels of each group, and the robot of a chat."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.ui.actions import BulkActionView
from core.ui.forms import ServiceFormView
from core.ui.page import Crumb
from messaging.forms.notifications import ChatForm, PreferencesForm
from messaging.models import ChatAddress
from messaging.selectors.preferences import chosen_channels
from messaging.services.preferences import (
    remove_chat_address,
    set_chat_address,
    set_preferences,
    try_chat_address,
)


def way_to_notifications() -> Sequence[Crumb]:
    return [Crumb(label=str(_("Notifications")), url=reverse("messaging:notifications"))]


class SettingsView(ServiceFormView):
    """Which notifications reach me by which channel."""

    title = _("How you are notified")
    form_class = PreferencesForm
    template_name = "messaging/settings.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_notifications()

    def back_url(self) -> str:
        return reverse("messaging:settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "chosen": chosen_channels(self.actor)}

    def form_valid(self, form: Any) -> HttpResponse:
        set_preferences(actor=self.actor, choices=form.choices())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chat = ChatAddress.objects.visible_to(self.actor).first()
        return super().get_context_data(chat=chat, **{**kwargs, "back_url": reverse("messaging:notifications")})


class ChatView(ServiceFormView):
    """The robot of my chat."""

    title = _("Chat webhook")
    form_class = ChatForm
    success_message = _("Saved. Send a test to see whether it arrives.")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_notifications(), Crumb(label=str(SettingsView.title), url=self.back_url())]

    def back_url(self) -> str:
        return reverse("messaging:settings")

    def form_valid(self, form: Any) -> HttpResponse:
        set_chat_address(actor=self.actor, now=timezone.now(), **form.cleaned_data)
        return super().form_valid(form)


class _ChatAction(BulkActionView):
    """A button about the one address a person has."""

    abstract = True

    def get_success_url(self) -> str:
        return reverse("messaging:settings")


class ChatTestView(_ChatAction):
    success_message = _("The chat took the test message.")

    def perform(self, _ids: list[int]) -> None:
        try_chat_address(actor=self.actor)


class ChatRemoveView(_ChatAction):
    success_message = _("Removed. Nothing is sent to this chat any more.")

    def perform(self, _ids: list[int]) -> None:
        remove_chat_address(actor=self.actor)
