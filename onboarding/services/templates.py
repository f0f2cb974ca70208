"""Templates of new distributors: written and replaced whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services.responsibilities.assignments import check_people
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from onboarding.enums import Side, StepKind, TemplateEvent
from onboarding.models import Template, TemplateDuty, TemplateStep
from onboarding.permissions import can_manage_templates

FIELDS = (
    "code", "name", "name_zh", "channel_kind", "is_active", "currency", "tier_id", "price_list_id", "warehouse_id",
    "lead_days", "term_months", "grace_days", "payment_days", "payment_from_month_end", "credit_limit", "deposit_amount",
    "order_minimum_amount", "discount_rate", "return_rate", "freight_terms", "clauses",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    duty_id: int
    person_id: int
    territory_id: int | None = None
    stand_in_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class StepRow:
    name: str
    name_zh: str = ""
    kind: str = StepKind.TASK
    side: str = Side.BRAND
    due_days: int = 14
    is_required: bool = True
    valid_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class TemplateContent:
    """All of a template; `values` by the names of FIELDS. Steps stand in their order."""

    values: Mapping[str, Any]
    brand_ids: Sequence[int]
    duties: Sequence[DutyRow] = field(default=())
    steps: Sequence[StepRow] = field(default=())


def save_template(
    *, content: TemplateContent, actor: Actor, template_id: int | None = None, expected_version: int | None = None
) -> Template:
    """Write a new template, or replace one whole. What was begun with it stays as it is. Records one event.

    Raises NotAllowed, NotVisible, StaleVersion, InvalidInput (no brand, currency of the price list, people), Conflict (code).
    """
    require(can_manage_templates(actor))
    with explained(), transaction.atomic():
        seen = Template.objects.visible_to(actor)
        template: Template = Template() if template_id is None else lock_row(seen, template_id)
        check_version(template, expected_version)
        for name in FIELDS:
            if name in content.values:
                setattr(template, name, content.values[name])
        _check(template, content)
        template.save()
        template.brands.set(content.brand_ids)
        TemplateDuty.objects.filter(template=template).delete()
        TemplateStep.objects.filter(template=template).delete()
        TemplateDuty.objects.bulk_create(TemplateDuty(template=template, **vars(row)) for row in content.duties)
        TemplateStep.objects.bulk_create(
            TemplateStep(template=template, position=position, **vars(row))
            for position, row in enumerate(content.steps, 1)
        )
        template.refresh_from_db()
        record_event(
            kind=TemplateEvent.SAVED,
            subject_type="onboarding_template",
            subject_id=template.pk,
            actor_id=actor.pk,
            data={"code": template.code},
        )
    return template


def _check(template: Template, content: TemplateContent) -> None:
    if not content.brand_ids:
        raise InvalidInput(_("Choose at least one brand."), code="required", field="brands")
    if template.price_list.currency != template.currency:
        raise InvalidInput(_("The price list is in another currency."), code="currency", field="price_list")
    for row in content.duties:
        check_people(user_id=row.person_id, stand_in_id=row.stand_in_id)
