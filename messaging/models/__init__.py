from messaging.models.attached_file import AttachedFile, is_hashed
from messaging.models.chat_address import ChatAddress
from messaging.models.endpoint import Endpoint
from messaging.models.notification import Notification
from messaging.models.preference import Preference
from messaging.models.sending import Sending

__all__ = ["AttachedFile", "ChatAddress", "Endpoint", "Notification", "Preference", "Sending", "is_hashed"]
