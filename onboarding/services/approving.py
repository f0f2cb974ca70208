"""An applicant becomes a distributor: everything a template says, by the owners' services, in one transaction."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import DistributorStatus, Role
from accounts.models import Distributor, Territory
from accounts.services.distributors import create_distributor
from accounts.services.invitations import invite_person
from accounts.services.responsibilities.assignments import DutyOf, assign_selection
from catalogue.services.buying_rights import set_buying_rights
from channel.enums import AddressKind, ContactKind
from channel.models import Agreement
from channel.rules import SubjectTerms, end_of_term
from channel.services.agreements import AgreementTerms, create_agreement
from channel.services.records import ADDRESS, CONTACT, add_record
from company.enums import DocumentKind
from company.models import Company
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from inventory.services.supply_routes import open_supply_route
from messaging.services.sms import post_sms
from onboarding.enums import ApplicationEvent
from onboarding.models import Application, Onboarding, Template
from onboarding.permissions import APPLICATION_STATES, can_decide_application
from onboarding.services.applying import record
from onboarding.services.letters import send_letter
from onboarding.services.links import READ_DAYS
from onboarding.services.onboarding import begin_onboarding
from onboarding.services.reviewing import lock_application
from pricing.models import PriceList
from pricing.selectors.distributor_tab import applying_to
from responsibility.services.templates import apply_assignment_template

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What came of it. `link` is that of the owner's invitation, which is stored nowhere."""

    application: Application
    distributor: Distributor
    agreement: Agreement
    onboarding: Onboarding
    link: str


def approve_application(
    *,
    application_id: int,
    template_id: int,
    territory_id: int,
    actor: Actor,
    expected_version: int | None,
    now: datetime,
) -> Approval:
    """Make a distributor of an assessed applicant, by a template, in a territory. All or nothing.

    It gets the next number, stays an applicant until its onboarding is finished, and has from today the responsibilities,
    buying rights, supply route and price list of the template, its contact and address, the draft of an agreement and the
    steps of its onboarding; the owner is invited by a link. Records the events of all of these and one of the approval.

    Of two approvers at once the second is refused. Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table,
    InvalidInput at `template`, `territory` or `price_list`, and whatever the owners' services refuse.
    """
    with explained(), transaction.atomic():
        application = lock_application(application_id, actor, expected_version, can_decide_application)
        APPLICATION_STATES.advance(application, "approve")
        template = Template.objects.visible_to(actor).filter(pk=template_id, is_active=True).first()
        if template is None:
            raise InvalidInput(_("Choose a template that is in use."), code="unknown", field="template")
        territory = Territory.objects.visible_to(actor).filter(pk=territory_id).first()
        if territory is None:
            raise InvalidInput(_("Choose a territory."), code="unknown", field="territory")
        today = timezone.localdate(now)
        distributor = _distributor(application, template, territory, today, actor)
        _assign_duties(template, distributor, today, actor)
        _supply(template, distributor, today, actor)
        _keep_contact(application, distributor, today, actor)
        agreement = _draft_agreement(template, distributor, today, actor)
        onboarding = begin_onboarding(
            distributor_id=distributor.pk,
            template_id=template.pk,
            application_id=application.pk,
            today=today,
            actor=actor,
        )
        application.distributor = distributor
        application.decided_by_id, application.decided_at = actor.pk, now
        application.link_expires_at = now + READ_DAYS
        application.save(update_fields=["status", "distributor", "decided_by", "decided_at", "link_expires_at"])
        record(application, ApplicationEvent.APPROVED, actor, distributor=distributor.code, template=template.code)
        send_letter(application)
        link = _invite_owner(application, distributor, now, actor)
    application.refresh_from_db()
    return Approval(
        application=application, distributor=distributor, agreement=agreement, onboarding=onboarding, link=link
    )


def _distributor(
    application: Application, template: Template, territory: Territory, today: date, actor: Actor
) -> Distributor:
    seller = Company.objects.filter(is_default=True).first()
    if seller is None:
        raise Conflict(_("There is no company that sells yet."), code="no_company")
    name = application.company_name
    return create_distributor(
        actor=actor,
        code=next_number(kind=DocumentKind.DISTRIBUTOR, company_id=seller.pk, on=today),
        name=name,
        name_zh=name if CHINESE.search(name) else "",
        legal_name=name,
        channel_kind=template.channel_kind,
        status=DistributorStatus.APPLICANT,
        tier_id=template.tier_id,
        territory_id=territory.pk,
        currency=template.currency,
        language=application.language,
        city=application.city,
        country=application.country,
        address=application.address,
        phone=application.phone,
        email=application.email,
        started_on=today,
    )


