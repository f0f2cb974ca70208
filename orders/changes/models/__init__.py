from orders.changes.models.approval import ApprovalCheck, ApprovalRule
from orders.changes.models.hold_question import HoldQuestion
from orders.changes.models.price_decision import PriceDecision
from orders.changes.models.request import ChangeRequest, ChangeRequestLine

__all__ = ["ApprovalCheck", "ApprovalRule", "ChangeRequest", "ChangeRequestLine", "HoldQuestion", "PriceDecision"]
