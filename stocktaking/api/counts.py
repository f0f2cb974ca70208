"""Stock counts over the API: opened, counted, finished, approved."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.fields import ProductField
from catalogue.models import Category
from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from inventory.models import Warehouse
from inventory.rules import MOST_PIECES
from inventory.selectors.document_lines import WrittenLine, read_lines
from stocktaking.enums import CountScope, DifferenceReason, Uncounted
from stocktaking.filters import CountRowFilterSet, StockCountFilterSet
from stocktaking.models import StockCount, StockCountLine
from stocktaking.selectors.figures import with_figures
from stocktaking.services.approving import approve_count
from stocktaking.services.counting import Counted, record_counts
from stocktaking.services.counts import cancel_count, open_count, reopen_count, submit_count

MOST_ROWS = 5_000


class CountFiguresSerializer(serializers.Serializer[Any]):
    """What a count found. While it is blind, whatever would say what is expected is null."""

    rows = serializers.IntegerField()
    counted_rows = serializers.IntegerField()
    recount = serializers.IntegerField(help_text="Rows to be counted a second time.")
    right = serializers.IntegerField(allow_null=True)
    differing = serializers.IntegerField(allow_null=True)
    accuracy = serializers.FloatField(allow_null=True, help_text="The share of the counted rows that are right.")
    net_value = serializers.DecimalField(max_digits=19, decimal_places=4, allow_null=True, help_text="At cost.")
    gross_value = serializers.DecimalField(
        max_digits=19, decimal_places=4, allow_null=True, help_text="The sizes of the differences added up, at cost."
    )


class StockCountSerializer(serializers.ModelSerializer[StockCount]):
    warehouse = serializers.CharField(source="warehouse.code", read_only=True)
    figures = serializers.SerializerMethodField()

    class Meta:
        model = StockCount
        fields = (
            "id", "number", "status", "warehouse", "scope", "is_blind", "tolerance", "note", "opened_at", "submitted_at",
            "posted_at", "decision_note", "version", "figures",
        )  # fmt: skip

    @extend_schema_field(CountFiguresSerializer)
    def get_figures(self, count: Any) -> dict[str, Any]:
        found = count if "figures" in vars(count) else with_figures([count])[0]
        return dict(CountFiguresSerializer(found.figures).data)


class CountRowSerializer(serializers.ModelSerializer[StockCountLine]):
    """A product of a count; what is expected is null until it is counted, and while a blind count is open."""

    count: Any = serializers.CharField(source="count.number", read_only=True)
    product = serializers.CharField(source="product.code", read_only=True)
    difference = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = StockCountLine
        fields = (
            "id", "count", "product", "counted", "expected", "difference", "counted_at", "first_counted", "needs_recount",
            "entries", "reason",
        )  # fmt: skip

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        hidden = dict.fromkeys(("expected", "difference", "first_counted"))
        return {**shown, **hidden} if instance.count.hides_expected() else shown


class NewCountSerializer(serializers.Serializer[Any]):
    warehouse: Any = VisibleField(Warehouse)
    scope = serializers.ChoiceField(choices=CountScope.choices, default=CountScope.ALL)
    products = serializers.ListField(child=ProductField(), default=list, max_length=MOST_ROWS)
    categories = serializers.ListField(child=VisibleField(Category), default=list, max_length=500)
    is_blind = serializers.BooleanField(default=False)
    tolerance = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, allow_null=True, default=None, help_text="Percent."
    )
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class CountedRowSerializer(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=64, help_text="One of its codes; the barcode of a case counts cases.")
    quantity = serializers.IntegerField(min_value=0, max_value=MOST_PIECES)
    unit = serializers.CharField(max_length=16, allow_blank=True, default="", help_text="Blank: what the code means.")
    reason = serializers.ChoiceField(choices=DifferenceReason.choices, allow_blank=True, default="")
    is_more = serializers.BooleanField(default=False, help_text="Add to what was counted of it before.")
    seen = serializers.IntegerField(
        min_value=0,
        allow_null=True,
        default=None,
        help_text="The row's `entries` as seen: 409 where somebody was quicker.",
    )
    at = serializers.DateTimeField(
        allow_null=True, default=None, help_text="When it was counted, if not now: what lay there then is expected."
    )


class CountedRowsSerializer(serializers.Serializer[Any]):
    """Up to 5,000 rows, all or none."""

    rows = serializers.ListField(child=CountedRowSerializer(), allow_empty=False, max_length=MOST_ROWS)


class SubmitCountSerializer(serializers.Serializer[Any]):
    uncounted = serializers.ChoiceField(choices=Uncounted.choices, default=Uncounted.REFUSE)


class ApproveCountSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(
        choices=DifferenceReason.choices, allow_blank=True, default="", help_text="Of rows that have none."
    )
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
    from_orders = serializers.BooleanField(
        default=False, help_text="Where fewer pieces are left than are reserved, let the newest orders wait."
    )


class CountNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


def counted_rows(values: list[dict[str, Any]], actor: Any) -> list[Counted]:
    """The rows that were sent as products and pieces, or 400 with every row that is wrong."""
    written = [WrittenLine(code=row["product"], quantity=row["quantity"], unit=row["unit"]) for row in values]
    lines, problems = read_lines(written, actor=actor)
    if problems:
        raise InvalidInput(problems=problems)
    return [
        Counted(
            product_id=line.product_id,
            pieces=line.pieces,
            **{name: row[name] for name in ("reason", "is_more", "seen", "at")},
        )
        for row, line in zip(values, lines, strict=True)
        if line is not None
    ]


class StockCountViewSet(ScopedReadOnlyViewSet):
    """Counts of the brand owner's warehouses. Versioned: `If-Match` is the version seen."""

    queryset = StockCount.objects.all()
    serializer_class = StockCountSerializer
    filterset_class = StockCountFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("warehouse")
        return joined

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        return None if page is None else with_figures(page)

    @extend_schema(request=NewCountSerializer, responses={201: StockCountSerializer})
    def create(self, _request: Request) -> Response:
        """Begin to count: a row for each product."""
        values = self.parse(NewCountSerializer)
        made = open_count(
            warehouse_id=values.pop("warehouse").pk,
            product_ids=[product.pk for product in values.pop("products")],
            category_ids=[category.pk for category in values.pop("categories")],
            actor=self.actor,
            now=timezone.now(),
            **values,
        )
        return self.answer(made.pk, status=201)

    @extend_schema(request=CountedRowsSerializer, responses=StockCountSerializer)
    @action(detail=True, methods=["post"])
    def record(self, _request: Request, **_kwargs: str) -> Response:
        """Say what was counted: what lies there at this moment is what is expected."""
        pk = self.get_object().pk
        rows = counted_rows(self.parse(CountedRowsSerializer)["rows"], self.actor)
        record_counts(count_id=pk, rows=rows, actor=self.actor, now=timezone.now())
        return self.answer(pk)

    @extend_schema(request=SubmitCountSerializer, responses=StockCountSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, _request: Request, **_kwargs: str) -> Response:
        """Finish counting; rows beyond the tolerance are asked for a second time first."""
        return self._take(submit_count, **self.parse(SubmitCountSerializer))

    @extend_schema(request=ApproveCountSerializer, responses=StockCountSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, _request: Request, **_kwargs: str) -> Response:
        """Post the differences: by somebody who did not count."""
        return self._take(approve_count, **self.parse(ApproveCountSerializer))

    @extend_schema(request=CountNoteSerializer, responses=StockCountSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, _request: Request, **_kwargs: str) -> Response:
        """Let rows be counted again."""
        return self._take(reopen_count, **self.parse(CountNoteSerializer))

    @extend_schema(request=None, responses=StockCountSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_kwargs: str) -> Response:
        """Give up the count: nothing is posted."""
        return self._take(cancel_count)

    def _take(self, service: Any, **values: Any) -> Response:
        pk = self.get_object().pk
        service(count_id=pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **values)
        return self.answer(pk)


class CountRowViewSet(ScopedReadOnlyViewSet):
    """The rows of counts: `?count=` is the number of one."""

    queryset = StockCountLine.objects.all()
    serializer_class = CountRowSerializer
    filterset_class = CountRowFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.with_differences().select_related("count", "product")
        return joined
