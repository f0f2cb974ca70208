"""Pages of stock counts: the list, one with its figures and rows, opened, finished, approved, reopened, cancelled."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.state import available_actions
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.permissions import can_see_stock
from stocktaking.enums import CountStatus
from stocktaking.filters import BlindLineFilterSet, CountLineFilterSet, StockCountFilterSet
from stocktaking.forms.counts import ApproveCountForm, NoteForm, OpenCountForm, SubmitCountForm
from stocktaking.models import StockCount, StockCountLine
from stocktaking.permissions import COUNT_STATES, can_approve_counts, can_count, can_work_on_counts
from stocktaking.selectors.figures import with_figures
from stocktaking.services.approving import approve_count
from stocktaking.services.counts import cancel_count, open_count, reopen_count, submit_count
from stocktaking.tables.counts import CountLineTable, StockCountTable

LIST = "stocktaking:counts"
WORST = 20


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(StockCountListView.title), url=reverse(LIST))]


class StockCountListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Stock counts")
    model = StockCount
    table_class = StockCountTable
    filterset_class = StockCountFilterSet
    sorts = {"opened_at": ["opened_at", "pk"]}
    default_sort = "-opened_at"
    related = ("warehouse", "company", "opened_by", "posted_by")
    template_name = "stocktaking/counts.html"
    empty = EmptyState(
        title=_("No stock counts yet."),
        text=_("Count a warehouse, have the differences approved, and the stock is right again."),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return with_figures(super().get_rows(ids))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_count=can_count(self.actor), **kwargs)


class StockCountView(ScopedDetailView):
    permission_required = can_see_stock
    model = StockCount
    related = ("warehouse", "company", "opened_by", "submitted_by", "posted_by")
    template_name = "stocktaking/count.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> CountStatus:
        return CountStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        count, steps = self.object, []
        if count.is_open and can_count(self.actor):
            url = reverse("stocktaking:count-entry", args=[count.pk])
            steps.append(NextStep(label=pgettext_lazy("count", "Count"), url=url, opens=True, primary=True))
            url = reverse("stocktaking:count-paste", args=[count.pk])
            steps.append(NextStep(label=_("Paste or upload"), url=url, opens=True))
        return steps + [
            NextStep(
                label=move.label,
                url=reverse(f"stocktaking:count-{move.action}", args=[count.pk]),
                opens=move.action != "cancel",
                primary=move.action == "approve",
                dangerous=move.dangerous,
                confirm=_("Cancel this count? What was counted is not posted.") if move.dangerous else "",
                version=count.version,
            )
            for move in available_actions(COUNT_STATES, count, self.actor)
        ]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("stock_count", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (count,) = with_figures([self.object])
        return super().get_context_data(
            figures=count.figures,
            worst=() if count.hides_expected() else worst_rows(count),
            rows_url=reverse("stocktaking:count-rows", args=[count.pk]),
            **kwargs,
        )


def worst_rows(count: StockCount) -> Sequence[StockCountLine]:
    """The largest differences: by what they are worth, then by pieces."""
    rows: Any = count.lines.all()
    found = rows.in_state("differs").with_differences().select_related("product")
    return list(found.order_by("-weight", "difference", "pk")[:WORST])


class CountRowListView(ScopedListView):
    """All rows of one count; while it is blind without what would say what is expected."""

    permission_required = can_see_stock
    title = _("Rows of the count")
    model = StockCountLine
    table_class = CountLineTable
    filterset_class = CountLineFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "product": ["product__code", "pk"],
        "difference": ["difference", "pk"],
        "value": ["weight", "pk"],
    }
    default_sort = "product"
    related = ("product", "counted_by", "count__company")
    empty = EmptyState(title=_("No rows yet."))

    def prepare(self) -> None:
        super().prepare()
        counts = StockCount.objects.visible_to(self.actor).filter(pk=self.kwargs["pk"])
        found = counts.select_related("warehouse").first()
        if found is None:
            raise Http404
        self.stock_count = found
        self.is_blind = found.hides_expected()

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.stock_count), url=self.stock_count.get_absolute_url())]

    def page_title(self) -> str:
        return _("Rows of count %(number)s") % {"number": self.stock_count}

    def get_filterset_class(self) -> type[CountLineFilterSet]:
        return BlindLineFilterSet if self.is_blind else CountLineFilterSet

    def hidden_columns(self) -> tuple[str, ...]:
        return ("expected", "difference", "value", "first_counted") if self.is_blind else ()

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.filter(count=self.stock_count).with_differences()


class OpenCountView(ServiceFormView):
    permission_required = can_count
    title = _("New stock count")
    form_class = OpenCountForm
    template_name = "stocktaking/open_count.html"
    submit_label = _("Begin counting")
    success_message = _("The count is open. What is expected is compared when you count.")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        found: Any = form
        data = form.cleaned_data
        count = open_count(
            warehouse_id=data["warehouse"].pk,
            scope=data["scope"],
            product_ids=[line.product_id for line in found.found],
            category_ids=[category.pk for category in data["categories"]],
            is_blind=data["is_blind"],
            tolerance=data["tolerance"],
            note=data["note"],
            actor=self.actor,
            now=timezone.now(),
        )
        self.success_url = count.get_absolute_url()
        return super().form_valid(form)

    def get_field_name(self, problem: Any) -> str | None:
        return "lines" if problem.field == "products" else problem.field or None


class _OfCountView(ScopedServiceFormView):
    abstract = True
    model = StockCount
    related = ("warehouse", "company")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def take(self, service: Any, **values: Any) -> None:
        service(
            count_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **values,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (count,) = with_figures([self.object])
        return super().get_context_data(figures=count.figures, **kwargs)


class SubmitCountView(_OfCountView):
    permission_required = can_count
    title = pgettext_lazy("count", "Finish counting")
    form_class = SubmitCountForm
    template_name = "stocktaking/submit_count.html"
    submit_label = pgettext_lazy("count", "Finish counting")
    success_message = ""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(submit_count, **form.cleaned_data)
        return super().form_valid(form)


class ApproveCountView(_OfCountView):
    permission_required = can_approve_counts
    title = pgettext_lazy("count", "Approve differences")
    form_class = ApproveCountForm
    template_name = "stocktaking/approve_count.html"
    submit_label = _("Approve and post")
    success_message = _("Posted. The stock is as it was counted, with what moved since.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(approve_count, **form.cleaned_data)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(worst=worst_rows(self.object), **kwargs)


class ReopenCountView(_OfCountView):
    permission_required = can_work_on_counts
    title = pgettext_lazy("count", "Reopen")
    form_class = NoteForm
    submit_label = pgettext_lazy("count", "Reopen")
    success_message = _("Rows can be counted again.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(reopen_count, **form.cleaned_data)
        return super().form_valid(form)


class CancelCountView(ActionView):
    permission_required = can_work_on_counts
    model = StockCount
    success_message = _("Count cancelled. Nothing was posted.")

    def perform(self) -> None:
        cancel_count(
            count_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
