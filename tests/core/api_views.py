"""A small API over tiers, made of the base classes alone, and its addresses."""

from typing import Any

from django.db import transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Tier
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import Conflict, InvalidInput, Problem
from core.state import check_version


class TierRow(serializers.ModelSerializer[Tier]):
    class Meta:
        model = Tier
        fields = ("code", "name", "rank")


class TierInput(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=64)
    rank = serializers.IntegerField(min_value=0, max_value=30_000)


class TierViewSet(ScopedReadOnlyViewSet):
    queryset = Tier.objects.all()
    serializer_class = TierRow
    ordering = ("code",)
    orders = {"code": ("code",), "-rank": ("-rank",)}
    action_scopes = {"create": "order"}

    def create(self, request: Request) -> Response:
        wish = self.parse(TierInput)
        with transaction.atomic():
            tier = Tier.objects.create(name=wish["code"], **wish)
        if request.query_params.get("fail"):
            raise Conflict("No.", code="no")
        return self.answer(tier.pk, status=201)

    def refuse(self, _request: Request, code: str) -> Response:
        match code:
            case "two-problems":
                problems = [Problem(message="Too few.", code="few", field="lines.0.quantity"), Problem(message="Bad.")]
                raise InvalidInput(problems=problems)
            case "bug":
                raise RuntimeError("a defect")
        tier = self.get_object()
        tier.version = 3
        check_version(tier, self.expected_version())
        return Response(status=204)


urlpatterns = [
    path("tiers/", TierViewSet.as_view({"get": "list", "post": "create"})),
    path("tiers/<str:code>/", TierViewSet.as_view({"get": "retrieve", "post": "refuse"})),
]
