from messaging.models.chat_address import ChatAddress
from messaging.models.notification import Notification
from messaging.models.preference import Preference
from messaging.models.sending import Sending

__all__ = ["ChatAddress", "Notification", "Preference", "Sending"]
