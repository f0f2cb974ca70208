"""Administration of prices, promotions and plans. Prices are written by their service; plans are created on their pages."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline, register_histories
from planning.models import Landing, LandingForecast, SalesActual, SalesPlan, SalesPlanMix, SalesPlanPeriod
from pricing.models import Price, PriceList


class PlanPeriodInline(ReadOnlyInline):
    model = SalesPlanPeriod


class PlanMixInline(ReadOnlyInline):
    model = SalesPlanMix


@admin.register(SalesPlan)
class SalesPlanAdmin(ExportedMixin, ReadOnlyAdmin):
    """Made, negotiated and agreed on its own page."""

    list_display = (
        "level", "year", "distributor", "territory", "manager", "revision", "is_current", "status", "amount", "currency",
    )  # fmt: skip
    list_filter = ("year", "level", "status", "is_current")
    list_select_related = ("year", "distributor", "territory", "manager")
    search_fields = ("distributor__code", "distributor__name", "territory__code", "manager__email")
    inlines = (PlanPeriodInline,)


@admin.register(SalesPlanPeriod)
class SalesPlanPeriodAdmin(ReadOnlyAdmin):
    list_display = ("plan", "period", "amount")
    list_select_related = ("plan__year", "period__year", "plan__distributor", "plan__territory", "plan__manager")
    search_fields = ("=plan__id",)
    inlines = (PlanMixInline,)


@admin.register(SalesPlanMix)
class SalesPlanMixAdmin(ReadOnlyAdmin):
    list_display = ("plan_period", "category", "amount")
    list_select_related = ("plan_period", "category")
    search_fields = ("=plan_period__plan__id", "category__code")


@admin.register(SalesActual)
class SalesActualAdmin(ExportedMixin, ReadOnlyAdmin):
    """Posted from the orders; `verify` computes it again."""

    list_display = ("month", "basis", "distributor", "manager", "category", "currency", "units", "net_amount")
    list_filter = ("basis", "currency")
    list_select_related = ("distributor", "manager", "category")
    search_fields = ("distributor__code", "distributor__name", "category__code")
    date_hierarchy = "month"


@admin.register(LandingForecast)
class LandingForecastAdmin(ExportedMixin, ReadOnlyAdmin):
    """Made by the schedule; judged when its year is over."""

    list_display = ("made_on", "year", "currency", "sold_share", "growth", "past_error", "error", "bias")
    list_filter = ("year", "currency")
    list_select_related = ("year",)
    date_hierarchy = "made_on"


@admin.register(Landing)
class LandingAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("forecast", "distributor", "manager", "sold_amount", "expected_amount", "actual_amount")
    list_select_related = ("forecast", "distributor", "manager")
    search_fields = ("distributor__code", "distributor__name")


register_histories([Price, PriceList])
