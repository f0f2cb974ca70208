from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import unread_notifications


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from core.outbox import subscribe_message
        from messaging.enums import MessagingTopic
        from messaging.kinds import ACCOUNTS_KINDS
        from messaging.selectors.notifications import count_unread
        from messaging.services.channels import MailChannel, PageChannel, WebhookChannel, register_channel
        from messaging.services.mail import send_mail
        from messaging.services.notify import declare_notifications

        for channel in (PageChannel(), MailChannel(), WebhookChannel()):
            register_channel(channel)
        subscribe_message(MessagingTopic.MAIL, "messaging.mail", send_mail)
        declare_notifications(*ACCOUNTS_KINDS)
        unread_notifications.register(count_unread, "messaging:notifications")
