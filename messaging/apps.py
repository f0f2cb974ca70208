from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import context, navigation
from messaging.permissions import can_converse

CONVERSATIONS_ENTRY = navigation.NavItem(
    key="conversations",
    label=_("Conversations"),
    route="messaging:conversations",
    group=navigation.NavGroup.SETTINGS,
    order=80,
    allowed=can_converse,
)


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from accounts.selectors.open_work import OpenWork, register_open_work
        from core.events import register_kinds
        from core.outbox import subscribe_message
        from core.registry import registry
        from core.subjects import register_subject_type
        from messaging.conversations import conversation_panel, declare_conversations
        from messaging.enums import ConversationEvent
        from messaging.kinds import ACCOUNTS_KINDS, CONVERSATION_KINDS, MENTION_KINDS
        from messaging.models import ConversationMessage
        from messaging.selectors.conversations import internal_message_events
        from messaging.selectors.notifications import count_unread
        from messaging.services.channels import (
            MailChannel,
            PageChannel,
            WebhookChannel,
            register_channel,
        )
        from messaging.services.notifications import declare_notifications
        from messaging.services.open_work import move_notifications, notifications_waiting, notifications_waiting_of
        from messaging.services.sms import SMS_TOPIC, send_posted_sms

        for channel in (PageChannel(), MailChannel(), WebhookChannel()):
            register_channel(channel)
        subscribe_message(SMS_TOPIC, "messaging.sms", send_posted_sms, elsewhere=True)
        register_open_work(
            OpenWork(
                key="notifications",
                label=_("Notifications that ask for something"),
                count=notifications_waiting,
                count_of=notifications_waiting_of,
                move=move_notifications,
            )
        )
        register_kinds(ConversationEvent)
        register_subject_type("conversation_message", ConversationMessage, label=ConversationMessage.in_timelines)
        declare_conversations("distributor", distributor="pk")
        declare_notifications(*CONVERSATION_KINDS, group="conversation", label=_("Messages"))
        declare_notifications(*MENTION_KINDS, group="mention", label=_("Mentions"))
        registry.panels.add("conversation", conversation_panel)
        registry.private_events.add("conversation", internal_message_events)
        navigation.register(CONVERSATIONS_ENTRY)
        declare_notifications(*ACCOUNTS_KINDS, group="responsibility", label=_("Responsibilities"))
        context.register_unread_notifications(
            context.UnreadSource(
                count=count_unread, route="messaging:notifications", messages_route="messaging:conversations"
            )
        )
