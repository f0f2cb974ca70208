from django.contrib import admin

from cases.models import Complaint


@admin.register(Complaint)
class ComplaintAdmin(admin.ModelAdmin[Complaint]):
    list_display = ("code", "distributor", "subject", "status", "received_on", "closed_on")
    list_filter = ("status",)
    search_fields = ("code", "subject", "distributor__code", "distributor__name")
    list_select_related = ("distributor",)
    raw_id_fields = ("distributor", "order")
    date_hierarchy = "received_on"
