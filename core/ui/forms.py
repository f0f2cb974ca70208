"""The one form pattern: a form, a service, and the service's refusals shown beside the fields they are about."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin

from core.codes import ids_by_code
from core.errors import DomainError, Message, NotVisible, Problem, StaleVersion
from core.money import STORED_DIGITS
from core.ui.details import ScopedObjectMixin
from core.ui.page import Page

EARLIEST, LATEST = date(1990, 1, 1), date(2190, 1, 1)
_STALE = _("Someone else changed this in the meantime. What you typed is still here: check it and submit again.")


class ServiceFormView(FormMixin[Any], Page):
    """Shows `form_class`; a subclass's `form_valid` calls one service with the cleaned data, then super().

    What the service refuses comes back with the form and its status. Where nothing else is said, a saved form leads
    to `back_url`.
    """

    abstract = True
    template_name = "core/form.html"
    submit_label: ClassVar[Message] = _("Save")
    back_label: ClassVar[Message] = _("Cancel")
    success_message: Message = _("Saved.")
    cancel_url: str = ""
    confirm: ClassVar[Message] = ""
    stale: bool = False

    def back_url(self) -> str:
        """Where the form's Cancel leads."""
        return self.cancel_url

    def get_success_url(self) -> str:
        return str(self.success_url or self.back_url())

    def get_field_name(self, problem: Problem) -> str | None:
        """The form field a problem is about; None puts it above the form."""
        return problem.field or None

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data())

    def post(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            return self.form_valid(form)
        except NotVisible:
            raise
        except DomainError as error:
            return self.form_refused(form, error)

    def form_valid(self, form: Any) -> HttpResponse:
        """Say what was done and, of a form that took a file, how many rows it had (`file_read`)."""
        said = f"{getattr(form, 'file_read', '')} {self.success_message}".strip()
        if said:
            messages.success(self.request, said)
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: Any, *, status: int = 400) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def form_refused(self, form: Any, error: DomainError) -> HttpResponse:
        """The form again, each problem of the service beside its field."""
        if isinstance(error, StaleVersion):
            self.stale = True
            form.add_error(None, forms.ValidationError(str(_STALE), code=error.code))
        else:
            for problem in error.problems:
                field = self.get_field_name(problem)
                known = field if field in form.fields else None
                form.add_error(known, forms.ValidationError(str(problem.message), code=problem.code))
        return self.form_invalid(form, status=int(error.status))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {
            "submit_label": self.submit_label,
            "back_label": self.back_label,
            "back_url": self.back_url(),
            "confirm": self.confirm,
        }
        context = super().get_context_data(**(words | kwargs))
        give_focus(context["form"])
        return context


class ScopedServiceFormView(ScopedObjectMixin, ServiceFormView):
    """A form about one thing that the person may see. It carries the version it is filled in for.

    Where somebody was quicker, the form comes back with what was typed, and a second press takes the newer version.
    """

    abstract = True

    def back_url(self) -> str:
        return self.cancel_url or str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = None if self.stale else self.expected_version()
        version = getattr(self.object, "version", None) if sent is None else sent
        return super().get_context_data(**({"version": version} | kwargs))


def give_focus(form: forms.BaseForm) -> None:
    """To the first field that is wrong, else to the first."""
    names = [field.name for field in form.visible_fields() if not form.fields[field.name].disabled]
    wrong = [name for name in names if form.is_bound and name in form.errors]
    for name in (wrong or names)[:1]:
        form.fields[name].widget.attrs["autofocus"] = True


def amount_input(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(min_value=0, max_digits=19, decimal_places=STORED_DIGITS, **options)


def visible_choice(**options: Any) -> "forms.ModelChoiceField[Any]":
    """A choice whose rows the form sets from what its reader may see."""
    return forms.ModelChoiceField(queryset=None, **options)


class CodesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's takes no argument when it runs
    """Several rows, named by their codes in any spelling."""

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset, to_field_name="code", **options)

    def clean(self, value: Any) -> Any:
        rows: Any = self.queryset
        if isinstance(value, list | tuple):
            stored = ids_by_code(rows, map(str, value), column="code")
            value = [stored.get(str(code), code) for code in value]
        return super().clean(value)


def choose_from(form: Form, name: str, rows: Any) -> None:
    """Offer `rows` in the choice `name` of a form: what its reader may see."""
    field: Any = form.fields[name]
    field.queryset = rows


def day_input() -> forms.DateInput:
    """A day as browsers ask for it, whatever the language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DayForm(forms.Form):
    """The day of a page that shows how things stood or will stand."""

    on = forms.DateField(
        label=_("day"),
        widget=day_input(),
        required=False,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
