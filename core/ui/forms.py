"""The one form pattern: a form, a service, and the service's refusals shown beside the fields they are about."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Message, NotVisible, Problem, StaleVersion
from core.ui.details import ScopedObjectMixin
from core.ui.page import Page

_STALE = _("Somebody else changed this meanwhile. What you typed is still here: look it over and press again.")


class ServiceFormView(Page):
    """Shows `form_class`; a valid one goes to `perform`, which calls one service and returns where to go next."""

    abstract = True
    form_class: ClassVar[type[forms.BaseForm]]
    template_name = "core/form.html"
    submit_label: ClassVar[Message] = _("Save")
    success_message: ClassVar[Message] = _("Saved.")
    cancel_url: str = ""
    confirm: ClassVar[Message] = ""
    stale: bool = False

    def get_form(self, data: Any = None, files: Any = None) -> forms.BaseForm:
        return self.form_class(data, files, initial=self.get_initial(), **self.form_options())

    def get_initial(self) -> dict[str, Any]:
        return {}

    def form_options(self) -> dict[str, Any]:
        """Further arguments of the form, such as a choice's scoped queryset."""
        return {}

    def perform(self, form: forms.BaseForm) -> str:
        """Call the service with the cleaned data; return the address to go to."""
        raise NotImplementedError

    def field_of(self, problem: Problem) -> str | None:
        """The form field a problem is about; None puts it above the form."""
        return problem.field or None

    def back_url(self) -> str:
        return self.cancel_url

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        return self._show(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        form = self.get_form(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=400)
        try:
            target = self.perform(form)
        except NotVisible:
            raise
        except DomainError as error:
            self._explain(form, error)
            return self._show(form, status=int(error.status))
        if self.success_message:
            messages.success(request, str(self.success_message))
        return HttpResponseRedirect(target)

    def _explain(self, form: forms.BaseForm, error: DomainError) -> None:
        if isinstance(error, StaleVersion):
            self.stale = True
            form.add_error(None, forms.ValidationError(str(_STALE), code=error.code))
            return
        for problem in error.problems:
            field = self.field_of(problem)
            known = field if field in form.fields else None
            form.add_error(known, forms.ValidationError(str(problem.message), code=problem.code))

    def _show(self, form: forms.BaseForm, *, status: int = 200) -> HttpResponse:
        give_focus(form)
        words = {"submit_label": self.submit_label, "back_url": self.back_url(), "confirm": self.confirm}
        return self.render(self.get_context(form=form, **words), status=status)


class ScopedServiceFormView(ScopedObjectMixin, ServiceFormView):
    """A form about one thing that the person may see. It carries the edition it is filled in for.

    Where somebody was quicker, the form comes back with what was typed, and a second press takes the newer edition.
    """

    abstract = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _found = self.object
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _found = self.object
        return super().post(request, *args, **kwargs)

    def get_context(self, **extra: Any) -> dict[str, Any]:
        sent = None if self.stale else self.expected_version()
        version = getattr(self.object, "version", None) if sent is None else sent
        return super().get_context(object=self.object, version=version, **extra)


def give_focus(form: forms.BaseForm) -> None:
    """To the first field that is wrong, else to the first."""
    names = [field.name for field in form.visible_fields() if not form.fields[field.name].disabled]
    wrong = [name for name in names if form.is_bound and name in form.errors]
    for name in (wrong or names)[:1]:
        form.fields[name].widget.attrs["autofocus"] = True
