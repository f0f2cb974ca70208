"""What every page of a signed-in person has: the sign-in, the right to be here, a title, and partial rendering."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.views import View

from core.errors import Message
from core.querysets import ScopedQuerySet

Allowed = Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class Crumb:
    label: str
    url: str


class Page(AccessMixin, View):
    """A view that fails closed: a concrete page without `allowed` (a `rules` predicate of the person) cannot be made.

    `template_name` is rendered whole; for an htmx request only its partial `partial_name`, if one is named. Where the
    partial is defined in a template that this one extends, that one is `partial_template`.
    """

    allowed: ClassVar[Allowed]
    abstract: ClassVar[bool] = True
    title: ClassVar[Message] = ""
    template_name: str = ""
    partial_name: str = ""
    partial_template: str = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.abstract = cls.__dict__.get("abstract", False)
        if not cls.abstract and not callable(getattr(cls, "allowed", None)):
            raise ImproperlyConfigured(f"{cls.__qualname__} must say who is allowed")
        if "allowed" in cls.__dict__ and not isinstance(cls.__dict__["allowed"], staticmethod):
            cls.allowed = staticmethod(cls.__dict__["allowed"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.ask_to_sign_in(request)
        if not type(self).allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def ask_to_sign_in(self, request: HttpRequest) -> HttpResponseBase:
        """Asked for a part, the whole page goes to the sign-in, and comes back to where it was."""
        if not self.is_partial():
            return self.handle_no_permission()
        here = urlsplit(request.headers.get("HX-Current-URL", "/"))
        target = redirect_to_login(f"{here.path}?{here.query}" if here.query else here.path).url
        return HttpResponse(headers={"HX-Redirect": target})

    @property
    def actor(self) -> Any:
        """The signed-in person, as services and rules take it."""
        return self.request.user

    def page_title(self) -> str:
        return str(self.title)

    def crumbs(self) -> Sequence[Crumb]:
        """The way up, the page itself left out."""
        return ()

    def get_context(self, **extra: Any) -> dict[str, Any]:
        return {"view": self, "page_title": self.page_title(), "crumbs": self.crumbs(), **extra}

    def is_partial(self) -> bool:
        """Asked by htmx for a part. A page restored from history is asked for as a whole."""
        headers = self.request.headers
        return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"

    def render(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        template = self.template_name
        if self.partial_name and self.is_partial():
            template = f"{self.partial_template or template}#{self.partial_name}"
        response = TemplateResponse(self.request, template, context, status=status)
        response.headers["Vary"] = "HX-Request, Cookie"
        return response


def rows_of(model: type[Model]) -> Any:
    """All rows of a model; pages call visible_to on it at once."""
    return model._default_manager.all()  # noqa: SLF001 - Django's documented way to a model's manager


def must_be_scoped(owner: str, model: type[Model]) -> None:
    """Rows that cannot be scoped to a person have no page: the programmer's mistake is found when the class is made."""
    if not isinstance(rows_of(model), ScopedQuerySet):
        raise ImproperlyConfigured(f"{owner}: {model.__name__}.objects has no visible_to")
