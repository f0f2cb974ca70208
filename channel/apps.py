from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from channel.permissions import can_see_agreements, sees_agreements_as_brand, sees_agreements_as_distributor
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


class ChannelConfig(AppConfig):
    name = "channel"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from channel.enums import AgreementEvent
        from channel.kinds import NOTIFICATION_KINDS
        from channel.models import Agreement
        from channel.selectors.distributor_tab import agreements_of
        from channel.selectors.invariants import INVARIANTS
        from channel.selectors.open_items import open_agreements
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.open_items import OpenItems, register_open_items
        from core.subjects import register_subject_type
        from messaging.services.notifications import declare_notifications

        register_kinds(AgreementEvent)
        register_subject_type("agreement", Agreement)
        register_invariants(*INVARIANTS)
        register_open_items(OpenItems(key="agreements", describe=open_agreements, order=25))
        declare_notifications(*NOTIFICATION_KINDS, group="agreement", label=_("Agreements"))
        navigation.register(AGREEMENTS, MY_AGREEMENTS)
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
        explain_constraint(
            "agreement_terms_frozen",
            _("What was sent is not changed. Create a new revision."),
            code="terms_frozen",
        )
