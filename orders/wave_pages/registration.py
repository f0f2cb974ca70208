"""What waves add to the program: invariants, events, subjects, what follows a cancelled order. Called when it starts."""

from core.events import register_kinds
from core.invariants import register_invariants
from core.outbox import subscribe
from core.subjects import register_subject_type
from orders.fulfilment.waves.enums import WAVE, WaveEvent
from orders.fulfilment.waves.models import Wave
from orders.fulfilment.waves.selectors.invariants import INVARIANTS
from orders.fulfilment.waves.services import cancelling


def register_waves() -> None:
    register_invariants(*INVARIANTS)
    register_kinds(WaveEvent)
    register_subject_type(WAVE, Wave)
    for topic in cancelling.TOPICS:
        subscribe(topic, "orders.waves", cancelling.take_out_called_off, elsewhere=True)
