"""The base of every API view over rows. Nothing here can be read unscoped.

A subclass names `queryset` (with `visible_to`), `serializer_class` (what is answered) and `ordering`; it may narrow or
join in `rows()`. `get_queryset` belongs to this class. Writes parse with an input serializer, call one service with the
id of the row that the person sees, and answer with the row as it is then.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, final

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from core.api.idempotency import IdempotentMixin
from core.api.pagination import KeysetPagination
from core.errors import InvalidInput
from core.http import AuthenticatedApiRequest
from core.paths import from_path_segment

if TYPE_CHECKING:
    from accounts.models import User

VERSION_DIGITS = 9


class ScopedViewSet(IdempotentMixin, GenericViewSet[Any]):
    """Rows that the person may see; a row that is not there and one that is another's are both 404.

    Set `abstract = True` on a base class that has no queryset yet.
    """

    abstract: ClassVar[bool] = True
    lookup_field = "code"
    lookup_value_regex = "[^/]+"
    ordering: Sequence[str] = ("pk",)
    orders: ClassVar[Mapping[str, Sequence[str]]] = {}
    own_parameters: ClassVar[Sequence[str]] = ()  # which the view itself reads of the address of its list
    pagination_class = KeysetPagination
    required_scope = "all"
    action_scopes: ClassVar[Mapping[str, str]] = {}
    request: AuthenticatedApiRequest

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "get_queryset" in cls.__dict__:
            raise TypeError(f"{cls.__name__}: narrow the visible rows in rows(), get_queryset scopes them")
        if cls.__dict__.get("abstract", False):
            return
        if not hasattr(getattr(cls, "queryset", None), "visible_to"):
            raise TypeError(f"{cls.__name__}: its queryset has no visible_to")

    @final
    def get_queryset(self) -> models.QuerySet[Any]:
        queryset: Any = self.queryset  # type: ignore[arg-type]  # the stubs take it for a manager
        if getattr(self, "swagger_fake_view", False):
            nothing: models.QuerySet[Any] = queryset.none()
            return nothing
        scoped: models.QuerySet[Any] = self.rows(queryset.all().visible_to(self.actor))
        return scoped

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        """The visible rows with what the serializer reads joined."""
        rows: models.QuerySet[Any] = visible
        return rows

    @property
    def actor(self) -> "User":
        """Who asks, as services and rules take it."""
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Codes in the address are escaped as in those of the pages."""
        return super().dispatch(request, *args, **{name: from_path_segment(part) for name, part in kwargs.items()})

    def parse(self, serializer_class: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The body as the serializer understands it, or 400 with every field that is wrong."""
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def answer(self, pk: int, *, status: int = HTTPStatus.OK) -> Response:
        """The row as it is now, seen by the person; empty where the change took it out of the person's sight."""
        row = self.get_queryset().filter(pk=pk).first()
        if row is None:
            return Response(status=HTTPStatus.NO_CONTENT)
        return Response(self.get_serializer(row).data, status=status, headers=etag(row))

    def expected_version(self) -> int | None:
        """The version in `If-Match`, or None where the caller does not care. A stale one is 412 by the service."""
        return version_of(self.request)


class ScopedReadOnlyViewSet(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """List and detail. The detail carries an ETag where the row has a version; `If-None-Match` answers 304."""

    abstract = True

    def retrieve(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        row = self.get_object()
        headers = etag(row)
        if headers and request.headers.get("If-None-Match") == headers["ETag"]:
            return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(self.get_serializer(row).data, headers=headers)


def etag(row: Any) -> dict[str, str]:
    """The header that names the version of a row, nothing for a row without one."""
    version = row.get("version") if isinstance(row, dict) else getattr(row, "version", None)
    return {} if version is None else {"ETag": f'"{version}"'}


def version_of(request: Request) -> int | None:
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if text in {"", "*"}:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > VERSION_DIGITS:
        raise InvalidInput(
            _("If-Match must be the ETag from your last read."), code="invalid_if_match", field="If-Match"
        )
    return int(text)
