"""Administration of the ground: business years, and a look at events, outbox, stored replies and jobs."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.models import (
    Delivery,
    Event,
    EventSubject,
    Job,
    JobRowError,
    OutboxMessage,
    SavedView,
    StoredReply,
)
from core.outbox import retry_deliveries
from core.ui.admin import ReadOnlyAdmin, ReadOnlyInline


class EventSubjectInline(ReadOnlyInline):
    model = EventSubject


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "subject_type", "subject_id", "distributor_id", "actor", "on_behalf_of", "request_id")
    list_filter = ("subject_type",)
    list_select_related = ("actor", "on_behalf_of")
    search_fields = ("=subject_id", "=distributor_id", "=kind", "=request_id")
    ordering = ("-id",)
    inlines = (EventSubjectInline,)


@admin.register(EventSubject)
class EventSubjectAdmin(ReadOnlyAdmin):
    list_display = ("event", "relation", "subject_type", "subject_id")
    list_filter = ("subject_type",)
    list_select_related = ("event",)
    search_fields = ("=subject_id", "=event__id")
    ordering = ("-id",)


class DeliveryInline(ReadOnlyInline):
    model = Delivery
    fields = ("consumer", "status", "attempts", "available_at", "delivered_at", "last_error")


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    list_display = ("id", "topic", "event", "created_at", "available_at", "feed_position", "consumer_count")
    list_filter = (("feed_position", admin.EmptyFieldListFilter),)
    list_select_related = ("event",)
    search_fields = ("=topic", "=event__id")
    ordering = ("-id",)
    inlines = (DeliveryInline,)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("id", "message", "consumer", "status", "attempts", "available_at", "delivered_at", "last_error")
    list_filter = ("status", "consumer")
    list_select_related = ("message",)
    search_fields = ("=message__topic", "=message__id", "last_error")
    ordering = ("-id",)
    actions = ("try_again",)

    @admin.action(description=_("Try again"))
    def try_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Have the relay deliver the selected ones again at once, whatever their attempts."""
        count = retry_deliveries(delivery_ids=list(queryset.values_list("pk", flat=True)), now=timezone.now())
        text = ngettext("Retrying %(count)d delivery.", "Retrying %(count)d deliveries.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(StoredReply)
class StoredReplyAdmin(ReadOnlyAdmin):
    list_display = ("key", "actor", "status", "created_at")
    list_filter = ("status",)
    list_select_related = ("actor",)
    search_fields = ("=key", "actor__email")
    ordering = ("-id",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "status", "created_by", "created_at", "attempts", "lease_owner", "lease_until")
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
