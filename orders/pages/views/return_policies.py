"""Pages of return policies: the list, a new one, a change."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from orders.pages.return_filters import ReturnPolicyFilter
from orders.pages.return_forms import ReturnPolicyForm
from orders.pages.return_tables import ReturnPolicyTable
from orders.returns.models import ReturnPolicy
from orders.returns.permissions import can_set_return_policies
from orders.returns.services.policies import FIELDS, change_return_policy, create_return_policy


def _way() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Return policies")), url=reverse("orders:return-policies")),)


class ReturnPolicyList(ScopedListView):
    """When returns authorise themselves."""

    permission_required = can_set_return_policies
    title = _("Return policies")
    template_name = "orders/return_policies.html"
    model = ReturnPolicy
    table_class = ReturnPolicyTable
    filterset_class = ReturnPolicyFilter
    related = ("tier",)
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"]}
    default_sort = "code"
    empty = EmptyState(
        title=_("No return policies yet."), text=_("Without one every return waits for a person to decide.")
    )


def _values(form: ReturnPolicyForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


class ReturnPolicyNew(ServiceFormView):
    permission_required = can_set_return_policies
    title = _("New return policy")
    form_class = ReturnPolicyForm
    submit_label = _("Create")

    def back_url(self) -> str:
        return reverse("orders:return-policies")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor, "is_new": True}

    def form_valid(self, form: Any) -> HttpResponse:
        create_return_policy(actor=self.actor, code=form.cleaned_data["code"], **_values(form))
        return super().form_valid(form)


class ReturnPolicyChange(ScopedServiceFormView):
    permission_required = can_set_return_policies
    title = _("Change return policy")
    model = ReturnPolicy
    lookup_field = "code"
    form_class = ReturnPolicyForm

    def page_title(self) -> str:
        return str(self.object.display_name)

    def back_url(self) -> str:
        return reverse("orders:return-policies")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FIELDS}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor, "is_new": False}

    def form_valid(self, form: Any) -> HttpResponse:
        change_return_policy(
            actor=self.actor, policy_id=self.object.pk, expected_version=self.expected_version(), **_values(form)
        )
        return super().form_valid(form)
