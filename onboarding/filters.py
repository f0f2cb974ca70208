from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ModelChoiceFilter

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from core.filters import ChoicesFilter, CodeFilter, ListFilterSet, day_range, visible_rows
from onboarding.enums import ApplicationStatus
from onboarding.models import Application, Certificate, Onboarding, OnboardingStep, Template


class ApplicationFilterSet(ListFilterSet):
    """Applications by status, territory, channel kind and when they were submitted."""

    search_fields = ("number__istartswith", "search_text")
    status = ChoicesFilter(
        choices=[choice for choice in ApplicationStatus.choices if choice[0] != ApplicationStatus.DRAFT],
        label=_("Status"),
    )
    territory = ModelChoiceFilter(queryset=visible_rows(Territory), to_field_name="code", label=_("Territory"))
    channel_kind = ChoicesFilter(choices=ChannelKind.choices, label=_("Channel kind"))
    waiting = BooleanFilter(method="only_waiting", label=_("Not decided yet"))
    submitted_at = day_range("submitted_at", _("Submitted"))

    class Meta:
        model = Application
        fields = ("status", "territory", "channel_kind", "waiting")

    def only_waiting(self, queryset: Any, _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        ids = queryset.waiting().values("pk")
        found: QuerySet[Any] = queryset.filter(pk__in=ids) if value else queryset.exclude(pk__in=ids)
        return found


class OnboardingFilterSet(ListFilterSet):
    """Onboardings by distributor, and whether they are finished."""

    search_fields = ("distributor__search_text",)
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    ready = BooleanFilter(field_name="ready_at", lookup_expr="isnull", exclude=True, label=_("Ready to order"))
    started_on = day_range("started_on", _("Started on"))

    class Meta:
        model = Onboarding
        fields = ("distributor", "ready")


class StepFilterSet(ListFilterSet):
    """Steps by distributor, and whether they are done."""

    distributor = CodeFilter(
        field_name="onboarding__distributor", queryset=visible_rows(Distributor), label=_("Distributor")
    )
    done = BooleanFilter(field_name="done_at", lookup_expr="isnull", exclude=True, label=_("Done"))

    class Meta:
        model = OnboardingStep
        fields = ("distributor", "done")


class CertificateFilterSet(ListFilterSet):
    """Certificates by distributor, and whether they have run out."""

    search_fields = ("distributor__search_text", "course__icontains", "holder__icontains")
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    lapsed = BooleanFilter(method="only_lapsed", label=_("Lapsed"))
    valid_until = day_range("valid_until", _("Valid until"))

    class Meta:
        model = Certificate
        fields = ("distributor", "lapsed")

    def only_lapsed(self, queryset: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:  # noqa: FBT001 - django-filter's form
        over = {"valid_until__lt": timezone.localdate()}
        return queryset.filter(**over) if value else queryset.exclude(**over)


class TemplateFilterSet(ListFilterSet):
    """Templates by channel kind."""

    search_fields = ("code__istartswith", "name__icontains", "name_zh__icontains")
    channel_kind = ChoicesFilter(choices=ChannelKind.choices, label=_("Channel kind"))
    is_active = BooleanFilter(label=_("In use"))

    class Meta:
        model = Template
        fields = ("channel_kind", "is_active")
