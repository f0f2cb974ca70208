from orders.fulfilment.waybills.models.parcel import Parcel, ParcelLine
from orders.fulfilment.waybills.models.waybill import Waybill, WaybillShipment

__all__ = ["Parcel", "ParcelLine", "Waybill", "WaybillShipment"]
