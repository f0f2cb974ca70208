"""What one person works on at the order entry: for which distributor, in which draft, with what left unread."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Distributor
from billing.selectors.credit import Credit, credit_of
from core.http import AuthenticatedRequest
from core.ui.numbers import money
from orders.entry.checks import EntryChecks, check_entry
from orders.entry.draft_lock import DraftLock, lock_of
from orders.entry.lines import DraftDetails, change_draft
from orders.entry.pasted import ParsedLines, UnreadRow, match_lines
from orders.entry.pasted_text import PastedLine
from orders.entry.products import (
    OfferedUnit,
    buyable_products,
    clauses_by_code,
    open_drafts,
    products_by_code,
    units_of,
)
from orders.entry.templates import favourite_products
from orders.ordering.enums import OrderStatus
from orders.ordering.errors import CostsMore
from orders.ordering.models import Order, OrderType
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.checking import check_order
from orders.ordering.services.draft_contents import NO_CONTENTS, DraftContents, draft_contents
from orders.ordering.services.order_types import GIFT
from orders.ordering.services.quote import LineInput, PricedLine, Quote
from orders.permissions import can_order, can_order_for

DRAFT = "draft"
DISTRIBUTOR = "for"
MOST_UNREAD = 200
MOST_OTHERS = 50


class OrderEntry:
    """One per request. The draft is the one the address names, else the one touched last."""

    def __init__(self, request: AuthenticatedRequest) -> None:
        self.request = request
        self.user = request.user

    @cached_property
    def distributor(self) -> Distributor:
        """The own company, or the one that the address names: of the own branch, or one for which the person acts."""
        code = self.request.GET.get(DISTRIBUTOR, "")
        seen = Distributor.objects.visible_to(self.user)
        found = seen.filter(code=code) if code else seen.filter(pk=self.user.distributor_id)
        distributor: Distributor | None = found.first()
        if distributor is None or not can_order(self.user, distributor.pk):
            raise Http404
        return distributor

    @property
    def names_nobody(self) -> bool:
        """Whether it must be said first for whom the order is."""
        return self.user.distributor_id is None and DISTRIBUTOR not in self.request.GET

    @property
    def is_on_behalf(self) -> bool:
        return can_order_for(self.user, self.distributor.pk)

    @cached_property
    def others(self) -> list[Distributor]:
        """For whom else of the own branch orders may be placed here."""
        if self.user.distributor_id is None:
            return []
        below = Distributor.objects.visible_to(self.user).ordering().exclude(pk=self.distributor.pk)
        return list(below.order_by("code")[:MOST_OTHERS])

    @cached_property
    def credit(self) -> Credit | None:
        """What may still be ordered on credit; None where no limit is set. One query."""
        return credit_of(self.distributor.pk, day=timezone.localdate())

    @property
    def over_credit(self) -> Decimal:
        """By how much this order would be over the credit limit."""
        quote = self.quote
        if self.credit is None or not quote.type.uses_credit:
            return Decimal(0)
        asked = sum((order.net_amount for order in quote.orders if order.seller_id is None), Decimal(0))
        return max(asked - self.credit.left, Decimal(0)) if asked else Decimal(0)

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
    def quantities(self) -> dict[LineKey, int]:
        return {key: line.quantity for key, line in self.contents.lines.items()}

    @cached_property
    def contents(self) -> DraftContents:
        return draft_contents(order_id=self.order.pk) if self.order else NO_CONTENTS

    @cached_property
    def units(self) -> dict[int, list[OfferedUnit]]:
        """The units of the products in the draft that have other ones than pieces."""
        return units_of({key.product_id for key in self.quantities})

    @cached_property
    def quote(self) -> Quote:
        order = self.order
        return check_order(
            distributor_id=self.distributor.pk,
            actor=self.user,
            lines=self.contents.asked(),
            now=timezone.now(),
            purchase_order_number=order.purchase_order_number if order else "",
            order_id=order.pk if order else None,
            delivery_address_id=order.delivery_address_id if order else None,
            consignee_distributor_id=order.consignee_distributor_id if order else None,
            consignee_outlet_id=order.consignee_outlet_id if order else None,
            wanted_on=order.wanted_on if order else None,
            type_id=order.type_id if order else None,
            contact_id=order.contact_id if order else None,
            invoice_title_id=order.invoice_title_id if order else None,
            with_load=True,
        )

    @cached_property
    def lock(self) -> DraftLock | None:
        """Who else works on the draft at this moment."""
        return lock_of(self.order.pk, self.user) if self.order else None

    @cached_property
    def favourites(self) -> set[int]:
        return favourite_products(actor=self.user, distributor_id=self.distributor.pk)

    @cached_property
    def checks(self) -> EntryChecks:
        return check_entry(self.quote, confirmed=self.confirmed, today=timezone.localdate())

    @property
    def _confirmed_key(self) -> str:
        return f"order-entry-confirmed-{self.distributor.pk}"

    @property
    def confirmed(self) -> list[str]:
        """The checks that were looked at and left as they are."""
        return list(self.request.session.get(self._confirmed_key, []))

    def confirm(self, key: str) -> None:
        self.request.session[self._confirmed_key] = [*self.confirmed, key][-MOST_UNREAD:]
        self.__dict__.pop("checks", None)

    def forget_confirmed(self) -> None:
        """The next order is another one."""
        self.request.session.pop(self._confirmed_key, None)

    def change(
        self,
        changes: Mapping[LineKey, int],
        *,
        add: bool = False,
        details: DraftDetails | None = None,
        days: Mapping[LineKey, date | None] | None = None,
        gift: LineInput | None = None,
        choices: Mapping[LineKey, str] | None = None,
    ) -> None:
        """Save the change; what was read before is read anew when it is asked for."""
        order = change_draft(
            distributor_id=self.distributor.pk,
            actor=self.user,
            now=timezone.now(),
            order_id=self.order.pk if self.order else None,
            changes=changes,
            add=add,
            details=details,
            days=days,
            gift=gift,
            choices=choices,
        )
        self.forget()
        self.__dict__["order"] = order

    @cached_property
    def types(self) -> list[OrderType]:
        """By which types the person may order."""
        return list(OrderType.objects.usable_by(self.user))

    @property
    def may_give(self) -> bool:
        """Whether gifts may be ordered with the lines."""
        return any(one.code == GIFT for one in self.types)

    def forget(self) -> None:
        """Have the draft read anew."""
        for name in ("order", "drafts", "contents", "quantities", "units", "quote", "checks", "lock"):
            self.__dict__.pop(name, None)

    def knows(self, code: str) -> bool:
        return bool(products_by_code(actor=self.user, distributor_id=self.distributor.pk, codes=[code]))

    def add_lines(self, lines: Sequence[PastedLine], *, as_usual: bool = False) -> ParsedLines:
        """Add what can be read to the draft, keep the rest to be looked at.

        A quantity without a unit counts pieces, or the unit whose barcode was given; `as_usual` the unit usually ordered.
        """
        distributor_id = self.distributor.pk
        words = [word for line in lines for word in line.references]
        known = products_by_code(actor=self.user, distributor_id=distributor_id, codes=words)
        if as_usual:
            known = {code: product.as_usual() for code, product in known.items()}
        is_unknown = any(line.references and not any(word in known for word in line.references) for line in lines)
        buyable = buyable_products(distributor_id=distributor_id) if is_unknown else None
        refused = [word for word in words if word not in known or not known[word].buyable]
        clauses = clauses_by_code(distributor_id=distributor_id, codes=refused, on=timezone.localdate())
        parsed = match_lines(lines, known, buyable, clauses)
        if parsed.quantities:
            self.change(parsed.quantities, add=True)
        if parsed.unread:
            self.keep_unread([*self.unread, *parsed.unread])
        if parsed.remarks:
            self.keep_remarks([*self.remarks, *parsed.remarks])
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
    def _remarks_key(self) -> str:
        return f"order-entry-remarks-{self.distributor.pk}"

    @property
    def remarks(self) -> list[str]:
        """Pasted lines that name no product, such as a greeting: shown until they are dismissed."""
        return list(self.request.session.get(self._remarks_key, []))

    def keep_remarks(self, texts: Sequence[str]) -> None:
        if texts or self._remarks_key in self.request.session:
            self.request.session[self._remarks_key] = list(texts[:MOST_UNREAD])

    @property
    def lines(self) -> list[PricedLine]:
        """The lines, wrong ones first, then those to be looked at."""
        odd = self.checks.unusual
        return sorted(self.quote.lines, key=lambda line: (not line.problems, line.product_id not in odd))

    @property
    def agreed_total(self) -> str:
        """What the page shows as the total, to be sent along when the order is placed."""
        return str(self.quote.net_amount)

    @property
    def agreed_prices(self) -> str:
        """The unit prices that the page shows, likewise: key of the line and price by turns."""
        return " ".join(f"{line.key}={line.unit_price}" for line in self.quote.lines if line.unit_price is not None)

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
        """What still prevents placing or is to be looked at, an empty order aside."""
        wrong = sum(1 for problem in self.quote.all_problems if problem.code != "required")
        return len(self.unread) + wrong + self.checks.count
