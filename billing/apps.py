from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from billing.permissions import can_see_accounts
from core.ui import kpis, navigation, tabs

ACCOUNTS = navigation.NavItem(
    key="trade_accounts",
    label=_("Trade accounts"),
    route="billing:accounts",
    group=navigation.NavGroup.ORDERS,
    order=45,
    allowed=can_see_accounts,
)


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = _("Trade accounts")

    def ready(self) -> None:
        from billing.enums import CREDIT_LIMIT, TRADE_ACCOUNT, BillingEvent
        from billing.importers import IMPORTERS
        from billing.models import CreditLimit, TradeAccount
        from billing.selectors.invariants import INVARIANTS
        from billing.views.distributor_tab import account_tab, credit_kpi
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from core.subjects import register_subject_type

        register_invariants(*INVARIANTS)
        register_importers(*IMPORTERS)
        register_subject_type(TRADE_ACCOUNT, TradeAccount, related=("distributor",))
        register_subject_type(CREDIT_LIMIT, CreditLimit)
        register_kinds(BillingEvent)
        explain_constraint(
            "trade_account_of_its_limit", _("Accounts that share a limit have one company and one currency.")
        )
        navigation.register(ACCOUNTS)
        kpis.register(kpis.Kpi(page="distributor", key="credit", kpi_card=credit_kpi, order=35))
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="trade-account",
                label=_("Trade account"),
                template="billing/partials/distributor_tab.html",
                context=account_tab,
                allowed=can_see_accounts,
                order=12,
            )
        )
