"""Changing the address by which a person signs in."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.forms.people import EmailForm
from accounts.permissions import can_manage_people
from accounts.services.change_email import ask_email_change, confirm_email_change, pending_email
from accounts.views.people import PersonFormView


class PersonEmailView(PersonFormView):
    permission_required = can_manage_people
    title = _("Change e-mail address")
    form_class = EmailForm
    submit_label = _("Send the link")
    success_message = _("A link was sent to the new address. It holds once the person has confirmed it.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["viewer"]
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        ask_email_change(actor=self.actor, user_id=self.object.pk, email=form.cleaned_data["email"])
        return super().form_valid(form)


class EmailConfirmView(View):
    """Open to whoever has the link: it is signed, and was sent to the address that it confirms."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return render(request, "accounts/email_confirm.html", {"email": pending_email(token)})

    def post(self, _request: HttpRequest, token: str) -> HttpResponse:
        confirm_email_change(token=token)
        return HttpResponseRedirect(reverse("account_login"))
