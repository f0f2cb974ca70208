"""What one person works on at the order entry: for which distributor, in which draft, with what left unread."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Distributor
from core.http import AuthenticatedRequest
from core.ui.numbers import money
from inventory.selectors.pasted_lines import WantedLine
from orders.ordering.entry.lines import DraftDetails, change_draft
from orders.ordering.entry.pasted import ParsedLines, UnreadRow, parse_lines
from orders.ordering.entry.products import clauses_by_code, draft_quantities, near_codes, open_drafts, products_by_code
from orders.ordering.enums import OrderStatus
from orders.ordering.errors import CostsMore
from orders.ordering.models import Order
from orders.ordering.services.checking import check_order
from orders.ordering.services.quote import LineInput, PricedLine, Quote

DRAFT = "draft"
DISTRIBUTOR = "for"
MOST_UNREAD = 50
MOST_OTHERS = 50


class OrderEntry:
    """One per request. The draft is the one the address names, else the one touched last."""

    def __init__(self, request: AuthenticatedRequest) -> None:
        self.request = request
        self.user = request.user

    @cached_property
    def distributor(self) -> Distributor:
        """The own company, or the one of the own branch that the address names."""
        code = self.request.GET.get(DISTRIBUTOR, "")
        seen = Distributor.objects.visible_to(self.user)
        found = seen.filter(code=code) if code else seen.filter(pk=self.user.distributor_id)
        distributor: Distributor | None = found.first()
        if distributor is None:
            raise Http404
        return distributor

    @cached_property
    def others(self) -> list[Distributor]:
        """For whom else of the own branch orders may be placed here."""
        below = Distributor.objects.visible_to(self.user).ordering().exclude(pk=self.distributor.pk)
        return list(below.order_by("code")[:MOST_OTHERS])

    @cached_property
    def drafts(self) -> list[Order]:
        return open_drafts(actor=self.user, distributor_id=self.distributor.pk)

    @cached_property
    def order(self) -> Order | None:
        named = self.request.GET.get(DRAFT, "")
        if not named:
            return self.drafts[0] if self.drafts else None
        found = Order.objects.visible_to(self.user).filter(distributor=self.distributor).named(named).first()
        if found is None:
            raise Http404
        return found if found.status == OrderStatus.DRAFT else None

    @property
    def query(self) -> str:
        """The address's question part that keeps the reader in this draft."""
        named = {}
        if self.distributor.pk != self.user.distributor_id:
            named[DISTRIBUTOR] = self.distributor.code
        if self.order and self.drafts and self.order.pk != self.drafts[0].pk:
            named[DRAFT] = self.order.reference
        return f"?{urlencode(named)}" if named else ""

    @cached_property
    def quantities(self) -> dict[int, int]:
        return draft_quantities(order_id=self.order.pk) if self.order else {}

    @cached_property
    def quote(self) -> Quote:
        return check_order(
            distributor_id=self.distributor.pk,
            actor=self.user,
            lines=[LineInput(product, quantity) for product, quantity in self.quantities.items()],
            now=timezone.now(),
            purchase_order_number=self.order.purchase_order_number if self.order else "",
            order_id=self.order.pk if self.order else None,
            delivery_address_id=self.order.delivery_address_id if self.order else None,
        )

    def change(self, changes: Mapping[int, int], *, add: bool = False, details: DraftDetails | None = None) -> None:
        """Save the change; what was read before is read anew when it is asked for."""
        order = change_draft(
            distributor_id=self.distributor.pk,
            actor=self.user,
            now=timezone.now(),
            order_id=self.order.pk if self.order else None,
            changes=changes,
            add=add,
            details=details,
        )
        self.forget()
        self.__dict__["order"] = order

    def forget(self) -> None:
        """Have the draft read anew."""
        for name in ("order", "drafts", "quantities", "quote"):
            self.__dict__.pop(name, None)

    def knows(self, code: str) -> bool:
        return bool(products_by_code(actor=self.user, distributor_id=self.distributor.pk, codes=[code]))

    def add_lines(self, wanted: Sequence[WantedLine]) -> ParsedLines:
        """Add what can be read to the draft, keep the rest to be looked at."""
        codes = [line.code for line in wanted]
        known = products_by_code(actor=self.user, distributor_id=self.distributor.pk, codes=codes)
        is_unknown = any(not line.reason and line.code not in known for line in wanted)
        near = near_codes(distributor_id=self.distributor.pk) if is_unknown else None
        refused = [code for code in codes if code not in known or not known[code].buyable]
        clauses = clauses_by_code(distributor_id=self.distributor.pk, codes=refused, on=timezone.localdate())
        parsed = parse_lines(wanted, known, near, clauses)
        if parsed.quantities:
            self.change(parsed.quantities, add=True)
        if parsed.unread:
            self.keep_unread([*self.unread, *parsed.unread])
        return parsed

    @property
    def _unread_key(self) -> str:
        return f"order-entry-unread-{self.distributor.pk}"

    @property
    def unread(self) -> list[UnreadRow]:
        return [UnreadRow(**row) for row in self.request.session.get(self._unread_key, [])]

    def keep_unread(self, rows: Sequence[UnreadRow]) -> None:
        """Remember at most MOST_UNREAD rows with the session; none forgets them."""
        kept = [asdict(row) for row in rows[:MOST_UNREAD]]
        if kept or self._unread_key in self.request.session:
            self.request.session[self._unread_key] = kept

    @property
    def lines(self) -> list[PricedLine]:
        """The lines, wrong ones first."""
        return sorted(self.quote.lines, key=lambda line: not line.problems)

    @property
    def agreed_total(self) -> str:
        """What the page shows as the total, to be sent along when the order is placed."""
        return str(self.quote.net_amount)

    @property
    def agreed_prices(self) -> str:
        """The unit prices that the page shows, likewise: product and price by turns."""
        return " ".join(
            f"{line.product_id}={line.unit_price}" for line in self.quote.lines if line.unit_price is not None
        )

    @property
    def _rises_key(self) -> str:
        return f"order-entry-rises-{self.distributor.pk}"

    def keep_rises(self, error: CostsMore) -> None:
        """Remember what rose while the buyer looked at the order, to be shown beside what they agreed to."""
        self.request.session[self._rises_key] = [
            [rise.code, money(rise.agreed, error.currency), money(rise.current, error.currency)] for rise in error.rises
        ]

    def take_rises(self) -> list[list[str]]:
        """What rose since the buyer agreed: shown one time."""
        taken: list[list[str]] = self.request.session.pop(self._rises_key, [])
        return taken

    @property
    def problem_count(self) -> int:
        """What still prevents placing, an empty order aside."""
        return len(self.unread) + sum(1 for problem in self.quote.all_problems if problem.code != "required")
