"""Invitations: the form with those that are open, one withdrawn, and the page behind the link."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.enums import Role
from accounts.forms.invitations import InvitationForm, JoinForm
from accounts.models import Distributor, Invitation
from accounts.permissions import can_manage_people
from accounts.services.invitations import accept_invitation, invite_person, join, open_invitation, withdraw_invitation
from accounts.services.memberships import SESSION_KEY
from accounts.views.people import way_to_people
from core.errors import DomainError, NotVisible
from core.ui.forms import ServiceFormView
from core.ui.page import Crumb, Page


class InviteView(ServiceFormView):
    """Who is invited, and the form of a new invitation. Its link is shown on the page that follows, once."""

    permission_required = can_manage_people
    title = gettext_lazy("Invite")
    template_name = "accounts/invite.html"
    form_class = InvitationForm
    submit_label = gettext_lazy("Create link")

    def back_url(self) -> str:
        return self.distributor.get_absolute_url() if self.distributor else reverse("accounts:people")

    @cached_property
    def distributor(self) -> Distributor | None:
        """The one whose page the reader comes from."""
        code = self.request.GET.get("distributor", "")
        return Distributor.objects.visible_to(self.actor).filter(code=code).first() if code else None

    def crumbs(self) -> Sequence[Crumb]:
        if self.distributor is None:
            return way_to_people()
        return [Crumb(label=self.distributor.display_name, url=self.distributor.get_absolute_url())]

    def get_initial(self) -> dict[str, Any]:
        if self.distributor is None:
            return {}
        return {"distributor": self.distributor.code, "role": Role.OWNER}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Invitation.objects.visible_to(self.actor).still_open(timezone.now()).select_related("distributor")
        return super().get_context_data(**({"invitations": rows[:200]} | kwargs))

    def form_valid(self, form: Any) -> HttpResponse:
        data = dict(form.cleaned_data)
        distributor = data.pop("distributor", None)
        invitation, link = invite_person(
            actor=self.actor, distributor_id=distributor.pk if distributor else None, now=timezone.now(), **data
        )
        blank = self.form_class(viewer=self.actor)
        response = self.render_to_response(self.get_context_data(form=blank, invitation=invitation, link=link))
        response.headers["Cache-Control"] = "no-store"
        return response


class InvitationWithdrawView(Page):
    permission_required = can_manage_people
    http_method_names = ["post", "options"]

    def post(self, _request: HttpRequest, pk: int) -> HttpResponseBase:
        withdraw_invitation(actor=self.actor, invitation_id=pk, now=timezone.now())
        return HttpResponseRedirect(reverse("accounts:invite"))


class JoinView(View):
    """Open to whoever has the link: with the account they are signed in with, or with a new one."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        return self._page(request, self._open(secret))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        invitation = self._open(secret)
        if request.user.is_authenticated:
            membership = accept_invitation(secret=secret, person_id=request.user.pk, now=timezone.now())
            request.session[SESSION_KEY] = membership.pk
            return HttpResponseRedirect(reverse("home"))
        form = JoinForm(request.POST, email=invitation.email)
        if not form.is_valid():
            return self._page(request, invitation, form, status=400)
        try:
            values = {"email": invitation.email, "language": translation.get_language()} | form.cleaned_data
            join(secret=secret, now=timezone.now(), **values)
        except NotVisible:
            raise
        except DomainError as error:
            for problem in error.problems:
                form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
            return self._page(request, invitation, form, status=int(error.status))
        messages.success(request, _("Your account is ready. Sign in."))
        return HttpResponseRedirect(reverse("account_login"))

    def _open(self, secret: str) -> Invitation:
        return open_invitation(secret=secret, now=timezone.now())

    def _page(
        self, request: HttpRequest, invitation: Invitation, form: JoinForm | None = None, *, status: int = 200
    ) -> HttpResponse:
        start = {"full_name": invitation.full_name}
        context = {
            "invitation": invitation,
            "inviter": invitation.created_by,
            "form": form or JoinForm(initial=start, email=invitation.email),
        }
        return render(request, "accounts/join.html", context, status=status)
