from typing import Any

from django.db import models

from cases.filters import ComplaintFilter
from cases.models import Complaint
from cases.serializers import ComplaintSerializer
from core.api.viewsets import ScopedReadOnlyViewSet


class ComplaintViewSet(ScopedReadOnlyViewSet):
    """Complaints about distributors and their orders."""

    queryset = Complaint.objects.all()
    serializer_class = ComplaintSerializer
    filterset_class = ComplaintFilter
    ordering = ("-received_on", "-id")

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("distributor", "order")
        return found
