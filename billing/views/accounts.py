"""Pages of trade accounts: the list, one of them, opened, its limit set, its group chosen; and the list of entries."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from billing.enums import CREDIT_LIMIT, TRADE_ACCOUNT
from billing.filters import AccountEntryFilterSet, TradeAccountFilterSet
from billing.forms.accounts import AccountLimitForm, EntryForm, JoinGroupForm, OpenAccountForm, ReverseEntryForm
from billing.models import AccountEntry, TradeAccount
from billing.permissions import can_post_entries, can_see_accounts, can_set_limits
from billing.selectors.credit import SHOWN
from billing.services.entries import post_entry, reverse_entry
from billing.services.limits import join_group, open_account, set_account_limit
from billing.tables.accounts import AccountEntryTable, TradeAccountTable
from core.errors import Problem
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb, Predicate

LIST = "billing:accounts"


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(TradeAccountListView.title), url=reverse(LIST))]


class TradeAccountListView(ScopedListView):
    permission_required = can_see_accounts
    title = _("Trade accounts")
    model = TradeAccount
    table_class = TradeAccountTable
    filterset_class = TradeAccountFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "name": ["distributor__name", "pk"],
        "exposure_amount": ["exposure_amount", "pk"],
    }
    default_sort = "-exposure_amount"
    related = ("distributor", "credit_limit")
    template_name = "billing/accounts.html"
    empty = EmptyState(
        title=_("No trade accounts yet."),
        text=_(
            "Open one for a distributor to give it a credit limit: from then on what it orders and owes counts there."
        ),
    )

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.with_credit(timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_set=can_set_limits(self.actor), **kwargs)


class TradeAccountView(ScopedDetailView):
    permission_required = can_see_accounts
    model = TradeAccount
    related = ("distributor", "company", "credit_limit")
    template_name = "billing/account.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def page_title(self) -> str:
        return str(self.object.distributor.display_name)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.with_credit(timezone.localdate())

    def next_steps(self) -> Sequence[NextStep]:
        account = self.object
        url = reverse("billing:entry-new", args=[account.pk])
        post = [NextStep(label=_("Post entry"), url=url, opens=True)] if can_post_entries(self.actor) else []
        if not can_set_limits(self.actor):
            return post
        limit = NextStep(
            label=_("Set credit limit"),
            url=reverse("billing:account-limit", args=[account.pk]),
            opens=True,
            primary=True,
        )
        group = NextStep(label=_("Choose group"), url=reverse("billing:account-group", args=[account.pk]), opens=True)
        shares = account.credit_limit is not None and account.credit_limit.name
        return [group, *post] if shares else [limit, group, *post]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        limit = self.object.credit_limit_id
        return [(TRADE_ACCOUNT, self.object.pk), *([(CREDIT_LIMIT, limit)] if limit else [])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.object
        return super().get_context_data(
            account=account,
            entries=list(account.entries.select_related("reversed_by").order_by("-posted_on", "-pk")[:SHOWN]),
            may_post=can_post_entries(self.actor),
            entries_url=reverse("billing:entries", query={"distributor": account.distributor.code}),
            **kwargs,
        )


class AccountEntryListView(ScopedListView):
    permission_required = can_see_accounts
    title = _("Account entries")
    model = AccountEntry
    table_class = AccountEntryTable
    filterset_class = AccountEntryFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "posted_on": ["posted_on", "pk"],
        "amount": ["amount", "pk"],
    }
    default_sort = "-posted_on"
    related = ("account__distributor", "recorded_by")
    empty = EmptyState(
        title=_("No entries yet."), text=_("Invoices, payments and credit notes of the accounts appear here.")
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()


class OpenAccountView(ServiceFormView):
    permission_required = can_set_limits
    title = _("Open trade account")
    form_class = OpenAccountForm
    submit_label = _("Open account")
    success_message = _("The account is open. Set its credit limit next.")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_initial(self) -> dict[str, Any]:
        code = self.request.GET.get("distributor", "")
        return {"distributor": Distributor.objects.visible_to(self.actor).filter(code=code).first()}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        account = open_account(
            distributor_id=form.cleaned_data["distributor"].pk,
            opened_on=form.cleaned_data["opened_on"],
            actor=self.actor,
            now=timezone.now(),
        )
        self.success_url = account.get_absolute_url()
        return super().form_valid(form)


class _OfAccountView(ScopedServiceFormView):
    abstract = True
    permission_required: ClassVar[Predicate] = can_set_limits
    model = TradeAccount
    related = ("distributor", "credit_limit", "company")

    def crumbs(self) -> Sequence[Crumb]:
        account = self.object
        return [*way_to_list(), Crumb(label=account.distributor.display_name, url=account.get_absolute_url())]


class AccountLimitView(_OfAccountView):
    title = _("Credit limit")
    form_class = AccountLimitForm
    success_message = _("The credit limit is set.")

    def get_initial(self) -> dict[str, Any]:
        limit = self.object.credit_limit
        if limit is None or limit.name:
            return {}
        return {name: getattr(limit, name) for name in ("amount", "temporary_amount", "temporary_until")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        found: Any = form
        set_account_limit(
            account_id=self.object.pk,
            terms=found.wanted(),
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class JoinGroupView(_OfAccountView):
    title = _("Group")
    form_class = JoinGroupForm
    success_message = _("The group of the account is set.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_initial(self) -> dict[str, Any]:
        account = self.object
        shares = account.credit_limit is not None and account.credit_limit.name
        return {"limit": account.credit_limit_id if shares else None, "sub_limit": account.sub_limit}

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field or None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        limit = form.cleaned_data["limit"]
        join_group(
            account_id=self.object.pk,
            limit_id=limit and limit.pk,
            sub_limit=form.cleaned_data["sub_limit"],
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)


class PostEntryView(_OfAccountView):
    """An opening balance, or what was booked elsewhere."""

    permission_required = can_post_entries
    title = _("Post entry")
    form_class = EntryForm
    success_message = _("Posted.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        post_entry(account_id=self.object.pk, actor=self.actor, now=timezone.now(), **form.cleaned_data)
        return super().form_valid(form)


class ReverseEntryView(ScopedServiceFormView):
    permission_required = can_post_entries
    title = _("Reverse entry")
    model = AccountEntry
    related = ("account__distributor",)
    form_class = ReverseEntryForm
    success_message = _("The entry is reversed.")

    def crumbs(self) -> Sequence[Crumb]:
        account = self.object.account
        return [*way_to_list(), Crumb(label=account.distributor.display_name, url=account.get_absolute_url())]

    def back_url(self) -> str:
        return str(self.object.account.get_absolute_url())

    def form_valid(self, form: BaseForm) -> HttpResponse:
        reverse_entry(entry_id=self.object.pk, actor=self.actor, now=timezone.now(), **form.cleaned_data)
        return super().form_valid(form)
