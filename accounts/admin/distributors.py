"""Administration of distributors, duties and responsibilities. Whatever has rules is written by the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import (
    Distributor,
    Duty,
    Responsibility,
    Territory,
    Tier,
)
from accounts.services.distributors import FIELDS, change_distributor, create_distributor
from accounts.services.responsibilities.assignments import assign_responsibility
from core.http import actor_of
from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ServiceAdmin, TrackedMixin, register_histories


@admin.register(Distributor)
class DistributorAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    list_display = ("code", "name", "name_zh", "status", "channel_kind", "tier", "territory", "parent")
    list_filter = ("status", "channel_kind", "tier")
    list_select_related = ("tier", "territory", "parent")
    search_fields = ("code", "name", "name_zh", "pinyin", "city")
    autocomplete_fields = ("territory", "parent")
    readonly_fields = ("changes",)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        return ("code", *self.readonly_fields) if obj else self.readonly_fields

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, change: Any) -> None:
        actor = actor_of(request)
        values = {name: getattr(obj, name) for name in FIELDS}
        if change:
            change_distributor(actor=actor, distributor_id=obj.pk, confirm_open=True, **values)
        else:
            obj.pk = create_distributor(actor=actor, code=obj.code, **values).pk


@admin.register(Responsibility)
class ResponsibilityAdmin(TrackedMixin, ExportedMixin, ServiceAdmin):
    """Given here; ended and handed over on the radar, where one sees what it leaves behind."""

    list_display = ("distributor", "duty", "user", "stand_in", "starts_on", "ends_on")
    list_filter = ("duty", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("distributor", "duty", "user", "stand_in")
    search_fields = ("distributor__code", "distributor__name", "user__full_name", "user__email")
    autocomplete_fields = ("distributor", "duty", "user", "stand_in")
    readonly_fields = ("changes",)

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, _form: Any, _change: Any) -> None:
        actor = actor_of(request)
        responsibility = assign_responsibility(
            actor=actor,
            distributor_id=obj.distributor_id,
            duty_id=obj.duty_id,
            user_id=obj.user_id,
            stand_in_id=obj.stand_in_id,
            starts_on=obj.starts_on,
            ends_on=obj.ends_on,
            note=obj.note,
        )
        obj.pk = responsibility.pk


@admin.register(Territory)
class TerritoryAdmin(TrackedMixin, ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("code", "name", "name_zh", "parent")
    list_select_related = ("parent",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parent",)
    readonly_fields = ("changes",)


@admin.register(Tier)
class TierAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    list_display = ("code", "name", "name_zh", "rank")
    search_fields = ("code", "name", "name_zh")


@admin.register(Duty)
class DutyAdmin(ExportedMixin, ReadOnlyAdmin):
    """Created and changed on the page of duties."""

    list_display = ("code", "name", "name_zh", "cadence_in_words", "position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name", "name_zh")


register_histories([Distributor, Responsibility, Territory])
