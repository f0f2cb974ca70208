"""Which paper the API is asked for."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer

from orders.papers.enums import OF_SHIPMENTS, RETURN_NOTE_SIZES, PaperKind, PaperSize
from orders.papers.services.printing import PaperChoice

_PRICES = OpenApiParameter(
    "prices", bool, description="With prices or without; as you may see them where it is left out."
)
_SIZE = OpenApiParameter(
    "size", str, enum=PaperSize.values, description="The usual one of the document where it is left out."
)
SIZE_OF_RETURN_NOTE = OpenApiParameter(
    "size", str, enum=[size.value for size in RETURN_NOTE_SIZES], description="A4 where it is left out."
)
PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}


def _kinds(kinds: list[str]) -> OpenApiParameter:
    return OpenApiParameter("kind", str, enum=kinds, required=True, description="Which document.")


OF_ORDER = [_kinds([kind.value for kind in PaperKind if kind not in OF_SHIPMENTS]), _SIZE, _PRICES]
OF_SHIPMENT = [_kinds([kind.value for kind in PaperKind if kind in OF_SHIPMENTS]), _SIZE, _PRICES]


class PaperQuery(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=PaperKind.choices)
    size = serializers.ChoiceField(choices=PaperSize.choices, required=False)
    prices = serializers.BooleanField(required=False, allow_null=True, default=None)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> PaperChoice:
        serializer = cls(data=query)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        size = PaperSize(values["size"]) if "size" in values else None
        return PaperChoice(kind=PaperKind(values["kind"]), size=size, has_prices=values["prices"])


class ReturnNoteQuery(serializers.Serializer[Any]):
    size = serializers.ChoiceField(choices=[(size.value, size.label) for size in RETURN_NOTE_SIZES], required=False)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> PaperSize | None:
        serializer = cls(data=query)
        serializer.is_valid(raise_exception=True)
        return PaperSize(serializer.validated_data["size"]) if "size" in serializer.validated_data else None


class PdfRenderer(BaseRenderer):
    """For whoever asks for a PDF by its media type; an error comes as JSON all the same."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        rendered: bytes = JSONRenderer().render(data, accepted_media_type, renderer_context)
        return rendered
