"""Pages of memberships: the one in use, another one for a person, the end of one."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.people import EndForm, MembershipForm
from accounts.models import Membership, User
from accounts.permissions import can_manage_people
from accounts.services.memberships import SESSION_KEY, end_membership, grant_membership
from accounts.views.people import HandOverOffered, way_to_people
from core.errors import NotVisible
from core.permissions import is_active_user
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb, Page


class MembershipUseView(Page):
    """Act under another of one's memberships from now on, in this session."""

    permission_required = is_active_user  # also whoever has no role, because the one in use ended
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.POST.get("membership", "")
        if chosen not in {str(row.pk) for row in self.actor.memberships_in_force()}:
            raise NotVisible
        request.session[SESSION_KEY] = int(chosen)
        return HttpResponseRedirect(reverse("home"))


class MembershipNewView(ScopedServiceFormView):
    """Another role for a person, beside those they have."""

    permission_required = can_manage_people
    title = _("Add a role")
    model = User
    form_class = MembershipForm
    submit_label = _("Add role")
    success_message = _("Role added.")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_people()

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        data = dict(form.cleaned_data)
        distributor = data.pop("distributor", None)
        where = distributor.pk if distributor else self.actor.distributor_id
        grant_membership(actor=self.actor, person_id=self.object.pk, distributor_id=where, **data)
        return super().form_valid(form)


class MembershipEndView(HandOverOffered):
    """The end of one role of a person; the others stay."""

    permission_required = can_manage_people
    title = _("End role")
    model = Membership
    form_class = EndForm
    submit_label = _("End role")
    success_message = _("The role ends on that day.")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_people()

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: Any) -> HttpResponse:
        end_membership(actor=self.actor, membership_id=self.object.pk, **form.cleaned_data)
        return super().form_valid(form)
