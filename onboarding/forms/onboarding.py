"""Forms of the approval, of templates, and of onboardings."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, ChannelKind
from accounts.models import Duty, Territory, Tier, User
from catalogue.models import Brand
from channel.enums import FreightTerms
from company.iso_codes import check_currency
from core.ui.forms import amount_input, choose_from, day_input
from inventory.models import Warehouse
from messaging.services.files import Attachment
from onboarding.enums import Side, StepKind
from onboarding.models import Application, OnboardingStep, Template
from onboarding.services.templates import FIELDS, DutyRow, StepRow, TemplateContent
from pricing.models import PriceList

SPARE_ROWS = 3
HUNDRED = Decimal(100)
RATES = ("discount_rate", "return_rate")
_CHOSEN = ("tier", "price_list", "warehouse")


class ApproveForm(forms.Form):
    template: Any = forms.ModelChoiceField(queryset=None, label=_("Template"))
    territory: Any = forms.ModelChoiceField(queryset=None, label=_("Territory"))

    def __init__(self, *args: Any, user: User, application: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        templates = Template.objects.visible_to(user).filter(is_active=True).order_by("code")
        choose_from(self, "template", templates)
        choose_from(self, "territory", Territory.objects.visible_to(user).order_by("code"))
        fitting = templates.filter(channel_kind=application.channel_kind).first()
        self.initial.update(territory=application.territory_id, template=fitting.pk if fitting else None)


class StepForm(forms.Form):
    note = forms.CharField(max_length=300, required=False, label=_("Note"))


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=day_input(), **options)


class CertificateForm(forms.Form):
    """For a training step the course stands already."""

    course = forms.CharField(max_length=200, label=_("Training"))
    holder = forms.CharField(max_length=150, label=_("Who was trained"))
    issued_on = _day(label=_("Issued on"))
    valid_until = _day(required=False, label=_("Valid until"), help_text=_("Leave blank where it never runs out."))
    file = forms.FileField(
        required=False,
        label=_("File"),
        help_text=_("PDF, JPEG or PNG, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, step: OnboardingStep | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("issued_on", timezone.localdate())
        if step is not None:
            self.initial["course"] = step.display_name
            if step.valid_months:
                self.fields["valid_until"].help_text = _("Leave blank for the %(months)s months of the training.") % {
                    "months": step.valid_months
                }

    def attached(self) -> Attachment | None:
        upload = self.cleaned_data["file"]
        return Attachment.of(upload) if upload else None


class TemplateForm(forms.Form):
    """All of a template. Responsibilities and steps have numbered fields, with spare rows."""

    code = forms.CharField(max_length=64, label=_("Code"))
    name = forms.CharField(max_length=200, label=_("Name"))
    name_zh = forms.CharField(max_length=200, required=False, label=_("Chinese name"))
    channel_kind = forms.ChoiceField(choices=ChannelKind.choices, label=_("Channel kind"))
    is_active = forms.BooleanField(required=False, initial=True, label=_("In use"))
    currency = forms.CharField(max_length=3, validators=[check_currency], label=_("Currency"))
    tier: Any = forms.ModelChoiceField(queryset=None, required=False, label=_("Tier"))
    brands: Any = forms.ModelMultipleChoiceField(queryset=None, widget=forms.CheckboxSelectMultiple, label=_("Brands"))
    price_list: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Price list"),
        help_text=_("It must apply to such distributors by its tier, channel kind or territory."),
    )
    warehouse: Any = forms.ModelChoiceField(queryset=None, label=_("Supplied from"))
    lead_days = forms.IntegerField(min_value=0, max_value=365, initial=7, label=_("Lead time in days"))
    term_months = forms.IntegerField(min_value=1, max_value=240, initial=12, label=_("Months of the agreement"))
    grace_days = forms.IntegerField(min_value=0, max_value=366, initial=30, label=_("Days of grace"))
    payment_days = forms.IntegerField(required=False, min_value=0, max_value=730, label=_("Days of payment"))
    payment_from_month_end = forms.BooleanField(required=False, label=_("From the end of the month"))
    credit_limit = amount_input(required=False, label=_("Credit limit"))
    deposit_amount = amount_input(required=False, label=_("Deposit"))
    order_minimum_amount = amount_input(required=False, label=_("Order minimum"))
    discount_rate = forms.DecimalField(
        required=False, min_value=0, max_value=100, max_digits=6, decimal_places=3, label=_("Discount, %")
    )
    return_rate = forms.DecimalField(
        required=False, min_value=0, max_value=100, max_digits=6, decimal_places=3, label=_("Return rate, %")
    )
    freight_terms = forms.ChoiceField(
        choices=[choice for choice in FreightTerms.choices if choice[0] != FreightTerms.SELLER_FROM], label=_("Freight")
    )
    clauses = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), label=_("Further clauses")
    )

    def __init__(self, *args: Any, user: User, template: Template | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = User.objects.with_roles(BRAND_ROLES).filter(is_active=True).order_by("full_name", "pk")
        self.territories = Territory.objects.visible_to(user).order_by("code")
        choose_from(self, "tier", Tier.objects.visible_to(user).order_by("rank"))
        choose_from(self, "brands", Brand.objects.visible_to(user).order_by("code"))
        choose_from(self, "price_list", PriceList.objects.visible_to(user).filter(is_active=True).order_by("code"))
        warehouses = Warehouse.objects.visible_to(user).of_brand_owner()
        choose_from(self, "warehouse", warehouses.filter(is_active=True).order_by("code"))
        if template is not None:
            self.initial.update({name.removesuffix("_id"): getattr(template, name) for name in FIELDS})
            self.initial.update({name: _typed(getattr(template, name)) for name in RATES})
            self.initial["brands"] = [row.pk for row in template.brands.all()]
        duties = list(template.duties.all()) if template else []
        steps = list(template.steps.all()) if template else []
        self.rows = {"duty": self._numbered("duty", duties), "step": self._numbered("step", steps)}

    def _numbered(self, kind: str, given: Sequence[Any]) -> int:
        count = len(given) + SPARE_ROWS
        for number in range(1, count + 1):
            row = given[number - 1] if number <= len(given) else None
            for name, field in self._row_fields(kind).items():
                field.label, field.required = f"{field.label} {number}", False
                self.fields[f"{kind}_{number}_{name}"] = field
                if row is not None:
                    self.initial[f"{kind}_{number}_{name}"] = getattr(row, name)
        return count

    def _row_fields(self, kind: str) -> dict[str, forms.Field]:
        if kind == "duty":
            return {
                "duty_id": forms.ModelChoiceField(Duty.objects.filter(is_active=True), label=_("Duty")),
                "person_id": forms.ModelChoiceField(self.people, label=_("Accountable person")),
                "stand_in_id": forms.ModelChoiceField(self.people, label=_("Stand-in")),
                "territory_id": forms.ModelChoiceField(self.territories, label=_("Only in the territory")),
            }
        return {
            "name": forms.CharField(max_length=200, label=_("Step")),
            "name_zh": forms.CharField(max_length=200, label=_("Chinese name of step")),
            "kind": forms.ChoiceField(choices=StepKind.choices, initial=StepKind.TASK, label=_("Kind of step")),
            "side": forms.ChoiceField(choices=Side.choices, initial=Side.BRAND, label=_("Done by")),
            "due_days": forms.IntegerField(min_value=0, max_value=730, initial=14, label=_("Due after days")),
            "is_required": forms.BooleanField(initial=True, label=_("Required before the first order")),
            "valid_months": forms.IntegerField(min_value=1, max_value=600, label=_("Months of the certificate")),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, self.rows["duty"] + 1):
            if data.get(f"duty_{number}_duty_id") and not data.get(f"duty_{number}_person_id"):
                self.add_error(f"duty_{number}_person_id", _("This field is required."))
        return data

    def content(self) -> TemplateContent:
        """What was typed, as a template."""
        data = self.cleaned_data
        values = {name: data[name] for name in FIELDS if name in data}
        values |= {f"{name}_id": getattr(data[name], "pk", None) for name in _CHOSEN}
        values |= {name: None if data[name] is None else data[name] / HUNDRED for name in RATES}
        return TemplateContent(
            values=values,
            brand_ids=[row.pk for row in data["brands"]],
            duties=[DutyRow(**row) for row in self._typed_rows("duty") if row["duty_id"]],
            steps=[StepRow(**_step(row)) for row in self._typed_rows("step") if row["name"]],
        )

    def _typed_rows(self, kind: str) -> Iterator[dict[str, Any]]:
        for number in range(1, self.rows[kind] + 1):
            values = {name: self.cleaned_data[f"{kind}_{number}_{name}"] for name in self._row_fields(kind)}
            yield {
                name: getattr(value, "pk", None) if name.endswith("_id") else value for name, value in values.items()
            }


def _step(row: dict[str, Any]) -> dict[str, Any]:
    usual = {"kind": StepKind.TASK, "side": Side.BRAND, "due_days": 14}
    return {name: usual.get(name) if value in {None, ""} and name in usual else value for name, value in row.items()}


def _typed(rate: Decimal | None) -> Decimal | None:
    return None if rate is None else Decimal(f"{(rate * HUNDRED).normalize():f}")
