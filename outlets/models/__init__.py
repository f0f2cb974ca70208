from outlets.models.link import OutletLink
from outlets.models.outlet import Outlet

__all__ = ["Outlet", "OutletLink"]
