"""Distributors: the sub-network, search, and the address that documents copy."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, When

from accounts.enums import DistributorStatus
from accounts.models import Distributor, Territory
from core.actors import Actor


@dataclass(frozen=True, kw_only=True)
class BranchRow:
    """One distributor of a branch; `depth` 0 is its top."""

    distributor: Distributor
    depth: int
    children: int

    @property
    def indent(self) -> str:
        """Drawn before the name, so that the tree shows without styles."""
        return "    " * max(self.depth - 1, 0) + ("└ " if self.depth else "")

    @property
    def state(self) -> DistributorStatus:
        return DistributorStatus(self.distributor.status)


def branch_rows(actor: Actor, distributor_id: int) -> list[BranchRow]:
    """The branch below a distributor as far as the person sees it, each followed by its own. One query."""
    seen = list(
        Distributor.objects.visible_to(actor)
        .branch_of(distributor_id)
        .select_related("tier", "territory")
        .order_by("code")
    )
    below: Mapping[int | None, list[Distributor]] = _by_parent(seen)
    known = {distributor.pk for distributor in seen}
    tops = [one for one in seen if one.pk == distributor_id or one.parent_id not in known]
    return [row for top in tops for row in _walk(top, below, depth=0 if top.pk == distributor_id else 1)]


def _by_parent(seen: Sequence[Distributor]) -> Mapping[int | None, list[Distributor]]:
    below: dict[int | None, list[Distributor]] = defaultdict(list)
    for distributor in seen:
        below[distributor.parent_id].append(distributor)
    return below


def _walk(top: Distributor, below: Mapping[int | None, list[Distributor]], *, depth: int) -> Iterator[BranchRow]:
    waiting = [(top, depth)]
    while waiting:
        distributor, deep = waiting.pop()
        children = below.get(distributor.pk, [])
        yield BranchRow(distributor=distributor, depth=deep, children=len(children))
        waiting.extend((child, deep + 1) for child in reversed(children))


def territory_ids_below(code: str) -> list[int]:
    """The territory with this code and all inside it. Two queries; nothing for an unknown code."""
    top = Territory.objects.filter(code=code).first()
    if top is None:
        return []
    return [territory.pk for territory in Territory.objects.descendants(top, include_self=True)]


def ancestor_rows(actor: Actor, distributor: Distributor) -> list[Distributor]:
    """Those above a distributor in the sub-network as far as the person sees them, the top first."""
    if distributor.parent_id is None:
        return []
    above = Distributor.objects.ancestors(distributor).values_list("pk", flat=True)
    seen = {one.pk: one for one in Distributor.objects.visible_to(actor).filter(pk__in=list(above))}
    return [seen[pk] for pk in above if pk in seen]


def address_sql(distributor: str) -> str:
    """A distributor's name and address as one JSON value, of the table expression `distributor`."""
    return f"""jsonb_build_object(
        'name', COALESCE(NULLIF({distributor}.legal_name, ''), {distributor}.name), 'name_zh', {distributor}.name_zh,
        'address', {distributor}.address, 'city', {distributor}.city, 'country', {distributor}.country,
        'phone', {distributor}.phone, 'email', {distributor}.email
    )"""


def find_distributors(actor: Actor, text: str, limit: int) -> Sequence[Distributor]:
    """By what they are found by; those whose code begins like the text come first. One query."""
    found = Distributor.objects.visible_to(actor).matching(text)
    return list(found.order_by(Case(When(code__istartswith=text, then=0), default=1), "code")[:limit])


def merged_as(distributor_id: int) -> str:
    """What a distributor that was merged is called now, by number and name; empty for any other. One query."""
    row = Distributor.objects.filter(pk=distributor_id, merged_into__isnull=False).select_related("merged_into").first()
    return f"{row.merged_into.code} {row.merged_into.display_name}" if row is not None and row.merged_into else ""


def merged_among(distributor_ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Those of these that were merged: key, number, and the number they have now. One query."""
    rows = Distributor.objects.filter(pk__in=list(distributor_ids), merged_into__isnull=False).order_by("code")
    return list(rows.values_list("pk", "code", "merged_into__code"))
