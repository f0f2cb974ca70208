"""Administration of transfers: to look at, their services write them."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from transfers.models import Transfer, TransferLine


class TransferLineInline(ReadOnlyInline):
    model = TransferLine
    fields = ("product", "quantity", "unit", "pieces", "received", "lost", "surplus", "reason")


@admin.register(Transfer)
class TransferAdmin(ExportedMixin, ReadOnlyAdmin):
    """Sent and received on its page and by the API: the stock moves with it."""

    list_display = ("__str__", "status", "source", "destination", "expected_on", "sent_at", "received_at")
    list_filter = ("status", "source", "destination")
    list_select_related = ("source", "destination")
    search_fields = ("=number", "note", "lines__product__code")
    inlines = (TransferLineInline,)


@admin.register(TransferLine)
class TransferLineAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("transfer", "product", "quantity", "unit", "pieces", "received", "lost", "surplus", "reason")
    list_select_related = ("transfer", "product")
    search_fields = ("=transfer__number", "product__code")
