"""The OpenAPI description: one error shape, and the headers that every write understands."""

from typing import Any

from drf_spectacular.openapi import AutoSchema as SpectacularSchema
from drf_spectacular.utils import Direction, OpenApiParameter
from rest_framework import serializers

from core.api.idempotency import HEADER, IdempotentMixin


class ErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class ErrorReplySerializer(serializers.Serializer[Any]):
    """Every refusal: what is wrong, and with which field."""

    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]  # DRF gives `errors` to the class and the field both


_READ = ("400", "401", "403", "404", "405", "406", "429")
_WRITE = ("409", "412", "413", "415", "422")


class AutoSchema(SpectacularSchema):
    def get_override_parameters(self) -> list[Any]:
        parameters = list(super().get_override_parameters())
        if self.method == "POST" and isinstance(self.view, IdempotentMixin):
            parameters.append(_header(HEADER, "A text of your own: the same key does the work once."))
        if self.method != "GET" and getattr(self.view, "versioned", False) and self._names_one_row():
            parameters.append(_header("If-Match", "The ETag of your last read: 412 where somebody was quicker."))
        return parameters

    def _names_one_row(self) -> bool:
        return "{" in self.path

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction=direction)
        if direction != "response":
            return responses
        statuses = _READ if self.method in {"GET", "HEAD", "OPTIONS"} else _READ + _WRITE
        describe: Any = self._get_response_for_code
        errors = {status: describe(ErrorReplySerializer, status) for status in statuses}
        return {**errors, **responses}


def _header(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name=name, location="header", required=False, type=str, description=description)
