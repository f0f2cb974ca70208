"""What an order is made of before it is placed: what was asked for, and each line and each order as it would be placed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import gcd
from typing import Any, NamedTuple

from catalogue.enums import unit_label
from catalogue.rules.loads import Load, Packaging, load_of
from catalogue.selectors import orderable_quantity
from channel.enums import FreightTerms
from core.errors import Problem
from inventory.promise import Promise, ScheduleLine
from inventory.selectors.availability import Route
from orders.ordering.enums import AdjustmentKind, WhenShort
from orders.ordering.errors import LineProblem
from orders.ordering.minimums import Minimum, Wanted, minimums_of
from orders.ordering.selectors.draft_lines import LineKey
from pricing.selectors.prices import LinePrice


class LineInput(NamedTuple):
    """A line as it was asked for: a product by its id (int), or by its code or barcode (str), and how many of a unit.

    Without `unit` these are pieces, or what the barcode of a unit stands for. `position` counts from 0 as it was sent;
    `agreed_unit_price` is what the person saw, where they say so; `when_short` says what becomes of it when not all is there.
    A gift names the product of the line that earned it in `gift_with`, likewise by id, code or barcode.
    """

    product: int | str
    quantity: int
    wanted_on: date | None = None
    position: int = 0
    agreed_unit_price: Decimal | None = None
    unit: str = ""
    gift_with: int | str | None = None
    when_short: str = ""


@dataclass(frozen=True, kw_only=True)
class QuotedType:
    """The type of the order with its switches, and who may use it."""

    id: int
    is_priced: bool
    uses_credit: bool
    counts_as_sale: bool
    is_taxed: bool
    roles: Sequence[str]
    is_active: bool


@dataclass(frozen=True, kw_only=True)
class QuotedTerms:
    """The agreement that a line is bought under. Amounts are in its `currency`, weights in kg.

    A truck is full by its weight or by its pallets. `below_minimum` says what becomes of an order that is too small.
    """

    agreement_id: int
    number: str
    currency: str
    order_minimum: Decimal | None
    minimum_weight: Decimal | None
    minimum_pallets: int | None
    full_truck_weight: Decimal | None
    full_truck_pallets: int | None
    below_minimum: str
    freight_surcharge: Decimal | None
    freight: str
    freight_free_from: Decimal | None

    @property
    def wanted(self) -> Wanted:
        """What an order has to reach."""
        return Wanted(
            amount=self.order_minimum,
            weight=self.minimum_weight,
            pallets=self.minimum_pallets,
            truck_weight=self.full_truck_weight,
            truck_pallets=self.full_truck_pallets,
        )


@dataclass(kw_only=True)
class PricedLine:
    """One line as it would be ordered. `amount` is in the quote's currency, `cost` in the company's.

    `line` counts from 0 as it was sent. `units` are those asked for, of `pieces_per_unit` each, at `unit_price`; they make
    `quantity`, which is pieces, as are least quantity, multiple and stock. `gross` is what the list price comes to, `amount`
    what is paid: nothing for what is free of charge, and then `free` says why. `warehouse_id` is where it ships from, of
    the seller `seller_id` (a distributor, or the company where there is none).

    `earliest_on` is when it could arrive if all is there, `promised_on` when it would, by the wanted day; both None where
    nobody supplies it. `packaging` is known where it was asked for and where the agreement has a minimum by weight or
    pallets. Where it is short and `waits` by its choice, `promise` says what can come when.
    """

    line: int
    asked: str
    quantity: int
    product_id: int | None
    code: str
    name: str
    status: str
    unit: str
    units: int
    pieces_per_unit: int
    has_unit: bool
    last_order_on: date | None
    successor_id: int | None
    successor_code: str
    minimum_quantity: int
    order_multiple: int
    category_id: int | None
    wanted_on: date | None
    agreed_unit_price: Decimal | None
    may_buy: bool
    available: int
    price: LinePrice | None
    gross: Decimal
    amount: Decimal
    cost: Decimal
    free: AdjustmentKind | None
    gift_with: int | str | None
    warehouse_id: int | None
    earliest_on: date | None
    promised_on: date | None
    seller_id: int | None
    terms: QuotedTerms | None
    when_short: str = ""
    waits: bool = False
    promise: Promise | None = None
    packaging: Packaging | None = None
    earning: "PricedLine | None" = None
    problems: list[LineProblem] = field(default_factory=list)

    @property
    def unit_price(self) -> Decimal | None:
        return self.price.amount if self.price else None

    @property
    def key(self) -> LineKey:
        """What names the line within its order."""
        is_piece = self.has_unit and self.pieces_per_unit == 1
        return LineKey(self.product_id or 0, "" if is_piece else self.unit)

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return unit_label(self.unit)

    @property
    def step(self) -> int:
        """The step in which units can be ordered: of cases of 6, where pieces go by 4, every second one."""
        return self.order_multiple // gcd(self.order_multiple, self.pieces_per_unit)

    def orderable_units(self, at_least: int) -> int:
        """The smallest number of units, of so many pieces at least, that can be ordered."""
        least = -(-max(at_least, self.minimum_quantity) // self.pieces_per_unit)
        return orderable_quantity(least, minimum=1, multiple=self.step)

    @property
    def back_ordered(self) -> tuple[ScheduleLine, ...]:
        """What of the line waits, by its choice; nothing where all of it is there by now."""
        if not self.waits or self.promise is None or self.promise.free_now >= self.promise.whole.pieces:
            return ()
        if self.when_short == WhenShort.WAIT:
            return (self.promise.whole,)
        ships_now = self.promise.parts[0].ship_on == self.promise.first_ship_day
        return self.promise.parts[1:] if ships_now else self.promise.parts

    @property
    def taken_now(self) -> int:
        """What is reserved at once."""
        return self.quantity - sum(part.pieces for part in self.back_ordered)

    @property
    def arrives_on(self) -> date | None:
        """The day on which all of the line is there; None where nobody knows."""
        return latest([self.promised_on, *(part.arrives_on for part in self.back_ordered)])


def latest(days: Sequence[date | None]) -> date | None:
    """The last of some days; None where one of them is not known, or there is none."""
    return None if None in days else max((day for day in days if day is not None), default=None)


def _load(lines: Sequence[PricedLine]) -> Load:
    packaging = {line.product_id: line.packaging for line in lines if line.product_id is not None and line.packaging}
    return load_of([(line.product_id, line.quantity) for line in lines if line.product_id is not None], packaging)


@dataclass(frozen=True, kw_only=True)
class QuotedOrder:
    """What becomes one order: the lines of one seller under one agreement."""

    seller_id: int | None
    terms: QuotedTerms | None
    lines: list[PricedLine]

    @property
    def gross_amount(self) -> Decimal:
        return sum((line.gross for line in self.lines), Decimal(0))

    @property
    def net_amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def cost_amount_company(self) -> Decimal:
        return sum((line.cost for line in self.lines), Decimal(0))

    @property
    def unit_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def load(self) -> Load:
        """What it weighs, and on how many pallets it goes, where the packaging was read."""
        return _load(self.lines)

    @property
    def promised_on(self) -> date | None:
        """When all of it has arrived; None where nobody knows of a line."""
        return latest([line.arrives_on for line in self.lines])

    @property
    def warehouse_id(self) -> int | None:
        """Where the first line ships from: others may ship from another warehouse of the seller."""
        return self.lines[0].warehouse_id if self.lines else None

    @property
    def freight(self) -> str:
        """Who pays the freight, as it was agreed and what the amount makes of it; empty where nothing was agreed."""
        if self.terms is None or self.terms.freight != FreightTerms.SELLER_FROM:
            return self.terms.freight if self.terms else ""
        return str(FreightTerms.BUYER if self.missing_for_freight else FreightTerms.SELLER)

    @property
    def missing_for_freight(self) -> Decimal:
        """How much more makes the seller pay the freight."""
        return self._missing(self.terms.freight_free_from if self.terms else None)

    def minimums_in(self, currency: str) -> list[Minimum]:
        """How far it is from each minimum of its agreement; from one by amount where that is in the order's currency."""
        if self.terms is None:
            return []
        wanted = self.terms.wanted
        if self.terms.currency != currency:
            wanted = replace(wanted, amount=None)
        load = self.load if wanted.by_load else Load()
        return list(minimums_of(wanted, amount=self.net_amount, load=load))

    @property
    def missing_for_minimum(self) -> Decimal:
        return self._missing(self.terms.order_minimum if self.terms else None)

    def _missing(self, wanted: Decimal | None) -> Decimal:
        return max((wanted or Decimal(0)) - self.net_amount, Decimal(0))


