from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from inventory.permissions import can_see_stock

PAGES = (
    navigation.NavItem(
        key="transfers",
        label=_("Transfers"),
        route="transfers:transfers",
        group=navigation.NavGroup.STOCK,
        order=73,
        allowed=can_see_stock,
    ),
)


class TransfersConfig(AppConfig):
    name = "transfers"
    verbose_name = _("Transfers")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.subjects import register_subject_type
        from transfers.enums import TransferEvent
        from transfers.models import Transfer
        from transfers.selectors.invariants import INVARIANTS

        register_invariants(*INVARIANTS)
        register_subject_type("transfer", Transfer)
        register_kinds(TransferEvent)
        navigation.register(*PAGES)
