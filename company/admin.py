"""Administration of the company's settings."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from company.models import (
    BusinessPeriod,
    BusinessYear,
    CalendarDay,
    Company,
    ExchangeRate,
    NumberSeries,
    TaxCode,
    WorkingCalendar,
)
from company.services.business_years import periods_changing
from company.services.company import CHANGEABLE, change_company
from company.services.logo import set_logo
from company.services.rates import DayRate, set_rates
from company.services.tax_codes import change_tax_code, create_tax_code
from core.errors import DomainError
from core.http import actor_of
from core.ui.admin import ServiceAdmin, TrackedMixin, register_histories


class SettingAdmin(ServiceAdmin):
    """A setting is never deleted: documents name it."""

    fixed: tuple[str, ...] = ()

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fixed, *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class CompanyForm(forms.ModelForm[Company]):
    """The logo is given to a service of its own, which makes it small."""

    logo = forms.FileField(label=_("logo"), required=False, help_text=_("A picture. It stands on printed documents."))

    class Meta:
        model = Company
        exclude = ("logo",)  # noqa: DJ006 - the fields are those of CompanyAdmin


@admin.register(Company)
class CompanyAdmin(TrackedMixin, SettingAdmin):
    """The first one is made by `manage.py company`."""

    list_display = ("code", "name", "name_zh", "currency", "country", "is_default")
    search_fields = ("code", "name", "name_zh")
    form = CompanyForm
    readonly_fields = ("changes",)
    fixed = ("code", "currency", "is_default")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, _change: Any) -> None:
        changes = {name: getattr(obj, name) for name in CHANGEABLE}
        change_company(actor=actor_of(request), company_id=obj.pk, **changes)
        if logo := form.cleaned_data.get("logo"):
            set_logo(actor=actor_of(request), company_id=obj.pk, picture=logo)


@admin.register(ExchangeRate)
class ExchangeRateAdmin(TrackedMixin, SettingAdmin):
    list_display = ("from_currency", "to_currency", "valid_on", "rate")
    list_filter = ("from_currency", "to_currency")
    date_hierarchy = "valid_on"
    search_fields = ("from_currency", "to_currency")
    readonly_fields = ("changes",)
    fixed = ("from_currency", "to_currency", "valid_on")

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, _change: Any) -> None:
        rate = DayRate(
            from_currency=obj.from_currency, to_currency=obj.to_currency, valid_on=obj.valid_on, rate=obj.rate
        )
        obj.pk = set_rates(actor=actor_of(request), rates=[rate])[0].pk


@admin.register(TaxCode)
class TaxCodeAdmin(TrackedMixin, SettingAdmin):
    list_display = ("code", "name", "name_zh", "rate", "country", "starts_on", "ends_on")
    search_fields = ("code", "name", "name_zh")
    readonly_fields = ("changes",)
    fixed = ("code", "rate", "country", "starts_on")

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        named = {"name": obj.name, "name_zh": obj.name_zh, "ends_on": obj.ends_on}
        if change:
            change_tax_code(actor=actor_of(request), tax_code_id=obj.pk, **named)
            return
        given = {"code": obj.code, "rate": obj.rate, "country": obj.country, "starts_on": obj.starts_on}
        obj.pk = create_tax_code(actor=actor_of(request), **named, **given).pk


@admin.register(NumberSeries)
class NumberSeriesAdmin(SettingAdmin):
    list_display = ("kind", "company", "year", "prefix", "width", "gapless")
    list_filter = ("kind",)
    list_select_related = ("company",)
    search_fields = ("prefix",)
    autocomplete_fields = ("company",)
    fixed = ("company", "kind", "year", "gapless", "next_number")


register_histories([Company, ExchangeRate, TaxCode])


class BusinessPeriodInline(admin.TabularInline[Any, Any]):
    model = BusinessPeriod
    extra = 0


class CalendarAdmin(ServiceAdmin):
    """What is posted keeps its period: opening posts what had none, and what would move posted days is refused."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with periods_changing():
                return admin.ModelAdmin.changeform_view(self, request, object_id, form_url, extra_context)
        except DomainError as error:
            return self.refused(request, error)


@admin.register(BusinessYear)
class BusinessYearAdmin(CalendarAdmin):
    """A year without sales can be taken back."""

    list_display = ("code", "starts_on", "ends_on")
    search_fields = ("code",)
    inlines = (BusinessPeriodInline,)


@admin.register(BusinessPeriod)
class BusinessPeriodAdmin(CalendarAdmin):
    list_display = ("year", "number", "starts_on", "ends_on")
    list_filter = ("year",)
    list_select_related = ("year",)
    search_fields = ("year__code",)


class CalendarDayInline(admin.TabularInline[Any, Any]):
    model = CalendarDay
    extra = 0


@admin.register(WorkingCalendar)
class WorkingCalendarAdmin(SettingAdmin):
    """A promise that was made keeps its day: a calendar counts for those that are made from now on."""

    list_display = ("code", "name", "name_zh", "weekdays")
    search_fields = ("code", "name", "name_zh")
    fixed = ("code",)
    inlines = (CalendarDayInline,)


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin[Any]):
    list_display = ("calendar", "day", "is_working", "name")
    list_filter = ("calendar", "is_working")
    list_select_related = ("calendar",)
    date_hierarchy = "day"
    search_fields = ("calendar__code", "name")
