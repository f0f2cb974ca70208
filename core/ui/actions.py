"""The one button pattern: a POST that calls one service about one thing, then back to where it was pressed."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import DomainError, InvalidInput, Message
from core.paths import whole_number
from core.ui.details import ScopedObjectMixin
from core.ui.page import Page
from core.ui.refusals import refusal_page

MOST_TICKED = 1000


def next_or(request: HttpRequest, fallback: str) -> str:
    """The address the form asked to go back to, if it is one of ours."""
    wanted = request.POST.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if safe else fallback


class _ActionMixin(Page):
    """What a single and a bulk action have in common."""

    abstract = True
    http_method_names = ["post", "options"]
    success_message: ClassVar[Message] = ""

    def get_success_url(self) -> str:
        """Where to go afterwards, unless the form says so itself."""
        raise NotImplementedError

    def answer(self, request: HttpRequest, message: Message) -> HttpResponseBase:
        if message:
            messages.success(request, str(message))
        return HttpResponseRedirect(next_or(request, self.get_success_url()))

    def refuse(self, request: HttpRequest, error: DomainError) -> HttpResponseBase:
        """Input that can be corrected sends back with a message; all else is a page with its status and a way on."""
        back = next_or(request, self.get_success_url())
        if isinstance(error, InvalidInput):
            for problem in error.problems:
                messages.error(request, str(problem.message))
            return HttpResponseRedirect(back)
        return refusal_page(request, error, back_url=back)


class ActionView(ScopedObjectMixin, _ActionMixin):
    """A subclass writes `perform()`, which calls the service with self.object.pk; then comes the page of the object."""

    abstract = True

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())

    def perform(self) -> Message | None:
        """Call the service. A returned message replaces `success_message`."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        try:
            message = self.perform()
        except DomainError as error:
            return self.refuse(request, error)
        return self.answer(request, message or self.success_message)


class BulkActionView(_ActionMixin):
    """For ticked rows: `perform(ids)` calls a service that itself takes only what the actor may see."""

    abstract = True

    def perform(self, ids: list[int]) -> Message | None:
        raise NotImplementedError

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        sent = request.POST.getlist("ids")[:MOST_TICKED]
        ids = [number for one in sent if (number := whole_number(one)) is not None]
        try:
            message = self.perform(ids)
        except DomainError as error:
            return self.refuse(request, error)
        return self.answer(request, message or self.success_message)
