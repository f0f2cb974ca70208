"""Agreements that were signed before they came here, written many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor
from channel.enums import BINDING_STATUSES, AgreementStatus
from channel.models import Agreement
from channel.rules import KIND_FIELDS
from channel.selectors.overlaps import describe_overlap, find_overlap, flaws_of
from channel.services.agreement_cells import known_of, rows_of
from channel.services.agreements import (
    COLUMNS,
    ROWS,
    AgreementTerms,
    check_terms,
    columns_of,
    terms_of_agreement,
    write_rows,
)
from channel.services.cells import WrongCell
from channel.services.coverage import write_coverage
from channel.services.kind_cells import COLUMN_OF as COLUMN_OF_KIND
from channel.services.steps import grant_agreement_rights
from company.models import Company
from core.errors import InvalidInput
from core.importing import Counts, RowsRefused, Stage
from core.importing.staging import rows

_EARLY = ("last_on", "end_reason", "signature_reference")
_RELATED = (*ROWS, "territories", "instalments")
_COLUMN_OF = {"subjects": "brands", "territory_ids": "territories"}
Fault = tuple[int, str, str]


@dataclass(frozen=True, kw_only=True)
class _Given:
    """One row of the file; `values` are its cells by field."""

    place: int
    values: Mapping[str, Any]
    terms: AgreementTerms

    @property
    def key(self) -> tuple[str, int]:
        return self.values["number"], self.values["revision"]


def write_agreements(stage: Stage) -> Mapping[str, Counts]:
    """Agreements by number and revision, in force without an acceptance online; who imported them and when is kept.

    One that is there with the same terms stays; with others it is refused, as is what collides with an exclusive one.
    Imported history tells nobody. A fixed number of statements for those of each revision. Raises RowsRefused, IntegrityError.
    """
    company = Company.objects.get(is_default=True)
    given = _read(stage)
    numbers = {row.key[0] for row in given}
    there = Agreement.objects.filter(company=company, number__in=numbers).prefetch_related(*_RELATED)
    known = {(one.number, one.revision): one for one in there}
    new = [row for row in given if row.key not in known]
    _refuse(
        [
            (row.place, name, _("This agreement is there with other terms. Create a new revision to change them."))
            for row in given
            if row.key in known
            for name in _differing(stage, row, known[row.key])[:1]
        ]
    )
    _refuse([fault for row in new for fault in _faults(row)])
    for revision in sorted({row.key[1] for row in new}):
        rows_now = [row for row in new if row.key[1] == revision]
        made = _create(rows_now, company, known, stage.actor_id)
        known |= {(one.number, one.revision): one for one in made}
    return {"agreement": Counts(created=len(new), unchanged=len(given) - len(new))}


def _read(stage: Stage) -> list[_Given]:
    """The staged rows with their cells read."""
    names = [entry.name for entry in stage.entity.fields]
    columns = ", ".join(f's."{entry.column}"' for entry in stage.entity.fields)
    staged = rows(f"SELECT s._n, {columns} FROM {stage.relation} AS s ORDER BY s._n")
    records = [(place, dict(zip(names, values, strict=True))) for place, *values in staged]
    known = known_of([values for _place, values in records])
    kinds = dict(
        Distributor.objects.filter(pk__in={values["distributor"] for _place, values in records}).values_list(
            "pk", "channel_kind"
        )
    )
    given, faults = [], []
    for place, values in records:
        try:
            cells = rows_of(values, known, channel_kind=kinds[values["distributor"]])
        except WrongCell as error:
            faults.append((place, error.column, str(error)))
            continue
        plain = {name: values[name] for name in COLUMNS if name not in cells}
        given.append(_Given(place=place, values=values, terms=AgreementTerms(**plain, **cells)))
    _refuse(faults)
    return given


def _compared(terms: AgreementTerms, row: Any) -> dict[str, Any]:
    """What two agreements are compared by, by the field of the file."""
    named = {(one.brand_id, one.category_id): one.is_exclusive for one in terms.subjects}
    minimums = {one.brand_id: one for one in terms.minimums}
    of_kind = {one.kind: one for one in terms.kind_terms}
    return {
        **{name: getattr(terms, name) for name in COLUMNS},
        **row,
        "channel_kinds": sorted(terms.channel_kinds),
        "brands": {brand for brand, category in named if category is None},
        "categories": {pair for pair in named if pair[1] is not None},
        "exclusive": {pair for pair, is_exclusive in named.items() if is_exclusive},
        "territories": set(terms.territory_ids),
        "carve_outs": set(terms.carve_outs),
        "minimums": {brand: one.amount_a_year for brand, one in minimums.items()},
        "minimum_basis": {brand: one.basis for brand, one in minimums.items()},
        "minimum_with_tax": {brand: one.with_tax for brand, one in minimums.items()},
        "minimum_net_of_returns": {brand: one.net_of_returns for brand, one in minimums.items()},
        "minimum_gifts_count": {brand: one.gifts_count for brand, one in minimums.items()},
        "instalments": list(terms.instalments),
        "control_rules": set(terms.control_rules),
        "data_duties": set(terms.data_duties),
        "shops": set(terms.shops),
        **{
            COLUMN_OF_KIND.get(name, name): [(kind, _plain(getattr(of_kind[kind], name))) for kind in sorted(of_kind)]
            for name in sorted({name for names in KIND_FIELDS.values() for name in names})
        },
    }


def _plain(value: Any) -> Any:
    """A list of papers in any order."""
    return sorted(value) if isinstance(value, (list, tuple)) else value


def _differing(stage: Stage, row: _Given, agreement: Agreement) -> list[str]:
    """The fields of the file that say something else than an agreement that is there."""
    kept = _compared(
        terms_of_agreement(agreement),
        {name: getattr(agreement, name) for name in _EARLY} | {"distributor": agreement.distributor_id},
    )
    said = _compared(row.terms, {name: row.values[name] for name in (*_EARLY, "distributor")})
    return [name for name in stage.mapped if name in said and said[name] != kept[name]]


def _faults(row: _Given) -> list[Fault]:
    """Why a row cannot be a new agreement."""
    values, terms, found = row.values, row.terms, []
    until = values["last_on"] or (terms.ends_on and terms.ends_on + timedelta(days=terms.grace_days))
    if values["status"] not in BINDING_STATUSES:
        found.append((row.place, "status", _("Only agreements that were signed are imported.")))
    elif values["status"] == AgreementStatus.ENDED and (until is None or until >= timezone.localdate()):
        found.append((row.place, "last_on", _("Give the day on which it ended.")))
    if not values["signature_reference"]:
        found.append((row.place, "signature_reference", _("Say where the signed paper is found.")))
    try:
        check_terms(terms, values["distributor"])
    except InvalidInput as error:
        found += [(row.place, _COLUMN_OF.get(one.field, one.field), str(one.message)) for one in error.problems]
    return found


def _create(
    given: Sequence[_Given], company: Company, known: Mapping[tuple[str, int], Agreement], actor_id: int | None
) -> list[Agreement]:
    """Write agreements of one revision: as drafts, whose rows can be written, then in force by their dates."""
    previous = _previous(given, known)
    now = timezone.now()
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                company=company,
                distributor_id=row.values["distributor"],
                number=row.key[0],
                revision=row.key[1],
                previous=previous.get(row.place),
                is_imported=True,
                imported_at=now,
                imported_by_id=actor_id,
                **{name: row.values[name] for name in _EARLY},
                **columns_of(row.terms),
            )
            for row in given
        ]
    )
    write_rows(list(zip(made, (row.terms for row in given), strict=True)))
    by_key = {agreement.pk: row for agreement, row in zip(made, given, strict=True)}
    problems = {pk: flaws.problem() for pk, flaws in flaws_of(by_key).items()}
    _refuse([(by_key[pk].place, _COLUMN_OF[one.field], str(one.message)) for pk, one in problems.items() if one])
    _put_in_force(by_key)
    agreements = list(Agreement.objects.filter(pk__in=by_key))
    grant_agreement_rights(agreements)
    return agreements


def _previous(given: Sequence[_Given], known: Mapping[tuple[str, int], Agreement]) -> dict[int, Agreement]:
    """The revision before each of these, by place. It has ended before they begin."""
    found, faults = {}, []
    for row in given:
        number, revision = row.key
        before = known.get((number, revision - 1))
        if revision <= 1:
            continue
        if before is None or before.distributor_id != row.values["distributor"]:
            faults.append((row.place, "revision", _("The revision before this one is missing.")))
        elif before.last_on is None or before.last_on >= row.terms.starts_on:
            faults.append((row.place, "starts_on", _("The revision before this one has not ended by then.")))
        else:
            found[row.place] = before
    _refuse(faults)
    return found


def _put_in_force(by_key: Mapping[int, _Given]) -> None:
    """Bring agreements to where their dates put them today, and write what those that hold cover."""
    today = timezone.localdate()
    drafts = Agreement.objects.filter(pk__in=by_key)
    drafts.update(
        in_force_at=timezone.now(),
        status=Case(
            When(Q(orders_until__lt=today), then=Value(AgreementStatus.ENDED)),
            When(Q(last_on__isnull=True, ends_on__lt=today), then=Value(AgreementStatus.IN_GRACE)),
            default=Value(AgreementStatus.IN_FORCE),
        ),
    )
    running = list(drafts.exclude(status=AgreementStatus.ENDED).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            write_coverage(running)
    except IntegrityError:
        if len(running) > 1:  # whoever imports looks for them one by one
            raise
        overlap = find_overlap(running[0])
        text = describe_overlap(overlap) if overlap else _("This agreement overlaps with an exclusive one.")
        raise RowsRefused([(by_key[running[0]].place, "exclusive", text)]) from None


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise RowsRefused(faults)
