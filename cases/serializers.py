from rest_framework import serializers

from cases.models import Complaint


class ComplaintSerializer(serializers.ModelSerializer[Complaint]):
    distributor = serializers.CharField(source="distributor.code")
    order = serializers.CharField(source="order.number", default=None, allow_null=True, read_only=True)
    currency = serializers.CharField(source="distributor.currency")

    class Meta:
        model = Complaint
        fields = (
            "code",
            "distributor",
            "order",
            "subject",
            "text",
            "amount",
            "currency",
            "status",
            "received_on",
            "closed_on",
        )
