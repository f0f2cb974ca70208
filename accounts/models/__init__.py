from accounts.models.absence import Absence
from accounts.models.distributor import Distributor, Territory, Tier
from accounts.models.duty import Duty, Responsibility
from accounts.models.grant import Grant
from accounts.models.invitation import Invitation
from accounts.models.known_address import KnownAddress
from accounts.models.membership import Membership
from accounts.models.pending_hand_over import PendingHandOver
from accounts.models.security import SecurityValue
from accounts.models.user import ApiToken, User

__all__ = [
    "Absence",
    "ApiToken",
    "Distributor",
    "Duty",
    "Grant",
    "Invitation",
    "KnownAddress",
    "Membership",
    "PendingHandOver",
    "Responsibility",
    "SecurityValue",
    "Territory",
    "Tier",
    "User",
]
