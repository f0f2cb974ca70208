"""Pages of sessions: one's own, and those of anybody for administrators."""

from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import can_administer
from core.ui.page import Crumb, Page
from sign_in.sessions import end_session, end_sessions, sessions_of


class SessionsView(Page):
    """Where I am signed in."""

    title = _("Sessions")
    template_name = "sign_in/sessions.html"
    http_method_names = ["get", "head", "post", "options"]

    @property
    def person(self) -> User:
        return self.actor

    def here(self) -> str:
        return reverse("sessions")

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        rows = sessions_of(self.person, current_key=self.request.session.session_key)
        others = any(not row.is_current for row in rows)
        context = self.get_context_data(rows=rows, person=self.person, others=others, here=self.here())
        return self.render_to_response(context)

    def post(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        end_sessions(actor=self.actor, person=self.person, but_key=self.request.session.session_key)
        messages.success(self.request, _("The sessions are ended."))
        return HttpResponseRedirect(self.here())


class PersonSessionsView(SessionsView):
    """Where somebody is signed in."""

    permission_required = can_administer

    @property
    def person(self) -> User:
        person: User = get_object_or_404(User.objects.visible_to(self.actor), pk=self.kwargs["pk"])
        return person

    def here(self) -> str:
        return reverse("person_sessions", args=[self.kwargs["pk"]])

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(label=str(_("People")), url=reverse("accounts:people")),
            Crumb(label=str(self.person), url=self.person.get_absolute_url()),
        )


class SessionEndView(Page):
    http_method_names = ["post", "options"]

    def post(self, _request: HttpRequest, pk: int) -> HttpResponseBase:
        is_current = UserSession.objects.filter(pk=pk, session_key=self.request.session.session_key).exists()
        whose = end_session(actor=self.actor, session_id=pk)
        if is_current:
            logout(self.request)
            return HttpResponseRedirect(reverse("account_login"))
        messages.success(self.request, _("The session is ended."))
        own = whose.pk == self.actor.pk
        return HttpResponseRedirect(reverse("sessions") if own else reverse("person_sessions", args=[whose.pk]))
