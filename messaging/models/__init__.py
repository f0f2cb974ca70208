from messaging.models.attached_file import AttachedFile, is_hashed
from messaging.models.chat_address import ChatAddress
from messaging.models.conversation import ConversationMessage, ConversationRead, MessageFile
from messaging.models.endpoint import Endpoint
from messaging.models.notification import Notification
from messaging.models.preference import Preference
from messaging.models.sending import Sending

__all__ = [
    "AttachedFile",
    "ChatAddress",
    "ConversationMessage",
    "ConversationRead",
    "Endpoint",
    "MessageFile",
    "Notification",
    "Preference",
    "Sending",
    "is_hashed",
]
