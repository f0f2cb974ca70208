"""Pages of permissions: what each role may do, and what was granted or denied otherwise."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.forms.grants import GrantForm, LimitForm
from accounts.forms.people import EndForm
from accounts.models import Grant, User
from accounts.permissions import can_manage_grants, can_manage_people
from accounts.selectors.grants import grants_by_permission, limit_of
from accounts.services.grants import create_grant, end_grant, limit_orders
from company.selectors import company_currency
from core.permissions import declared_permissions
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.page import Crumb, Page


def way_to_permissions() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Permissions")), url=reverse("accounts:permissions")),)


class PermissionListView(Page):
    """Every permission by app: the roles that have it, and the grants that say otherwise."""

    permission_required = can_manage_grants
    title = _("Permissions")
    template_name = "accounts/permissions.html"

    def get(self, *_arguments: Any, **_named: Any) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(permissions=list(self.rows()), currency=company_currency())
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        grants = grants_by_permission(actor=self.actor, on=timezone.localdate())
        for permission in declared_permissions().values():
            yield {
                "permission": permission,
                "roles": [role.label for role in Role if role in permission.roles],
                "grants": grants.get(permission.codename, []),
            }


class GrantNewView(ServiceFormView):
    permission_required = can_manage_grants
    title = _("Grant or deny a permission")
    form_class = GrantForm
    success_message = _("Saved. It applies from that day on.")

    def back_url(self) -> str:
        return reverse("accounts:permissions")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_permissions()

    def get_initial(self) -> dict[str, Any]:
        return {"permission": self.request.GET.get("permission", ""), "starts_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        create_grant(actor=self.actor, **form.values())
        return super().form_valid(form)


class OrderLimitView(ScopedServiceFormView):
    """Up to which amount a buyer of the own distributor orders alone."""

    permission_required = can_manage_people
    title = _("Order limit")
    model = User
    form_class = LimitForm
    success_message = _("Saved. It applies from today.")

    def get_initial(self) -> dict[str, Any]:
        return {
            "amount": limit_of(person=self.object, distributor_id=self.actor.distributor_id, on=timezone.localdate())
        }

    def form_valid(self, form: Any) -> HttpResponse:
        amount = form.cleaned_data["amount"]
        limit_orders(actor=self.actor, person_id=self.object.pk, amount=amount, on=timezone.localdate())
        return super().form_valid(form)


class GrantEndView(ScopedServiceFormView):
    permission_required = can_manage_grants
    title = _("End grant")
    model = Grant
    form_class = EndForm
    submit_label = _("End grant")
    success_message = _("The grant ends on that day.")

    def back_url(self) -> str:
        return reverse("accounts:permissions")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_permissions()

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        end_grant(actor=self.actor, grant_id=self.object.pk, **form.cleaned_data)
        return super().form_valid(form)
