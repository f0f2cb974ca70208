"""Pages of the credit limits that groups share."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Count
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_brand
from billing.filters import CreditLimitFilterSet
from billing.forms.accounts import GroupLimitForm
from billing.models import CreditLimit
from billing.permissions import can_see_accounts, can_set_limits
from billing.services.limits import save_group_limit
from billing.tables.accounts import CreditLimitTable
from billing.views.accounts import way_to_list
from core.actors import Actor
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb

LIST = "billing:limits"


def can_see_limits(actor: Actor, _row: object = None) -> bool:
    return can_see_accounts(actor) and is_brand(actor)


class CreditLimitListView(ScopedListView):
    """Those of groups: one account's own limit stands on its account."""

    permission_required = can_see_limits
    title = _("Credit limits of groups")
    model = CreditLimit
    table_class = CreditLimitTable
    filterset_class = CreditLimitFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "name": ["name", "pk"],
        "exposure_amount": ["exposure_amount", "pk"],
    }
    default_sort = "name"
    template_name = "billing/limits.html"
    empty = EmptyState(
        title=_("No group limits yet."), text=_("Several accounts, such as a parent and its branches, share one limit.")
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(name="")

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = (
            CreditLimit.objects.visible_to(self.actor)
            .filter(pk__in=ids)
            .annotate(account_count=Count("accounts"))
            .in_bulk()
        )
        return [rows[pk] for pk in ids if pk in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_set=can_set_limits(self.actor), **kwargs)


class NewGroupLimitView(ServiceFormView):
    permission_required = can_set_limits
    title = _("New group limit")
    form_class = GroupLimitForm
    success_message = _("The limit is set. Choose this group on the accounts that share it.")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(CreditLimitListView.title), url=reverse(LIST))]

    def back_url(self) -> str:
        return reverse(LIST)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        found: Any = form
        save_group_limit(
            name=form.cleaned_data["name"],
            currency=form.cleaned_data["currency"],
            terms=found.terms(),
            actor=self.actor,
            now=timezone.now(),
        )
        return super().form_valid(form)


class ChangeGroupLimitView(ScopedServiceFormView):
    permission_required = can_set_limits
    title = _("Change group limit")
    model = CreditLimit
    form_class = GroupLimitForm
    success_message = _("The credit limit is set.")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(CreditLimitListView.title), url=reverse(LIST))]

    def back_url(self) -> str:
        return reverse(LIST)

    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(name="")

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "currency", "amount", "temporary_amount", "temporary_until")
        return {name: getattr(self.object, name) for name in names}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["currency"].disabled = True
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        found: Any = form
        save_group_limit(
            name=form.cleaned_data["name"],
            terms=found.terms(),
            limit_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)
