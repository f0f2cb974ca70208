from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import navigation, tabs
from outlets.permissions import can_see_outlets, sees_outlets_as_brand, sees_outlets_as_distributor

OUTLETS = navigation.NavItem(
    key="outlets",
    label=_("Outlets"),
    route="outlets:outlets",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=33,
    allowed=sees_outlets_as_brand,
)
MY_OUTLETS = navigation.NavItem(
    key="my-outlets",
    label=_("Outlets"),
    route="outlets:outlets",
    group=navigation.NavGroup.SETTINGS,
    order=93,
    allowed=sees_outlets_as_distributor,
)


class OutletsConfig(AppConfig):
    name = "outlets"
    verbose_name = _("Outlets")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from core.registry import registry
        from core.subjects import register_subject_type
        from core.ui import search
        from outlets.enums import DirectionEvent, OutletEvent
        from outlets.importers import IMPORTERS
        from outlets.models import Outlet
        from outlets.selectors.control import outlets_panel
        from outlets.selectors.distributor_tab import outlets_of
        from outlets.selectors.invariants import INVARIANTS
        from outlets.views.outlets import outlet_hits

        registry.panels.add("outlets", outlets_panel)
        register_kinds(OutletEvent)
        register_kinds(DirectionEvent)
        register_subject_type("outlet", Outlet)
        register_importers(*IMPORTERS)
        register_invariants(*INVARIANTS)
        navigation.register(OUTLETS, MY_OUTLETS)
        search.register(search.SearchProvider(key="outlet", label=_("Outlets"), find=outlet_hits, order=45))
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="outlets",
                label=_("Outlets"),
                template="outlets/partials/distributor_tab.html",
                context=outlets_of,
                allowed=can_see_outlets,
                order=78,
            )
        )
