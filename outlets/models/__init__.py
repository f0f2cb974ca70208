from outlets.models.direction import BusinessDirection
from outlets.models.link import OutletLink
from outlets.models.outlet import Outlet

__all__ = ["BusinessDirection", "Outlet", "OutletLink"]
