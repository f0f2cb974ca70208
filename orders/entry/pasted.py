"""From pasted or uploaded lines to quantities by product, to lines that need attention, and to what names no product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from catalogue.enums import unit_words
from core.sentences import sentences
from orders.entry.known_names import KnownNames
from orders.entry.near_codes import NEAREST, NearCodes
from orders.entry.pasted_text import PastedLine, is_code
from orders.ordering.selectors.draft_lines import LineKey

CASE_WORDS = frozenset({"箱", "case", "cases", "cs", "carton", "cartons", "ctn", "ctns"})
PALLET_WORDS = frozenset({"托", "板", "pallet", "pallets", "plt"})
DOZEN_WORDS = frozenset({"打", "dozen", "dz"})
DOZEN = 12


@dataclass(frozen=True, kw_only=True)
class KnownProduct:
    """What a code meant. `buyable` is false where the product is not on sale to the distributor now.

    `unit` is what a piece is called, `units` are its other ones. The code stands for `meant_unit`, empty for the piece;
    `first_quantity` counts it. `usual_quantity` counts the unit in which it is usually ordered, `usual_unit`.
    """

    product_id: int
    code: str
    first_quantity: int
    buyable: bool
    name: str = ""
    name_zh: str = ""
    unit: str = ""
    pack_size: int = 1
    units: frozenset[str] = frozenset()
    meant_unit: str = ""
    usual_unit: str = ""
    usual_quantity: int = 0

    def as_usual(self) -> "KnownProduct":
        """The same in the unit in which it is usually ordered, where its code stands for no unit."""
        if self.meant_unit or not self.usual_unit:
            return self
        return replace(self, meant_unit=self.usual_unit, first_quantity=self.usual_quantity)


@dataclass(frozen=True, kw_only=True)
class UnreadRow:
    """A rejected row: shown until it is corrected or removed. `near` are codes, `names` their products' names."""

    code: str
    quantity: str
    reason: str
    near: Sequence[str] = ()
    names: Sequence[str] = ()
    text: str = ""

    @property
    def offers(self) -> list[tuple[str, str]]:
        return list(zip(self.near, self.names, strict=False))


@dataclass(frozen=True, kw_only=True)
class ParsedLines:
    """What to add to the order by product and unit, what is left over, and the lines without any product."""

    quantities: dict[LineKey, int]
    unread: list[UnreadRow]
    remarks: list[str] = field(default_factory=list)


class BuyableProducts:
    """All that a distributor may buy, to find what a wrong code or a name may mean."""

    def __init__(self, products: Sequence[KnownProduct]) -> None:
        self._products = products
        self._by_code = {product.code: product for product in products}
        self._codes = NearCodes([product.code for product in products])
        self._names = KnownNames([(product.name, product.name_zh) for product in products])

    def named(self, text: str) -> list[KnownProduct]:
        return [self._products[place] for place in self._names.meant(text)]

    def near(self, references: Sequence[str]) -> list[KnownProduct]:
        """The three nearest: by code where something looks like one, else by name."""
        by_code = [self._by_code[code] for word in references if is_code(word) for code in self._codes.of(word)]
        by_name = [self._products[place] for word in references[:1] for place in self._names.near(word)]
        found = {product.code: product for product in [*by_code, *by_name]}
        return list(found.values())[:NEAREST]


def match_lines(
    lines: Sequence[PastedLine],
    known: Mapping[str, KnownProduct],
    buyable: BuyableProducts | None = None,
    clauses: Mapping[str, str] | None = None,
) -> ParsedLines:
    """Match lines to products; one without a quantity takes the least that can be ordered, doubles add up.

    A line that no code explains is matched by name where `buyable` is given, and gets the nearest products where that
    fails too; `clauses` say of a code which clause of the agreement stands against it.
    """
    found = ParsedLines(quantities={}, unread=[])
    for line in (_settled(line, known) for line in lines):
        meant = _meant(line, known, buyable)
        if not meant and _is_remark(line):
            found.remarks.append(line.text)
            continue
        product = meant[0] if len(meant) == 1 else None
        wanted = _wanted(line, product) if product else None
        reason = line.reason or _refusal(line, meant, clauses or {})
        if product is None or reason or wanted is None:
            near = meant[:NEAREST] if meant else buyable.near(line.references) if buyable else []
            found.unread.append(_unread(line, product, near, reason))
            continue
        unit, quantity = wanted
        key = LineKey(product.product_id, unit)
        found.quantities[key] = found.quantities.get(key, 0) + quantity
    return found


