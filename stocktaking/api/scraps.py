"""Scrap over the API: prepared, submitted, approved by somebody else, undone."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.fields import WrittenLineSerializer, lines_of
from inventory.models import StockBlock, Warehouse
from stocktaking.enums import ScrapReason
from stocktaking.filters import ScrapFilterSet
from stocktaking.models import Scrap, ScrapLine
from stocktaking.services.scraps import (
    MOST_LINES,
    approve_scrap,
    cancel_scrap,
    return_scrap,
    save_scrap,
    submit_scrap,
    undo_scrap,
)


class ScrapLineSerializer(serializers.ModelSerializer[ScrapLine]):
    product = serializers.CharField(source="product.code", read_only=True)

    class Meta:
        model = ScrapLine
        fields = ("id", "product", "quantity", "unit", "unit_pieces", "pieces", "unit_cost")


class ScrapSerializer(serializers.ModelSerializer[Scrap]):
    """`reverses` is the number of the scrap that this document undoes, `block` that of the blocked goods it takes."""

    warehouse = serializers.CharField(source="warehouse.code", read_only=True)
    block: Any = serializers.CharField(source="block.number", default=None, allow_null=True, read_only=True)
    reverses: Any = serializers.CharField(source="reverses.number", default=None, allow_null=True, read_only=True)
    lines = ScrapLineSerializer(many=True, read_only=True)

    class Meta:
        model = Scrap
        fields = (
            "id", "number", "status", "warehouse", "reason", "block", "reverses", "note", "created_at", "submitted_at",
            "posted_at", "decision_note", "version", "lines",
        )  # fmt: skip


class NewScrapSerializer(serializers.Serializer[Any]):
    """A scrap that is prepared; with `block`, of blocked goods."""

    warehouse: Any = VisibleField(Warehouse)
    reason = serializers.ChoiceField(choices=ScrapReason.choices)
    block = serializers.SlugRelatedField(
        slug_field="number", queryset=StockBlock.objects.none(), allow_null=True, default=None
    )
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    lines = serializers.ListField(child=WrittenLineSerializer(), allow_empty=False, max_length=MOST_LINES)

    def get_fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = dict(super().get_fields())
        request = self.context.get("request")
        if request is not None:
            fields["block"].queryset = StockBlock.objects.visible_to(request.user)
        return fields


class ScrapNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class UndoScrapSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300)


class ScrapViewSet(ScopedReadOnlyViewSet):
    """Goods taken out of stock for good. Versioned: `If-Match` is the version seen."""

    queryset = Scrap.objects.all()
    serializer_class = ScrapSerializer
    filterset_class = ScrapFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("warehouse", "block", "reverses").prefetch_related(
            "lines__product"
        )
        return joined

    @extend_schema(request=NewScrapSerializer, responses={201: ScrapSerializer})
    def create(self, _request: Request) -> Response:
        """Prepare a scrap. Nothing moves until somebody else approves it."""
        values = self.parse(NewScrapSerializer)
        block = values.pop("block")
        made = save_scrap(
            warehouse_id=values.pop("warehouse").pk,
            lines=lines_of(values.pop("lines"), self.actor),
            block_id=block and block.pk,
            actor=self.actor,
            now=timezone.now(),
            **values,
        )
        return self.answer(made.pk, status=201)

    @extend_schema(request=None, responses=ScrapSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, _request: Request, **_kwargs: str) -> Response:
        """Ask for the approval."""
        return self._take(submit_scrap)

    @extend_schema(request=ScrapNoteSerializer, responses=ScrapSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, _request: Request, **_kwargs: str) -> Response:
        """The goods leave the stock; never by whoever submitted it."""
        return self._take(approve_scrap, **self.parse(ScrapNoteSerializer))

    @extend_schema(request=ScrapNoteSerializer, responses=ScrapSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_to_draft(self, _request: Request, **_kwargs: str) -> Response:
        """Give it back as a draft."""
        return self._take(return_scrap, **self.parse(ScrapNoteSerializer))

    @extend_schema(request=UndoScrapSerializer, responses=ScrapSerializer)
    @action(detail=True, methods=["post"])
    def reverse(self, _request: Request, **_kwargs: str) -> Response:
        """Bring the goods back by a counter document."""
        return self._take(undo_scrap, **self.parse(UndoScrapSerializer))

    @extend_schema(request=None, responses=ScrapSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_kwargs: str) -> Response:
        """Give up what is not posted."""
        return self._take(cancel_scrap)

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(scrap_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)
