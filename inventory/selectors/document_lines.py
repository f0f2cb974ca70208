"""What people write as lines of a document of the warehouse: codes, quantities and units, found as products."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from catalogue.enums import unit_label
from catalogue.models import Product, ProductUnit
from catalogue.selectors import find_by_code
from core.actors import Actor
from core.errors import Problem
from inventory.models import Stock
from inventory.rules import MOST_PIECES


@dataclass(frozen=True, kw_only=True)
class WrittenLine:
    """A line as somebody wrote it. Without a unit the code says it: that of a case counts cases."""

    code: str
    quantity: int
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentLine:
    """So many of a unit of a product; the unit is empty for the piece."""

    product_id: int
    quantity: int
    unit: str = ""
    unit_pieces: int = 1

    @property
    def pieces(self) -> int:
        return self.quantity * self.unit_pieces


def find_lines(lines: Sequence[WrittenLine], *, actor: Actor) -> tuple[list[DocumentLine], list[Problem]]:
    """The lines as products and units, those of one product and unit together; or all that is wrong with them.

    A problem's field is `lines.<index>.product`, `.unit` or `.quantity`. A product is found that the person sees or that
    lies in a warehouse. A fixed number of queries.
    """
    read, problems = read_lines(lines, actor=actor)
    found: dict[tuple[int, str], DocumentLine] = {}
    for index, line in enumerate(read):
        if line is None:
            continue
        key = (line.product_id, line.unit)
        more = found[key].quantity if key in found else 0
        found[key] = replace(line, quantity=line.quantity + more)
        if not 0 <= found[key].pieces <= MOST_PIECES:
            message = _("Enter a quantity between 0 and %(most)d.") % {"most": MOST_PIECES}
            problems.append(Problem(message=message, code="out_of_range", field=f"lines.{index}.quantity"))
    return list(found.values()), problems


def read_lines(lines: Sequence[WrittenLine], *, actor: Actor) -> tuple[list[DocumentLine | None], list[Problem]]:
    """Each line as a product and a unit, None where a problem says what is wrong with it. As `find_lines`."""
    meant = find_by_code([line.code for line in lines], distributor_id=None)
    ids = {meaning.product_id for meaning in meant.values()}
    known = set(Product.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    known |= set(Stock.objects.visible_to(actor).filter(product__in=ids).values_list("product_id", flat=True))
    units = _units(ids)
    found: list[DocumentLine | None] = []
    problems = []
    for index, line in enumerate(lines):
        meaning = meant.get(line.code)
        unit: tuple[str, int] | None = None
        if meaning is None or meaning.product_id not in known:
            message = _("Unknown product %(code)s.") % {"code": line.code[:64]}
            problems.append(Problem(message=message, code="unknown", field=f"lines.{index}.product"))
        else:
            unit = _unit_of(line.unit, units[meaning.product_id]) if line.unit else (meaning.unit, meaning.pieces)
            if unit is None:
                message = _("%(code)s has no unit “%(unit)s”.") % {"code": line.code[:64], "unit": line.unit[:16]}
                problems.append(Problem(message=message, code="unknown_unit", field=f"lines.{index}.unit"))
        if meaning is None or unit is None:
            found.append(None)
        else:
            found.append(
                DocumentLine(product_id=meaning.product_id, unit=unit[0], unit_pieces=unit[1], quantity=line.quantity)
            )
    return found, problems


def _units(product_ids: set[int]) -> dict[int, dict[str, tuple[str, int]]]:
    """The units of products by how they are called, in small letters."""
    found: dict[int, dict[str, tuple[str, int]]] = {}
    for pk, piece in Product.objects.filter(pk__in=product_ids).values_list("pk", "unit"):
        found[pk] = dict.fromkeys(_words(piece), ("", 1))
    for pk, code, pieces in ProductUnit.objects.filter(product__in=product_ids).values_list(
        "product_id", "code", "pieces"
    ):
        found[pk] |= dict.fromkeys(_words(code), (code, pieces))
    return found


@cache
def _words(unit: str) -> frozenset[str]:
    """What a unit is called: its code, and its name in each language. Two units may share a name (箱)."""
    found = {unit.lower()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(unit_label(unit).lower())
    return frozenset(found)


def _unit_of(written: str, units: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """By its code, or by what it is called in one of the languages."""
    word = written.strip().lower()
    return units.get(word) or units.get(word.removesuffix("s"))
