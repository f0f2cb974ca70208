"""Forms of what a person chooses: notifications by channel, and the robot of a chat."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from messaging.enums import ChannelName, ChatKind
from messaging.kinds import group_label, group_names

_OFFERED = ((ChannelName.MAIL.value, ChannelName.MAIL.label), (ChannelName.WEBHOOK.value, ChannelName.WEBHOOK.label))


class PreferencesForm(forms.Form):
    """For each group of notifications the channels beside the page."""

    def __init__(self, *args: Any, chosen: Mapping[tuple[str, str], bool], **options: Any) -> None:
        super().__init__(*args, **options)
        for group in group_names():
            self.fields[group] = forms.MultipleChoiceField(
                label=str(group_label(group)),
                choices=_OFFERED,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[channel for channel, _label in _OFFERED if chosen[group, channel]],
            )

    def choices(self) -> dict[tuple[str, str], bool]:
        """What was ticked, and what was not."""
        return {
            (group, channel): channel in self.cleaned_data[group]
            for group in self.fields
            for channel, _label in _OFFERED
        }


class ChatForm(forms.Form):
    kind = forms.ChoiceField(choices=ChatKind.choices, label=_("Chat"))
    url = forms.CharField(
        max_length=500,
        label=_("Webhook address"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Add a robot to a chat group and copy its address. It is not shown again."),
    )
    secret = forms.CharField(
        max_length=200,
        required=False,
        label=_("Signing secret"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if the robot of DingTalk or Feishu checks signatures."),
    )
