"""Pages of assignment templates: the list, a new one, a change, and applying them to distributors."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Distributor
from accounts.permissions import can_see_radar
from accounts.selectors.responsibility_history import distributors_by_ids
from core.errors import InvalidInput
from core.paths import whole_number
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from responsibility.filters import TemplateFilter
from responsibility.forms.templates import ApplyForm, TemplateForm, initial_of
from responsibility.models import AssignmentTemplate
from responsibility.permissions import can_apply_templates, can_change_templates
from responsibility.services.templates import apply_templates, change_template, create_template
from responsibility.tables import TemplateTable

MOST_ROWS = 200


def way_to_templates() -> Sequence[Crumb]:
    return (
        Crumb(label=str(_("Responsibilities")), url=reverse("responsibility:radar")),
        Crumb(label=str(_("Assignment templates")), url=reverse("responsibility:templates")),
    )


class TemplateListView(ScopedListView):
    """Who is given each duty of a new distributor, by territory and kind of channel."""

    permission_required = can_see_radar
    title = _("Assignment templates")
    template_name = "responsibility/templates.html"
    model = AssignmentTemplate
    table_class = TemplateTable
    filterset_class = TemplateFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"]}
    default_sort = "code"
    related = ("territory",)
    empty = EmptyState(
        title=_("No templates yet."),
        text=_("A template says who is given each duty of a new distributor in a territory or of a channel kind."),
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_templates()[:1]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().annotate(line_count=Count("lines"))
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_change=can_change_templates(self.actor), **kwargs)


class TemplateNewView(ServiceFormView):
    permission_required = can_change_templates
    title = _("New template")
    form_class = TemplateForm
    submit_label = _("Create")
    success_message = _("Created.")

    def back_url(self) -> str:
        return reverse("responsibility:templates")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_templates()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "is_new": True}

    def form_valid(self, form: Any) -> HttpResponse:
        create_template(actor=self.actor, **form.values())
        return super().form_valid(form)


class TemplateChangeView(ScopedServiceFormView):
    permission_required = can_change_templates
    title = _("Change template")
    model = AssignmentTemplate
    lookup_field = "code"
    form_class = TemplateForm

    def page_title(self) -> str:
        return str(self.object.display_name)

    def back_url(self) -> str:
        return reverse("responsibility:templates")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_templates()

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "is_new": False}

    def form_valid(self, form: Any) -> HttpResponse:
        change_template(
            actor=self.actor, template_id=self.object.pk, expected_version=self.expected_version(), **form.values()
        )
        return super().form_valid(form)


class TemplateApplyView(ServiceFormView):
    """Fill the gaps of the distributors named by `ids` in the address, each by its template."""

    permission_required = can_apply_templates
    title = _("Assign by template")
    template_name = "responsibility/selection_form.html"
    form_class = ApplyForm
    submit_label = _("Assign")
    success_message = ""

    def back_url(self) -> str:
        return reverse("responsibility:radar")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_templates()[:1]

    @cached_property
    def ticked(self) -> list[Distributor]:
        sent = (*self.request.GET.getlist("ids"), *self.request.POST.getlist("ids"))
        ids = sorted({number for one in sent if (number := whole_number(one))})[:MOST_ROWS]
        return distributors_by_ids(self.actor, ids)

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ticked=self.ticked, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if not self.ticked:
            raise InvalidInput(_("Choose at least one distributor."), code="required", field="")
        template = form.cleaned_data["template"]
        done = apply_templates(
            distributor_ids=[one.pk for one in self.ticked],
            actor=self.actor,
            on=form.cleaned_data["on"],
            template_id=template.pk if template else None,
        )
        assigned, left = sum(len(one.assigned) for one in done), sum(len(one.left) for one in done)
        text = ngettext("%(number)d duty assigned.", "%(number)d duties assigned.", assigned) % {"number": assigned}
        messages.success(self.request, text)
        if left:
            text = ngettext(
                "%(number)d duty is still unassigned: no template says who is given it.",
                "%(number)d duties are still unassigned: no template says who is given them.",
                left,
            )
            messages.warning(self.request, text % {"number": left})
        return super().form_valid(form)
