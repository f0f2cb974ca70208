"""The address of everybody's first page: shows the one of the person's role."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponseBase

from accounts.enums import Role
from core.ui.page import Page
from distribution.home.views.distributor import DistributorHome, KeeperHome
from distribution.home.views.money import MoneyHome
from distribution.home.views.panels import HomePage
from distribution.home.views.staff import AdministratorHome, DirectorHome, ManagerHome, WarehouseHome

HOMES: Mapping[str, type[HomePage]] = {
    Role.ADMINISTRATOR: AdministratorHome,
    Role.DIRECTOR: DirectorHome,
    Role.MANAGER: ManagerHome,
    Role.WAREHOUSE: WarehouseHome,
    Role.FINANCE: MoneyHome,
    Role.OWNER: DistributorHome,
    Role.BUYER: DistributorHome,
    Role.KEEPER: KeeperHome,
    Role.ACCOUNTANT: MoneyHome,
}


class HomeView(Page):
    """The page of people without a role."""

    template_name = "distribution/home_nobody.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        home = HOMES.get(getattr(self.actor, "role", ""))
        return home.as_view()(request) if home else self.render_to_response(self.get_context_data())
