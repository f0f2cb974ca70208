"""Write an agreement while it is a draft, and begin a new revision of one that is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor
from channel.enums import AgreementEvent, AgreementStatus, BelowMinimum, FreightTerms, PaymentBase, PriceRule
from channel.models import Agreement
from channel.permissions import can_change_agreements, can_confirm_agent, can_edit_agreement
from channel.rules import (
    CarveOutTerms,
    ControlTerms,
    DataTerms,
    InstalmentTerms,
    KindTerms,
    MinimumTerms,
    ShopTerms,
    SubjectTerms,
    shares_add_up,
)
from company.models import Company
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.locks import lock_row
from core.permissions import require
from core.state import check_version


@dataclass(frozen=True, kw_only=True)
class AgreementTerms:
    """All that is agreed. Amounts are in `currency`, rates are shares."""

    starts_on: date
    currency: str
    ends_on: date | None = None
    grace_days: int = 0
    channel_kinds: Sequence[str] = ()
    payment_base: str = PaymentBase.INVOICED
    payment_days: int | None = None
    payment_cut_day: int | None = None
    payment_from_month_end: bool = False
    credit_limit: Decimal | None = None
    deposit_amount: Decimal | None = None
    discount_rate: Decimal | None = None
    return_rate: Decimal | None = None
    order_minimum_amount: Decimal | None = None
    order_minimum_weight: Decimal | None = None
    order_minimum_pallets: int | None = None
    full_truck_weight: Decimal | None = None
    full_truck_pallets: int | None = None
    below_minimum: str = BelowMinimum.REFUSED
    freight_surcharge: Decimal | None = None
    freight_terms: str = FreightTerms.SELLER
    freight_free_from: Decimal | None = None
    least_remaining_days: int | None = None
    never_older: bool = False
    report_days: int | None = None
    claim_days: int | None = None
    clauses: str = ""
    subjects: Sequence[SubjectTerms] = ()
    territory_ids: Sequence[int] = ()
    carve_outs: Sequence[CarveOutTerms] = ()
    minimums: Sequence[MinimumTerms] = ()
    instalments: Sequence[InstalmentTerms] = ()
    control_rules: Sequence[ControlTerms] = ()
    data_duties: Sequence[DataTerms] = ()
    kind_terms: Sequence[KindTerms] = ()
    shops: Sequence[ShopTerms] = ()


ROWS = ("subjects", "carve_outs", "minimums", "control_rules", "data_duties", "kind_terms", "shops")
"""The kinds of rows whose fields are the columns of their table."""
COLUMNS = tuple(one.name for one in fields(AgreementTerms) if one.name not in {*ROWS, "territory_ids", "instalments"})


def create_agreement(
    *, distributor_id: int, terms: AgreementTerms, actor: Actor, company_id: int | None = None
) -> Agreement:
    """Write the draft of an agreement with a distributor; without a company the seller is the default one.

    Raises NotAllowed, NotVisible, InvalidInput.
    """
    require(can_change_agreements(actor))
    with explained(), transaction.atomic():
        distributor = Distributor.objects.visible_to(actor).filter(pk=distributor_id).first()
        if distributor is None:
            raise NotVisible
        sellers = (
            Company.objects.filter(is_default=True) if company_id is None else Company.objects.filter(pk=company_id)
        )
        seller = sellers.first()
        if seller is None:
            raise InvalidInput(_("Unknown company."), code="unknown", field="company")
        check_terms(terms, distributor_id)
        agreement = Agreement.objects.create(company=seller, distributor=distributor, **columns_of(terms))
        write_rows([(agreement, terms)])
        record(agreement, AgreementEvent.SAVED, actor)
    return agreement


def save_agreement(
    *, agreement_id: int, terms: AgreementTerms, actor: Actor, expected_version: int | None
) -> Agreement:
    """Replace the terms of a draft. Raises NotVisible, NotAllowed, StaleVersion, Conflict unless it is a draft, InvalidInput."""
    with explained(), transaction.atomic():
        agreement: Agreement = lock_row(Agreement.objects.visible_to(actor), agreement_id)
        require(can_change_agreements(actor))
        check_version(agreement, expected_version)
        if not can_edit_agreement(actor, agreement):
            raise Conflict(
                _("This agreement is no longer a draft. Create a new revision to change it."), code="wrong_state"
            )
        check_terms(terms, agreement.distributor_id, may_fix_price=bool(agreement.agent_reason))
        for name, value in columns_of(terms).items():
            setattr(agreement, name, value)
        agreement.save(update_fields=COLUMNS)
        for rows in (*ROWS, "territories", "instalments"):
            getattr(agreement, rows).all().delete()
        write_rows([(agreement, terms)])
        agreement.refresh_from_db()
        record(agreement, AgreementEvent.SAVED, actor)
    return agreement


def revise_agreement(
    *, agreement_id: int, starts_on: date, actor: Actor, expected_version: int | None, ends_on: date | None = None
) -> Agreement:
    """Begin the next revision: a draft with the same terms, to be changed, that supersedes this one from `starts_on`.

    Without `ends_on` it keeps the end of this one where that is later. Raises NotVisible, NotAllowed, StaleVersion,
    Conflict unless this one is in force or in grace and has no next revision, InvalidInput at `starts_on`.
    """
    with explained(), transaction.atomic():
        agreement: Agreement = lock_row(Agreement.objects.visible_to(actor), agreement_id)
        require(can_change_agreements(actor))
        check_version(agreement, expected_version)
        if agreement.status not in {AgreementStatus.IN_FORCE, AgreementStatus.IN_GRACE}:
            raise Conflict(_("Only an agreement in force has a new revision."), code="wrong_state")
        if Agreement.objects.filter(previous=agreement).exists():
            raise Conflict(_("There is a newer revision already."), code="revised_already")
        if starts_on <= agreement.starts_on:
            raise InvalidInput(_("A revision starts after the one it supersedes."), code="too_early", field="starts_on")
        kept = agreement.ends_on if agreement.ends_on and agreement.ends_on >= starts_on else None
        terms = terms_of_agreement(agreement, starts_on=starts_on, ends_on=ends_on or kept)
        new = Agreement.objects.create(
            company_id=agreement.company_id,
            distributor_id=agreement.distributor_id,
            number=agreement.number,
            revision=agreement.revision + 1,
            previous=agreement,
            agent_reason=agreement.agent_reason,
            **columns_of(terms),
        )
        write_rows([(new, terms)])
        record(new, AgreementEvent.REVISED, actor, previous=agreement.pk)
    return new


def confirm_agent(*, agreement_id: int, reason: str, actor: Actor, expected_version: int | None) -> Agreement:
    """Say why the distributor of a draft is a true agent: then, and only then, its resale price may be fixed.

    For an agreement of the channel kind agent alone. Raises NotVisible, NotAllowed, StaleVersion, Conflict unless it is a
    draft, InvalidInput at `reason` or `channel_kinds`.
    """
    with explained(), transaction.atomic():
        agreement: Agreement = lock_row(Agreement.objects.visible_to(actor), agreement_id)
        require(can_confirm_agent(actor))
        check_version(agreement, expected_version)
        if agreement.status != AgreementStatus.DRAFT:
            raise Conflict(_("This agreement is no longer a draft."), code="wrong_state")
        if not reason.strip():
            raise InvalidInput(_("Give the reason."), code="required", field="reason")
        if agreement.channel_kinds != [ChannelKind.AGENT]:
            raise InvalidInput(
                _("Only an agreement of the channel kind agent alone has a true agent."),
                code="no_agent",
                field="reason",
            )
        agreement.agent_reason = reason.strip()
        agreement.save(update_fields=["agent_reason"])
        agreement.refresh_from_db()
        record(agreement, AgreementEvent.AGENT_CONFIRMED, actor, reason=agreement.agent_reason)
    return agreement


def terms_of_agreement(agreement: Agreement, **changes: Any) -> AgreementTerms:
    """What an agreement says, as it was given; `changes` in place of some of it."""
    kinds: Mapping[str, Any] = {
        "subjects": SubjectTerms,
        "carve_outs": CarveOutTerms,
        "minimums": MinimumTerms,
        "control_rules": ControlTerms,
        "data_duties": DataTerms,
        "kind_terms": KindTerms,
        "shops": ShopTerms,
        "instalments": InstalmentTerms,
    }
    rows = {
        name: [
            kind(**{one.name: getattr(row, one.name) for one in fields(kind)}) for row in getattr(agreement, name).all()
        ]
        for name, kind in kinds.items()
    }
    territories = [row.territory_id for row in agreement.territories.all()]
    columns = {name: getattr(agreement, name) for name in COLUMNS}
    return AgreementTerms(**{**columns, **rows, "territory_ids": territories, **changes})


def record(agreement: Agreement, kind: AgreementEvent, actor: Actor | None, **data: Any) -> None:
    """The event of a step, with the number under which people know the agreement."""
    events.record_event(
        kind=kind,
        subject_type="agreement",
        subject_id=agreement.pk,
        distributor_id=agreement.distributor_id,
        actor_id=actor.pk if actor else None,
        data={"number": agreement.number or "", "revision": agreement.revision, **data},
    )


def columns_of(terms: AgreementTerms) -> dict[str, Any]:
    """What of the terms stands in the row of the agreement itself."""
    return {name: getattr(terms, name) for name in COLUMNS} | {"channel_kinds": list(terms.channel_kinds)}


def write_rows(agreed: Sequence[tuple[Agreement, AgreementTerms]]) -> None:
    """The rows of agreements that have none yet. A fixed number of statements. Before: they are drafts, in this transaction."""
    for name in (*ROWS, "territories", "instalments"):
        model: Any = Agreement._meta.get_field(name).related_model
        model.objects.bulk_create(
            [model(agreement=agreement, **row) for agreement, terms in agreed for row in _rows_of(terms, name)]
        )


def _rows_of(terms: AgreementTerms, name: str) -> list[dict[str, Any]]:
    if name == "territories":
        return [{"territory_id": pk} for pk in dict.fromkeys(terms.territory_ids)]
    rows = [{one.name: getattr(row, one.name) for one in fields(row)} for row in getattr(terms, name)]
    return [{"position": n, **row} for n, row in enumerate(rows, 1)] if name == "instalments" else rows


def check_terms(terms: AgreementTerms, distributor_id: int, *, may_fix_price: bool = False) -> None:
    """Refuse what contradicts itself. Raises InvalidInput with all that is wrong."""
    problems = []
    is_agent = may_fix_price and list(terms.channel_kinds) == [ChannelKind.AGENT]
    if not is_agent and any(rule.price_rule == PriceRule.FIXED for rule in terms.control_rules):
        problems.append(
            Problem(
                message=_(
                    "A resale price can be recommended or capped, never fixed, unless the distributor is a true agent."
                ),
                code="price_fixed",
                field="control_rules",
            )
        )
    if not shares_add_up(terms.instalments):
        problems.append(
            Problem(message=_("The instalments do not add up to 100 %."), code="shares", field="instalments")
        )
    if any(carve.other_id == distributor_id for carve in terms.carve_outs):
        problems.append(
            Problem(message=_("A carve-out names another distributor."), code="same_distributor", field="carve_outs")
        )
    if any(one.brand_id is None and one.category_id is None for one in terms.subjects):
        problems.append(Problem(message=_("Name a brand or a category."), code="required", field="subjects"))
    of_kinds = {*(one.kind for one in terms.kind_terms), *([ChannelKind.E_COMMERCE.value] if terms.shops else [])}
    problems += [
        Problem(
            message=_("Only an agreement of the channel kind “%(kind)s” has these terms.")
            % {"kind": ChannelKind(kind).label},
            code="other_kind",
            field="channel_kinds",
        )
        for kind in sorted(of_kinds - set(terms.channel_kinds))
    ]
    if problems:
        raise InvalidInput(problems=problems)