@dataclass(kw_only=True)
class Quote:
    """An order before it is placed. `problems` are those of the whole; those of a line are in the line.

    `delivery_address_id` is the address that was asked for, or the default one; None where it is not the receiver's or not
    in force, or where there is none. The consignee is the one that was asked for, None where the distributor does not
    supply it. `routes` are those by which anybody supplies it, by their warehouse. `outside` is what the hold says of an
    address outside the territories of agreements, None where it is not; `above_limit` likewise of an amount above the
    limit of who orders; `warnings` stop nothing.
    """

    company_id: int
    distributor_id: int
    distributor_status: str
    currency: str
    company_currency: str
    exchange_rate: Decimal | None
    is_supplied: bool
    manager_id: int | None
    ordered_on: date
    wanted_on: date | None
    taken_by: str | None
    delivery_address_id: int | None
    consignee_distributor_id: int | None
    consignee_outlet_id: int | None
    contact_id: int | None
    invoice_title_id: int | None
    outside: Mapping[str, Any] | None
    has_grace: bool
    routes: Mapping[int, Route]
    blocking_policy_id: int | None
    type: QuotedType
    lines: list[PricedLine]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    above_limit: Mapping[str, Any] | None = None

    @property
    def orders(self) -> list[QuotedOrder]:
        """The lines by seller and agreement, in the order of the first line of each: what one basket becomes."""
        found: dict[tuple[int | None, int | None], list[PricedLine]] = {}
        for line in self.lines:
            source = line.earning or line
            agreement_id = source.terms.agreement_id if source.terms else None
            found.setdefault((source.seller_id, agreement_id), []).append(line)
        return [
            QuotedOrder(seller_id=seller_id, terms=(lines[0].earning or lines[0]).terms, lines=lines)
            for (seller_id, _agreement), lines in found.items()
        ]

    @property
    def promised_on(self) -> date | None:
        """When all of it has arrived; None where nobody knows of a line."""
        return latest([line.arrives_on for line in self.lines])

    @property
    def earliest_on(self) -> date | None:
        """When the last of it could arrive if all is there."""
        return max((line.earliest_on for line in self.lines if line.earliest_on is not None), default=None)

    @property
    def gross_amount(self) -> Decimal:
        return sum((line.gross for line in self.lines), Decimal(0))

    @property
    def discount_amount(self) -> Decimal:
        """What is free of charge."""
        return self.gross_amount - self.net_amount

    @property
    def net_amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def net_amount_company(self) -> Decimal | None:
        """In the company's currency; None where the rate is not known."""
        return None if self.exchange_rate is None else self.net_amount * self.exchange_rate

    @property
    def cost_amount_company(self) -> Decimal:
        """In the company's currency, whatever the order's is."""
        return sum((line.cost for line in self.lines), Decimal(0))

    @property
    def unit_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def minimums(self) -> Iterator[tuple[QuotedOrder, QuotedTerms, list[Minimum]]]:
        """Each order that has to reach any minimum of its agreement, with how far it is; none of what has no price."""
        for order in self.orders if self.type.is_priced else ():
            if order.terms is not None and (minimums := order.minimums_in(self.currency)):
                yield order, order.terms, minimums

    @property
    def load(self) -> Load:
        """What all of it weighs, and on how many pallets it goes, where the packaging was read."""
        return _load(self.lines)

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for line in self.lines for problem in line.problems)]
