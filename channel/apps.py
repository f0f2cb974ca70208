from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.permissions import can_see_distributors
from accounts.selectors import checklists
from channel.permissions import (
    can_see_agreements,
    can_see_billing,
    sees_agreements_as_brand,
    sees_agreements_as_distributor,
)
from core.ui import navigation, tabs

AGREEMENTS = navigation.NavItem(
    key="agreements",
    label=_("Agreements"),
    route="channel:agreements",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=34,
    allowed=sees_agreements_as_brand,
)
MY_AGREEMENTS = navigation.NavItem(
    key="my-agreements",
    label=_("Agreements"),
    route="channel:agreements",
    group=navigation.NavGroup.SETTINGS,
    order=94,
    allowed=sees_agreements_as_distributor,
)
DEPARTURES = navigation.NavItem(
    key="departures",
    label=_("Departures"),
    route="channel:departures",
    group=navigation.NavGroup.DISTRIBUTORS,
    order=35,
    allowed=sees_agreements_as_brand,
)


class ChannelConfig(AppConfig):
    name = "channel"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from channel.enums import AgreementEvent, RecordEvent
        from channel.importers import IMPORTERS
        from channel.kinds import NOTIFICATION_KINDS
        from channel.models import Agreement, ControlDeparture
        from channel.selectors.distributor_tab import addresses_of, agreements_of, billing_of
        from channel.selectors.invariants import INVARIANTS
        from channel.selectors.open_items import open_agreements
        from channel.selectors.readiness import ITEMS
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from core.open_items import OpenItems, register_open_items
        from core.subjects import register_subject_type
        from messaging.conversations import declare_conversations
        from messaging.services.notifications import declare_notifications

        register_kinds(AgreementEvent)
        register_kinds(RecordEvent)
        register_subject_type("agreement", Agreement)
        register_subject_type("control_departure", ControlDeparture)
        declare_conversations("agreement")
        declare_conversations("control_departure", distributor="agreement.distributor_id")
        register_importers(*IMPORTERS)
        register_invariants(*INVARIANTS)
        register_open_items(OpenItems(key="agreements", describe=open_agreements, order=25))
        declare_notifications(*NOTIFICATION_KINDS, group="agreement", label=_("Agreements"))
        checklists.register(*ITEMS)
        navigation.register(AGREEMENTS, MY_AGREEMENTS, DEPARTURES)
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="agreements",
                label=_("Agreements"),
                template="channel/partials/distributor_tab.html",
                context=agreements_of,
                allowed=can_see_agreements,
                order=20,
            )
        )
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="addresses",
                label=_("Addresses and contacts"),
                template="channel/partials/addresses.html",
                context=addresses_of,
                allowed=can_see_distributors,
                order=80,
            )
        )
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="billing",
                label=_("Invoicing"),
                template="channel/partials/billing.html",
                context=billing_of,
                allowed=can_see_billing,
                order=82,
            )
        )
        explain_constraint(
            "control_rule_price_never_fixed",
            _("A resale price can be recommended or capped, never fixed, unless the distributor is a true agent."),
            code="price_fixed",
        )
        explain_constraint(
            "agreement_terms_frozen",
            _("What was sent is not changed. Create a new revision."),
            code="terms_frozen",
        )
