from orders.returns.models.document import Return, ReturnLine, ReturnPart, ReturnPhoto
from orders.returns.models.history import ReturnedGoods
from orders.returns.models.policy import ReturnPolicy

__all__ = ["Return", "ReturnLine", "ReturnPart", "ReturnPhoto", "ReturnPolicy", "ReturnedGoods"]
