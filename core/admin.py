"""Administration of the ground: business years, and a look at events, outbox, stored replies and jobs."""

from typing import Any

from django.contrib import admin

from core.models import BusinessPeriod, BusinessYear, Event, Job, JobRowError, OutboxMessage, SavedView, StoredReply
from core.ui.admin import ReadOnlyAdmin


class BusinessPeriodInline(admin.TabularInline[Any, Any]):
    model = BusinessPeriod
    extra = 0


@admin.register(BusinessYear)
class BusinessYearAdmin(admin.ModelAdmin[BusinessYear]):
    list_display = ("code", "starts_on", "ends_on")
    search_fields = ("code",)
    inlines = (BusinessPeriodInline,)


@admin.register(BusinessPeriod)
class BusinessPeriodAdmin(admin.ModelAdmin[BusinessPeriod]):
    list_display = ("year", "number", "starts_on", "ends_on")
    list_filter = ("year",)
    list_select_related = ("year",)
    search_fields = ("year__code",)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "subject_type", "subject_id", "actor", "request_id")
    list_filter = ("subject_type",)
    list_select_related = ("actor",)
    search_fields = ("=subject_id", "=kind", "=request_id")
    ordering = ("-id",)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    list_display = ("id", "topic", "created_at", "available_at", "attempts", "delivered_at", "last_error")
    list_filter = (("delivered_at", admin.EmptyFieldListFilter),)
    search_fields = ("=topic", "last_error")
    ordering = ("-id",)


@admin.register(StoredReply)
class StoredReplyAdmin(ReadOnlyAdmin):
    list_display = ("key", "actor", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("actor",)
    search_fields = ("=key", "actor__email")
    ordering = ("-id",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "status", "created_by", "created_at", "done", "total")
    list_filter = ("kind", "status")
    list_select_related = ("created_by",)
    search_fields = ("title", "created_by__email")


@admin.register(JobRowError)
class JobRowErrorAdmin(ReadOnlyAdmin):
    list_display = ("job", "file", "row", "column", "reason")
    list_select_related = ("job",)
    search_fields = ("=job__id", "file", "reason")


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin[SavedView]):
    list_display = ("name", "page", "user", "query")
    list_filter = ("page",)
    list_select_related = ("user",)
    search_fields = ("name", "user__email")
    autocomplete_fields = ("user",)
