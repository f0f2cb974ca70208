"""Distributors that turn out to be one, through the API."""

from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from core.api.fields import VisibleField
from core.api.viewsets import ScopedViewSet
from responsibility.services.merging import merge_distributor, undo_merge


class MergedSerializer(serializers.ModelSerializer[Distributor]):
    merged_into: Any = serializers.CharField(
        source="merged_into.code", default=None, allow_null=True, read_only=True, help_text="What it turned out to be."
    )

    class Meta:
        model = Distributor
        fields = ("code", "status", "merged_into")


class MergeInput(serializers.Serializer[Any]):
    into = VisibleField(Distributor)
    confirm_open = serializers.BooleanField(default=False, help_text="True merges although something is open.")


class MergingViewSet(ScopedViewSet):
    """A distributor that is the same company as another one ends, and its number leads there."""

    abstract = False
    queryset = Distributor.objects.all()
    serializer_class = MergedSerializer
    ordering = ("code",)

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("merged_into")
        return found

    @extend_schema(request=MergeInput, responses=MergedSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, _request: Request, **_kwargs: str) -> Response:
        """It turned out to be the same company as another one: end it, and let its number lead there."""
        distributor, values = self.get_object(), self.parse(MergeInput)
        merge_distributor(
            distributor_id=distributor.pk,
            into_id=values["into"].pk,
            confirm_open=values["confirm_open"],
            actor=self.actor,
            expected_version=self.expected_version(),
        )
        return self.answer(distributor.pk)

    @extend_schema(request=None, responses=MergedSerializer)
    @action(detail=True, methods=["post"], url_path="undo-merge")
    def undo_merge(self, _request: Request, **_kwargs: str) -> Response:
        """It is a distributor of its own again, while nothing has happened at it since."""
        distributor = self.get_object()
        undo_merge(distributor_id=distributor.pk, actor=self.actor, expected_version=self.expected_version())
        return self.answer(distributor.pk)
