"""Pages of approval rules: the list, a new one, a change."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from orders.changes.models import ApprovalRule
from orders.changes.permissions import can_set_rules
from orders.changes.services.rules import FIELDS, change_approval_rule, create_approval_rule
from orders.pages.filters import ApprovalRuleFilter
from orders.pages.rule_forms import ApprovalRuleForm
from orders.pages.tables import ApprovalRuleTable


def _way() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Approval rules")), url=reverse("orders:approval-rules")),)


class ApprovalRuleList(ScopedListView):
    """When orders approve themselves."""

    permission_required = can_set_rules
    title = _("Approval rules")
    template_name = "orders/approval_rules.html"
    model = ApprovalRule
    table_class = ApprovalRuleTable
    filterset_class = ApprovalRuleFilter
    related = ("tier", "type", "company")
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"], "position": ["position", "code"]}
    default_sort = "position"
    empty = EmptyState(
        title=_("No approval rules yet."), text=_("Without one every order waits for a person to approve it.")
    )


def _values(form: ApprovalRuleForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


class ApprovalRuleNew(ServiceFormView):
    permission_required = can_set_rules
    title = _("New approval rule")
    form_class = ApprovalRuleForm
    submit_label = _("Create")

    def back_url(self) -> str:
        return reverse("orders:approval-rules")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor, "is_new": True}

    def form_valid(self, form: Any) -> HttpResponse:
        create_approval_rule(actor=self.actor, code=form.cleaned_data["code"], **_values(form))
        return super().form_valid(form)


class ApprovalRuleChange(ScopedServiceFormView):
    permission_required = can_set_rules
    title = _("Change approval rule")
    model = ApprovalRule
    lookup_field = "code"
    form_class = ApprovalRuleForm

    def page_title(self) -> str:
        return str(self.object.display_name)

    def back_url(self) -> str:
        return reverse("orders:approval-rules")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FIELDS}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor, "is_new": False}

    def form_valid(self, form: Any) -> HttpResponse:
        change_approval_rule(
            actor=self.actor, rule_id=self.object.pk, expected_version=self.expected_version(), **_values(form)
        )
        return super().form_valid(form)
