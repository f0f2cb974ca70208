"""Applications and onboardings to read: they are worked with on their pages."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from onboarding.models import (
    Application,
    ApplicationFile,
    ApplicationMark,
    Certificate,
    Onboarding,
    OnboardingStep,
    ScreeningPolicy,
    Template,
    TemplateDuty,
    TemplateStep,
)


class FileInline(ReadOnlyInline):
    model = ApplicationFile


class MarkInline(ReadOnlyInline):
    model = ApplicationMark


class StepInline(ReadOnlyInline):
    model = OnboardingStep


class TemplateDutyInline(ReadOnlyInline):
    model = TemplateDuty


class TemplateStepInline(ReadOnlyInline):
    model = TemplateStep


@admin.register(Application)
class ApplicationAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("number", "company_name", "status", "territory", "channel_kind", "submitted_at", "distributor")
    list_filter = ("status", "channel_kind")
    list_select_related = ("territory", "distributor")
    search_fields = ("number", "company_name", "tax_number", "contact_name")
    exclude = ("secret_hash",)
    inlines = (FileInline, MarkInline)


@admin.register(ApplicationFile)
class ApplicationFileAdmin(ReadOnlyAdmin):
    list_display = ("application", "kind", "name", "state", "checked_by")
    list_filter = ("kind", "state")
    list_select_related = ("application", "checked_by")
    search_fields = ("application__number", "application__company_name", "name")


@admin.register(ApplicationMark)
class ApplicationMarkAdmin(ReadOnlyAdmin):
    list_display = ("application", "criterion", "mark", "marked_by", "marked_at")
    list_filter = ("criterion",)
    list_select_related = ("application", "marked_by")
    search_fields = ("application__number", "application__company_name")


@admin.register(ScreeningPolicy)
class ScreeningPolicyAdmin(ReadOnlyAdmin):
    list_display = (
        "revision", "reputation", "capability", "resources", "market_coverage", "sales_ability", "service_quality",
        "needs_second_person", "set_by", "set_at",
    )  # fmt: skip
    list_select_related = ("set_by",)


@admin.register(Template)
class TemplateAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "channel_kind", "currency", "is_active")
    list_filter = ("channel_kind", "is_active")
    search_fields = ("code", "name", "name_zh")
    inlines = (TemplateDutyInline, TemplateStepInline)


@admin.register(TemplateDuty)
class TemplateDutyAdmin(ReadOnlyAdmin):
    list_display = ("template", "duty", "territory", "person", "stand_in")
    list_select_related = ("template", "duty", "territory", "person", "stand_in")
    search_fields = ("template__code", "duty__code")


@admin.register(TemplateStep)
class TemplateStepAdmin(ReadOnlyAdmin):
    list_display = ("template", "position", "name", "kind", "side", "due_days", "is_required")
    list_filter = ("kind", "side")
    list_select_related = ("template",)
    search_fields = ("template__code", "name", "name_zh")


@admin.register(Onboarding)
class OnboardingAdmin(ReadOnlyAdmin):
    list_display = ("distributor", "template", "started_on", "ready_at", "ready_by")
    list_select_related = ("distributor", "template", "ready_by")
    search_fields = ("distributor__code", "distributor__name", "distributor__name_zh")
    inlines = (StepInline,)


@admin.register(OnboardingStep)
class OnboardingStepAdmin(ReadOnlyAdmin):
    list_display = ("onboarding", "position", "name", "kind", "side", "due_on", "done_at", "done_by")
    list_filter = ("kind", "side")
    list_select_related = ("onboarding__distributor", "done_by")
    search_fields = ("onboarding__distributor__code", "name", "name_zh")


@admin.register(Certificate)
class CertificateAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("distributor", "course", "holder", "issued_on", "valid_until")
    list_select_related = ("distributor",)
    search_fields = ("distributor__code", "distributor__name", "course", "holder")
    date_hierarchy = "valid_until"
