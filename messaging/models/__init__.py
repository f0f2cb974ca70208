from messaging.models.notification import Notification
from messaging.models.preference import Preference

__all__ = ["Notification", "Preference"]
