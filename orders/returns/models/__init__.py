from orders.returns.models.document import InspectedGoods, Return, ReturnLine, ReturnPhoto
from orders.returns.models.history import ReturnedGoods
from orders.returns.models.policy import ReturnPolicy

__all__ = ["InspectedGoods", "Return", "ReturnLine", "ReturnPhoto", "ReturnPolicy", "ReturnedGoods"]
