from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_see_distributors
from channel.permissions import can_see_agreements, sees_agreements_as_brand
from core.ui import kpis, navigation, tabs
from planning.permissions import can_see_quotas, can_see_sales, is_about_plans

PAGES = (
    navigation.NavItem(
        key="plans",
        label=_("Plans"),
        route="planning:plans",
        group=navigation.NavGroup.PLANS,
        order=50,
        shortcut="p",
        allowed=is_about_plans,
    ),
    navigation.NavItem(
        key="attainment",
        label=_("Plan against actual"),
        route="planning:attainment",
        group=navigation.NavGroup.PLANS,
        order=48,
        allowed=is_about_plans,
    ),
    navigation.NavItem(
        key="minimums",
        label=_("Minimum purchases"),
        route="planning:minimums",
        group=navigation.NavGroup.PLANS,
        order=53,
        allowed=sees_agreements_as_brand,
    ),
    navigation.NavItem(
        key="quotas",
        label=_("Quotas"),
        route="planning:quotas",
        group=navigation.NavGroup.PLANS,
        order=54,
        allowed=lambda actor: is_about_plans(actor) and can_see_quotas(actor),
    ),
    navigation.NavItem(
        key="distributor-sales",
        label=_("Sales by distributor"),
        route="planning:distributor-sales",
        group=navigation.NavGroup.PLANS,
        order=56,
        allowed=can_see_sales,
    ),
    navigation.NavItem(
        key="manager-sales",
        label=_("Sales by manager"),
        route="planning:manager-sales",
        group=navigation.NavGroup.PLANS,
        order=58,
        allowed=can_see_sales,
    ),
)


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        from core.importing import register_importers
        from messaging.conversations import declare_conversations
        from planning.importers import IMPORTERS

        register_importers(*IMPORTERS)
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.open_items import OpenItems, register_open_items
        from core.subjects import register_subject_type
        from planning.enums import PlanningEvent
        from planning.models import SalesPlan
        from planning.selectors.directions import directions_of
        from planning.selectors.invariants import INVARIANTS
        from planning.selectors.open_items import open_plans
        from planning.selectors.revenue import revenue_by_manager
        from planning.views.kpi import plan_kpi
        from planning.views.minimums import minimum_kpi, minimums_of_agreement
        from planning.views.sales import sales_of
        from pricing.models import PriceList
        from responsibility.selectors.load import REVENUE

        register_invariants(*INVARIANTS)
        REVENUE.add("sales", revenue_by_manager)
        register_subject_type("price_list", PriceList)
        register_subject_type("sales_plan", SalesPlan)
        declare_conversations("sales_plan")
        register_kinds(PlanningEvent)
        register_open_items(OpenItems(key="plans", describe=open_plans, order=30))
        explain_constraint("sales_plan_periods_add_up", _("The periods do not add up to the plan."))
        explain_constraint("sales_plan_mix_adds_up", _("The product mix does not add up to its period."))
        explain_constraint("sales_plan_children_add_up", _("The parts do not add up to the confirmed plan."))
        kpis.register(kpis.Kpi(page="distributor", key="plan", kpi_card=plan_kpi, order=20))
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="sales",
                label=_("Plan and sales"),
                template="planning/partials/distributor_tab.html",
                context=sales_of,
                allowed=is_about_plans,
                order=15,
            )
        )
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="direction",
                label=_("Direction of business"),
                template="planning/partials/directions.html",
                context=directions_of,
                allowed=can_see_distributors,
                order=79,
            )
        )
        kpis.register(kpis.Kpi(page="distributor", key="minimum", kpi_card=minimum_kpi, order=22))
        tabs.register(
            tabs.ExtraTab(
                page="agreement",
                key="minimum",
                label=_("Minimum purchase"),
                template="planning/partials/agreement_minimums.html",
                context=minimums_of_agreement,
                allowed=can_see_agreements,
                order=10,
            )
        )
        navigation.register(*PAGES)
