from accounts.models.absence import Absence
from accounts.models.distributor import Distributor, Territory, Tier
from accounts.models.duty import Duty, Responsibility
from accounts.models.notice import Notice
from accounts.models.user import ApiToken, User

__all__ = ["Absence", "ApiToken", "Distributor", "Duty", "Notice", "Responsibility", "Territory", "Tier", "User"]
