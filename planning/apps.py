from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.rules import is_active_user
from core.ui import gauges, navigation

PAGES = (
    navigation.NavItem(
        key="plans",
        label=_("Plans"),
        route="planning:plans",
        icon="target-arrow",
        order=50,
        shortcut="p",
        allowed=is_active_user,
    ),
    navigation.NavItem(
        key="attainment",
        label=_("Plan against actual"),
        route="planning:attainment",
        icon="chart-line",
        order=52,
        allowed=is_active_user,
    ),
)


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        from core.importing import register_importers
        from planning.importers import IMPORTERS

        register_importers(*IMPORTERS)
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.subjects import register_subject_type
        from planning.enums import PlanningEvent
        from planning.models import SalesPlan
        from planning.views.gauge import plan_gauge
        from pricing.models import PriceList

        register_subject_type("price_list", PriceList)
        register_subject_type("sales_plan", SalesPlan)
        register_kinds(PlanningEvent)
        explain_constraint("sales_plan_periods_add_up", _("The periods do not add up to the plan."))
        explain_constraint("sales_plan_mix_adds_up", _("The product mix does not add up to its period."))
        explain_constraint("sales_plan_parts_add_up", _("The parts do not add up to the agreed plan."))
        gauges.register(gauges.Gauge(page="distributor", key="plan", meter=plan_gauge, order=20))
        navigation.register(*PAGES)
