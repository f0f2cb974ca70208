"""Counting on a page: by a scanner that types, row by row, pasted or out of a file."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.models import Product
from core.errors import DomainError, Problem
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from inventory.selectors.document_lines import WrittenLine, find_lines
from stocktaking.forms.counts import CountedLinesForm, CountEntryForm
from stocktaking.models import StockCount, StockCountLine
from stocktaking.permissions import can_count
from stocktaking.selectors.figures import with_figures
from stocktaking.services.counting import Counted, record_counts
from stocktaking.views.counts import way_to_list

SHOWN = 25


class _CountingView(ScopedServiceFormView):
    abstract = True
    permission_required = can_count
    model = StockCount
    related = ("warehouse", "company")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (count,) = with_figures([self.object])
        return super().get_context_data(figures=count.figures, **kwargs)


class CountEntryView(_CountingView):
    """The code first, then the quantity; below it rows that are not counted yet, or what was searched for."""

    title = pgettext_lazy("count", "Count")
    form_class = CountEntryForm
    template_name = "stocktaking/entry.html"
    back_label = gettext_lazy("Back")

    def prepare(self) -> None:
        super().prepare()
        self.written: list[str] = []

    def get_success_url(self) -> str:
        asked = {name: self.request.GET[name] for name in ("q",) if self.request.GET.get(name)}
        if self.request.POST.get("is_more"):
            asked["more"] = "1"
        return reverse("stocktaking:count-entry", args=[self.object.pk], query=asked)

    def get_initial(self) -> dict[str, Any]:
        return {"is_more": bool(self.request.GET.get("more")), "code": self.request.GET.get("code", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lines": self._lines()}

    def _lines(self) -> list[StockCountLine]:
        rows: Any = self.object.lines.select_related("product", "counted_by")
        if self.request.method == "POST":
            sent = [name.removeprefix("row-") for name in self.request.POST if name.startswith("row-")][: SHOWN * 2]
            return list(rows.filter(pk__in=[int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19]).order_by("pk"))  # noqa: PLR2004 - longer is no key
        words = self.request.GET.get("q", "").strip()
        if words:
            products = Product.objects.visible_to(self.actor).matching(words, distributor_id=None).values("pk")
            return list(rows.filter(product__in=products).order_by("counted_at", "pk")[:SHOWN])
        if self.object.is_recounting:
            return list(rows.filter(needs_recount=True, first_counted__isnull=True).order_by("pk")[:SHOWN])
        return list(rows.filter(counted__isnull=True).order_by("pk")[:SHOWN])

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = form.cleaned_data
        rows: list[Counted] = []
        said = ""
        if data["code"]:
            found, said = self._scanned(data)
            rows.append(found)
            self.written.append("code")
        for line in self._lines():
            if data[f"row-{line.pk}"] is not None:
                rows.append(
                    Counted(
                        product_id=line.product_id,
                        pieces=data[f"row-{line.pk}"],
                        reason=data[f"reason-{line.pk}"],
                        seen=data[f"seen-{line.pk}"],
                    )
                )
                self.written.append(f"row-{line.pk}")
        record_counts(count_id=self.object.pk, rows=rows, actor=self.actor, now=timezone.now())
        self.success_message = said or _("Saved.")
        return super().form_valid(form)

    def _scanned(self, data: dict[str, Any]) -> tuple[Counted, str]:
        quantity = 1 if data["quantity"] is None else data["quantity"]
        lines, problems = find_lines([WrittenLine(code=data["code"].strip(), quantity=quantity)], actor=self.actor)
        if problems:
            raise DomainError(problems=[Problem(message=one.message, code=one.code, field="code") for one in problems])
        line = lines[0]
        product = Product.objects.visible_to(self.actor).filter(pk=line.product_id).first()
        said = _("%(code)s %(name)s: %(pieces)d counted.") % {
            "code": product.code if product else data["code"],
            "name": product.display_name if product else "",
            "pieces": line.pieces,
        }
        return Counted(product_id=line.product_id, pieces=line.pieces, is_more=data["is_more"]), said

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        """Whoever saw that somebody else was quicker may replace it by saving once more."""
        newer = {
            str(line.pk): line.entries for line in self.object.lines.filter(pk__in=[line.pk for line in form.lines])
        }
        form.data = form.data.copy()
        for pk, entries in newer.items():
            form.data[f"seen-{pk}"] = entries
        return super().form_refused(form, error)

    def get_field_name(self, problem: Problem) -> str | None:
        parts = problem.field.split(".")
        if len(parts) > 1 and parts[1].isdecimal():
            return self.written[int(parts[1])]
        return problem.field or None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(words=self.request.GET.get("q", ""), **kwargs)


class PasteCountView(_CountingView):
    title = gettext_lazy("Paste or upload")
    form_class = CountedLinesForm
    template_name = "stocktaking/paste_count.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        found: Any = form
        pieces: dict[int, int] = {}
        for line in found.found:
            pieces[line.product_id] = pieces.get(line.product_id, 0) + line.pieces
        self.products = list(pieces)
        rows = [Counted(product_id=pk, pieces=number) for pk, number in pieces.items()]
        record_counts(count_id=self.object.pk, rows=rows, actor=self.actor, now=timezone.now())
        self.success_message = _("%(rows)d products counted.") % {"rows": len(rows)}
        return super().form_valid(form)

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        """A problem of a row names its product: the rows of the text were added up."""
        codes = dict(
            Product.objects.visible_to(self.actor)
            .filter(pk__in=getattr(self, "products", []))
            .values_list("pk", "code")
        )
        problems = [self._named(problem, codes) for problem in error.problems[:SHOWN]]
        return super().form_refused(form, type(error)(problems=problems))

    def _named(self, problem: Problem, codes: dict[int, str]) -> Problem:
        parts = problem.field.split(".")
        if len(parts) > 1 and parts[1].isdecimal():
            code = codes.get(self.products[int(parts[1])], "")
            return Problem(message=f"{code}: {problem.message}", code=problem.code, field="lines")
        return problem