def _settled(line: PastedLine, known: Mapping[str, KnownProduct]) -> PastedLine:
    """What could be `code x quantity` and is a code has no quantity."""
    whole = line.references[0] if line.references else ""
    glued = bool(line.written) and whole.lower().endswith(f"x{line.written}") and whole in known
    return replace(line, quantity=None, written="") if glued else line


def _is_remark(line: PastedLine) -> bool:
    return not (line.is_row or line.written or line.reason or any(map(is_code, line.references)))


def _meant(line: PastedLine, known: Mapping[str, KnownProduct], buyable: BuyableProducts | None) -> list[KnownProduct]:
    """The product of the first code that means one; several where two codes mean two, or a name means several."""
    found = {known[word].product_id: known[word] for word in line.references if word in known}
    whole = line.references[0] if line.references else ""
    if whole in known:
        return [known[whole]]
    if found or buyable is None or not whole:
        return list(found.values())
    return buyable.named(whole)


def _wanted(line: PastedLine, product: KnownProduct) -> tuple[str, int] | None:
    """Unit (empty for the piece) and quantity; None where the unit is none that the product has."""
    if line.quantity is None:
        return product.meant_unit, product.first_quantity
    word = line.unit.lower()
    if not word:
        return product.meant_unit, line.quantity
    named = {word, unit_words().get(word, word)}
    words: frozenset[str] = next((words for words in (CASE_WORDS, PALLET_WORDS) if word in words), frozenset())
    unit = next(iter(sorted(product.units & named) or sorted(product.units & words)), "")
    if unit and product.unit.lower() not in named:
        return unit, line.quantity
    pieces = _pieces(line, product)
    return None if pieces is None else ("", pieces)


def _pieces(line: PastedLine, product: KnownProduct) -> int | None:
    """The quantity in pieces, where the word of the unit says so; None where it is not known how many these are."""
    unit = line.unit.lower()
    if line.quantity is None:
        return None
    if unit in CASE_WORDS and product.unit.lower() not in CASE_WORDS:
        return line.quantity * product.pack_size if product.pack_size > 1 else None
    if unit in PALLET_WORDS:
        return None
    return line.quantity * (DOZEN if unit in DOZEN_WORDS else 1)


def _refusal(line: PastedLine, meant: Sequence[KnownProduct], clauses: Mapping[str, str]) -> str:
    words = {"code": line.references[0][:64] if line.references else ""}
    clause = next((clauses[word] for word in line.references if word in clauses), "")
    if not line.references:
        return _("No product is named here.")
    if not meant:
        return sentences((_("“%(code)s” is not in your catalogue.") % words, clause))
    if len(meant) > 1:
        return _("More than one product matches “%(code)s”.") % words
    (product,) = meant
    if not product.buyable:
        message = _("%(code)s is not available to you at the moment.") % {"code": product.code}
        return sentences((message, clause))
    if _wanted(line, product) is None:
        message = _("How many pieces are in “%(unit)s” of %(code)s is not known. Enter the pieces.")
        return message % {"unit": line.unit, "code": product.code}
    return ""


def _unread(line: PastedLine, product: KnownProduct | None, near: Sequence[KnownProduct], reason: str) -> UnreadRow:
    code = product.code if product else (line.references[0] if line.references else "")
    offered = [one for one in near if product is None or one.code != product.code]
    return UnreadRow(
        code=code[:64],
        quantity=f"{line.written}{line.unit}"[:20],
        reason=reason,
        near=[one.code for one in offered],
        names=[one.name for one in offered],
        text=line.text,
    )
