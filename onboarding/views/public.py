"""The pages of an applicant, open to everybody: begun, saved as typed, continued by a link, submitted, withdrawn."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views import View

from core.errors import DomainError, InvalidInput, NotVisible
from onboarding.enums import ApplicationStatus
from onboarding.forms.public import ApplicationForm, DocumentForm, LinkForm, StartForm
from onboarding.models import Application
from onboarding.permissions import APPLICATION_STATES
from onboarding.services.applying import (
    attach_document,
    remove_document,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from onboarding.services.letters import letter_of
from onboarding.services.links import ask_for_link, open_link


def address_of(request: HttpRequest) -> str:
    """From where a stranger asks, for the limits; no header of their making."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a socket without a proxy in front
        return ""


def add_problems(form: Any, error: DomainError) -> None:
    for problem in error.problems:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))


class StartView(View):
    """Name and contact first: with them the rest can be interrupted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "onboarding/apply_start.html", {"form": StartForm()})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = StartForm(request.POST)
        if form.is_trapped:
            return HttpResponseRedirect(reverse("onboarding:apply-sent"))
        if not form.is_valid():
            return render(request, "onboarding/apply_start.html", {"form": form}, status=400)
        data = form.cleaned_data
        try:
            _application, secret = start_application(
                company_name=data["company_name"],
                contact_name=data["contact_name"],
                phone=data["phone"],
                email=data["email"],
                language=translation.get_language(),
                address=address_of(request),
                now=timezone.now(),
            )
        except DomainError as error:
            add_problems(form, error)
            return render(request, "onboarding/apply_start.html", {"form": form}, status=int(error.status))
        return HttpResponseRedirect(reverse("onboarding:apply-form", args=[secret]))


class LinkView(View):
    """Whether somebody has an application is said to nobody: the answer is always the same."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "onboarding/apply_link.html", {"form": LinkForm()})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = LinkForm(request.POST)
        if not form.is_trapped:
            if not form.is_valid():
                return render(request, "onboarding/apply_link.html", {"form": form}, status=400)
            try:
                ask_for_link(contact=form.cleaned_data["contact"], address=address_of(request))
            except DomainError as error:
                add_problems(form, error)
                return render(request, "onboarding/apply_link.html", {"form": form}, status=int(error.status))
        return HttpResponseRedirect(reverse("onboarding:apply-sent"))


class SentView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "onboarding/apply_sent.html")


class FormView(View):
    """Behind the link: the form while it is a draft, and how it stands from then on."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        return self._page(request, secret, open_link(secret, now=timezone.now()))

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        """Save what is usable of it in any case; with `submit`, hand it in."""
        now = timezone.now()
        application = open_link(secret, now=now)
        form = ApplicationForm(request.POST, application=application)
        form.is_valid()
        try:
            save_application(secret=secret, values=form.typed(), now=now)
            if "submit" in request.POST and not form.errors:
                submit_application(secret=secret, now=now)
                messages.success(request, _("Your application was submitted."))
                return HttpResponseRedirect(request.path)
        except NotVisible:
            raise
        except DomainError as error:
            add_problems(form, error)
            return self._page(request, secret, application, form, status=int(error.status))
        if form.errors:
            return self._page(request, secret, application, form, status=400)
        messages.success(request, _("Saved. You can continue later with the link that we sent you."))
        return HttpResponseRedirect(request.path)

    def _page(
        self, request: HttpRequest, secret: str, application: Application, form: Any = None, *, status: int = 200
    ) -> HttpResponse:
        is_draft = application.status == ApplicationStatus.DRAFT
        context = {
            "application": application,
            "secret": secret,
            "files": application.files.order_by("pk"),
            "may_withdraw": APPLICATION_STATES.target(application.status, "withdraw") is not None,
        }
        if is_draft:
            context |= {"form": form or ApplicationForm(application=application), "document_form": DocumentForm()}
        else:
            context["letter"] = letter_of(application)
        page = "onboarding/apply_form.html" if is_draft else "onboarding/apply_state.html"
        return render(request, page, context, status=status)


class SaveView(View):
    """Saved while it is typed: nothing is said of what is not right yet."""

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        now = timezone.now()
        form = ApplicationForm(request.POST, application=open_link(secret, now=now))
        form.is_valid()
        try:
            save_application(secret=secret, values=form.typed(), now=now)
        except InvalidInput:
            return HttpResponse(_("Not saved yet: enter a mobile number or an e-mail address."))
        return HttpResponse(_("Saved."))


class DocumentView(View):
    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        form = DocumentForm(request.POST, request.FILES)
        return _documents(
            request,
            secret,
            form,
            lambda: attach_document(
                secret=secret, kind=form.cleaned_data["kind"], attachment=form.attachment(), now=timezone.now()
            ),
        )


class DocumentRemoveView(View):
    def post(self, _request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
        remove_document(secret=secret, file_id=pk, now=timezone.now())
        return HttpResponseRedirect(f"{reverse('onboarding:apply-form', args=[secret])}#files")


class WithdrawView(View):
    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        withdraw_application(secret=secret, now=timezone.now())
        messages.success(request, _("Your application was withdrawn."))
        return HttpResponseRedirect(reverse("onboarding:apply-form", args=[secret]))


def _documents(request: HttpRequest, secret: str, form: Any, attach: Callable[[], Any]) -> HttpResponseBase:
    """Attach, and show the whole form again with what was wrong beside the file."""
    application = open_link(secret, now=timezone.now())
    status = 400
    if form.is_valid():
        try:
            attach()
            return HttpResponseRedirect(f"{reverse('onboarding:apply-form', args=[secret])}#files")
        except NotVisible:
            raise
        except DomainError as error:
            add_problems(form, error)
            status = int(error.status)
    if application.status != ApplicationStatus.DRAFT:
        raise Http404
    context = {
        "application": application,
        "secret": secret,
        "form": ApplicationForm(application=application),
        "document_form": form,
        "files": application.files.order_by("pk"),
        "may_withdraw": True,
    }
    return render(request, "onboarding/apply_form.html", context, status=status)
