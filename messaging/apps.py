from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import context


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from accounts.selectors.open_work import OpenWork, register_open_work
        from core.outbox import subscribe_message
        from messaging.kinds import ACCOUNTS_KINDS
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
        declare_notifications(*ACCOUNTS_KINDS, group="responsibility", label=_("Responsibilities"))
        context.register_unread_notifications(count_unread, "messaging:notifications")