def _assign_duties(template: Template, distributor: Distributor, today: date, actor: Actor) -> None:
    """Of the rows of one duty the one for the nearest territory counts; the assignment template gives what is left over."""
    areas = {
        row.pk: near for near, row in enumerate(Territory.objects.ancestors(distributor.territory, include_self=True))
    }
    chosen: dict[int, tuple[int, int, int | None]] = {}
    for row in template.duties.order_by("pk"):
        near = -1 if row.territory_id is None else areas.get(row.territory_id)
        if near is not None and near > chosen.get(row.duty_id, (-2, 0, None))[0]:
            chosen[row.duty_id] = (near, row.person_id, row.stand_in_id)
    by_people: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for duty_id, (_near, person_id, stand_in_id) in chosen.items():
        by_people[person_id, stand_in_id].append(duty_id)
    for (person_id, stand_in_id), duties in by_people.items():
        assign_selection(
            actor=actor,
            selection=[DutyOf(distributor_id=distributor.pk, duty_id=duty) for duty in duties],
            user_id=person_id,
            stand_in_id=stand_in_id,
            starts_on=today,
        )
    apply_assignment_template(distributor_id=distributor.pk, actor=actor, on=today)


def _supply(template: Template, distributor: Distributor, today: date, actor: Actor) -> None:
    """Buying rights and supply route are written; the price list is one that holds for such distributors, or nothing is done."""
    brands = [brand.pk for brand in template.brands.all()]
    set_buying_rights(distributor_id=distributor.pk, brand_ids=brands, product_ids=[], starts_on=today, actor=actor)
    open_supply_route(
        distributor_id=distributor.pk,
        warehouse_id=template.warehouse_id,
        lead_days=template.lead_days,
        starts_on=today,
        actor=actor,
    )
    if not applying_to(PriceList.objects.filter(pk=template.price_list_id, owner=None), distributor).exists():
        raise InvalidInput(
            _("The price list %(code)s of the template does not apply to this distributor: see its conditions.")
            % {"code": template.price_list.code},
            code="price_list",
            field="template",
        )


def _keep_contact(application: Application, distributor: Distributor, today: date, actor: Actor) -> None:
    add_record(
        record_type=CONTACT,
        distributor_id=distributor.pk,
        actor=actor,
        name=application.contact_name,
        kind=ContactKind.OWNER,
        phone=application.phone,
        email=application.email,
        starts_on=today,
    )
    if application.address:
        add_record(
            record_type=ADDRESS,
            distributor_id=distributor.pk,
            actor=actor,
            name=application.city or application.company_name,
            kind=AddressKind.DELIVERY,
            recipient=application.company_name,
            contact=application.contact_name,
            phone=application.phone,
            address=application.address,
            city=application.city,
            country=application.country,
            territory_id=distributor.territory_id,
            starts_on=today,
        )


def _draft_agreement(template: Template, distributor: Distributor, today: date, actor: Actor) -> Agreement:
    terms = AgreementTerms(
        starts_on=today,
        ends_on=end_of_term(today, months=template.term_months),
        grace_days=template.grace_days,
        currency=template.currency,
        channel_kinds=[template.channel_kind],
        payment_days=template.payment_days,
        payment_from_month_end=template.payment_from_month_end,
        credit_limit=template.credit_limit,
        deposit_amount=template.deposit_amount,
        order_minimum_amount=template.order_minimum_amount,
        discount_rate=template.discount_rate,
        return_rate=template.return_rate,
        freight_terms=template.freight_terms,
        clauses=template.clauses,
        territory_ids=[distributor.territory_id] if distributor.territory_id else [],
        subjects=[SubjectTerms(brand_id=brand.pk) for brand in template.brands.all()],
    )
    return create_agreement(distributor_id=distributor.pk, terms=terms, actor=actor)


def _invite_owner(application: Application, distributor: Distributor, now: datetime, actor: Actor) -> str:
    """By mail where there is an address, else by text message; whoever approves gets the link, too."""
    _invitation, link = invite_person(
        actor=actor,
        role=Role.OWNER,
        full_name=application.contact_name,
        distributor_id=distributor.pk,
        email=application.email,
        now=now,
    )
    if not application.email:
        with translation.override(application.language):
            post_sms(to=application.phone, text=_("Open your account within seven days: %(link)s") % {"link": link})
    return link
