"""What waves add to the program: menu, invariants, events, subjects, what follows a cancelled order. Called when it starts."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.events import register_kinds
from core.invariants import register_invariants
from core.outbox import subscribe
from core.subjects import register_subject_type
from core.ui import navigation
from inventory.permissions import can_see_stock
from orders.fulfilment.waves.enums import WAVE, WaveEvent
from orders.fulfilment.waves.models import Wave
from orders.fulfilment.waves.selectors.invariants import INVARIANTS
from orders.fulfilment.waves.services import cancelling
from orders.permissions import can_handle

TO_SHIP = navigation.NavItem(
    key="to-ship",
    label=_("Orders to ship"),
    route="orders:to-ship",
    group=navigation.NavGroup.ORDERS,
    order=22,
    allowed=lambda actor: actor.is_active and can_handle(actor),
)
WAVES = navigation.NavItem(
    key="waves",
    label=_("Waves"),
    route="orders:waves",
    group=navigation.NavGroup.ORDERS,
    order=24,
    allowed=lambda actor: actor.is_active and can_handle(actor),
)
PLACES = navigation.NavItem(
    key="places",
    label=pgettext_lazy("warehouse", "Places"),
    route="orders:places",
    group=navigation.NavGroup.STOCK,
    order=75,
    allowed=can_see_stock,
)


def register_waves() -> None:
    register_invariants(*INVARIANTS)
    register_kinds(WaveEvent)
    register_subject_type(WAVE, Wave)
    navigation.register(TO_SHIP, WAVES, PLACES)
    for topic in cancelling.TOPICS:
        subscribe(topic, "orders.waves", cancelling.take_out_called_off, elsewhere=True)
