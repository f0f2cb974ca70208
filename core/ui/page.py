"""What every page of a signed-in person has: the sign-in, the right to be here, a title, and partial rendering."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from core.errors import Message
from core.http import AuthenticatedRequest
from core.permissions import is_active_user
from core.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User

Predicate = Callable[[Any], bool]


@dataclass(frozen=True, kw_only=True)
class Crumb:
    label: str
    url: str


class Page(AccessMixin, TemplateResponseMixin, ContextMixin, View):
    """The base view. It fails closed: without `permission_required`, a predicate of the person, any active user may open it.

    `template_name` is rendered whole; for an htmx request only its partial `partial_name`, if one is named. Where the
    partial is defined in a template that this one extends, that one is `partial_template`.
    """

    permission_required: ClassVar[Predicate] = staticmethod(is_active_user)
    abstract: ClassVar[bool] = True
    title: ClassVar[Message] = ""
    template_name: str = ""
    partial_name: str = ""
    partial_template: str = ""
    request: AuthenticatedRequest

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.abstract = cls.__dict__.get("abstract", False)
        if not callable(cls.permission_required):
            raise ImproperlyConfigured(f"{cls.__qualname__}: permission_required is a predicate of the person")
        if "permission_required" in cls.__dict__ and not isinstance(cls.__dict__["permission_required"], staticmethod):
            cls.permission_required = staticmethod(cls.__dict__["permission_required"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.ask_to_sign_in()
        if not self.has_permission():
            raise PermissionDenied
        method = (request.method or "").lower()
        if method in self.http_method_names and hasattr(self, method):
            self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def has_permission(self) -> bool:
        """Whether the signed-in person may open this page at all; which rows it shows is the queryset's business."""
        return bool(type(self).permission_required(self.request.user))

    def prepare(self) -> None:
        """Read what every method of the view needs, after the permission was checked."""

    def ask_to_sign_in(self) -> HttpResponseBase:
        """Asked for a part, the whole page goes to the sign-in, and comes back to where it was."""
        if not self.is_partial():
            return self.handle_no_permission()
        here = urlsplit(self.request.headers.get("HX-Current-URL", "/"))
        target = redirect_to_login(f"{here.path}?{here.query}" if here.query else here.path).url
        return HttpResponse(headers={"HX-Redirect": target})

    @property
    def actor(self) -> "User":
        """The signed-in person, as services and rules take it."""
        return self.request.user

    def page_title(self) -> str:
        return str(self.title)

    def crumbs(self) -> Sequence[Crumb]:
        """The way up, the page itself left out."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"page_title": self.page_title(), "crumbs": self.crumbs(), **kwargs})

    def is_partial(self) -> bool:
        """Asked by htmx for a part. A page restored from history is asked for as a whole."""
        headers = self.request.headers
        return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"

    def get_template_names(self) -> list[str]:
        if self.partial_name and self.is_partial():
            return [f"{self.partial_template or self.template_name}#{self.partial_name}"]
        return [self.template_name]

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **response_kwargs)
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        return response


def objects_of(model: type[Model]) -> Any:
    """All rows of a model; pages call visible_to on it at once."""
    return model._default_manager.all()  # noqa: SLF001 - Django's documented way to a model's manager


def must_be_scoped(owner: str, model: type[Model]) -> None:
    """Rows that cannot be scoped to a person have no page: the mistake is found when the class is defined."""
    if not isinstance(objects_of(model), ScopedQuerySet):
        raise ImproperlyConfigured(f"{owner}: {model.__name__}.objects has no visible_to")
