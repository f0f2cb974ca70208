"""Waves: orders of a warehouse picked together, with short picks, shipped at once or given up."""

from collections.abc import Callable, Mapping
from typing import Any

from orders.fulfilment.waves.models import Pick, Wave
from orders.fulfilment.waves.services.cancelling import cancel_wave, take_out
from orders.fulfilment.waves.services.making import make_wave
from orders.fulfilment.waves.services.picking import Picked, pick_all, record_picks
from orders.fulfilment.waves.services.shipping import ship_wave
from orders.models import Order
from tests.orders.clock import NOW
from tests.properties.goods import one_of


class Waves:
    """Steps of whoever works in the warehouse; `self` is the world of `goods_back`."""

    people: Any
    orders: Callable[..., list[Order]]

    @property
    def wave_steps(self) -> Mapping[str, Callable[[int], Any]]:
        return {
            "wave": self.wave, "pick": self.pick, "pick_short": self.pick_short, "ship_wave": self.ship_wave,
            "give_up_wave": self.give_up_wave, "take_out": self.take_out,
        }  # fmt: skip

    def wave(self, number: int) -> None:
        """Up to three orders."""
        waiting = self.orders("approved", "picking", "partly_shipped")
        first = number % max(len(waiting), 1)
        chosen = [order.pk for order in waiting[first : first + 1 + number % 3]] or [one_of(waiting, number).pk]
        make_wave(order_ids=chosen, actor=self.people.warehouse, now=NOW)

    def _wave(self, number: int, *states: str) -> Wave:
        found: Wave = one_of(Wave.objects.filter(status__in=states).order_by("pk"), number)
        return found

    def pick(self, number: int) -> None:
        pick_all(wave_id=self._wave(number, "open").pk, actor=self.people.warehouse, now=NOW)

    def pick_short(self, number: int) -> None:
        """Of one pick a piece less is there, or none at all."""
        wave = self._wave(number, "open", "picked")
        pick = one_of(Pick.objects.filter(line__wave=wave).order_by("pk"), number)
        there = 0 if number % 2 else pick.quantity - 1
        picked = [Picked(pick_id=pick.pk, pieces=there, reason="not_found")]
        record_picks(wave_id=wave.pk, picked=picked, actor=self.people.warehouse, now=NOW)

    def ship_wave(self, number: int) -> None:
        ship_wave(wave_id=self._wave(number, "picked").pk, actor=self.people.warehouse, now=NOW)

    def give_up_wave(self, number: int) -> None:
        cancel_wave(wave_id=self._wave(number, "open", "picked").pk, actor=self.people.warehouse, now=NOW)

    def take_out(self, number: int) -> None:
        wave = self._wave(number, "open", "picked")
        orders = Order.objects.filter(lines__wave_lines__wave=wave).distinct().order_by("pk")
        take_out(wave_id=wave.pk, order_id=one_of(orders, number).pk, actor=self.people.warehouse, now=NOW)

    def leave_waves(self, order: Order) -> None:
        """What the outbox does next for an order that is called off."""
        waves = Wave.objects.filter(lines__order_line__order=order, lines__is_open=True).distinct()
        for wave in list(waves.order_by("pk")):
            take_out(wave_id=wave.pk, order_id=order.pk, actor=None, now=NOW)
