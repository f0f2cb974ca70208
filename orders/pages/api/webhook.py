"""Where carriers send what happened, signed."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from orders.tracking.enums import TrackingCode
from orders.tracking.errors import SignatureRefused
from orders.tracking.services.carrier_messages import MOST_BYTES, take_carrier_message


class CarrierEventInput(serializers.Serializer[Any]):
    id = serializers.CharField(max_length=128)
    tracking_number = serializers.CharField(max_length=64)
    code = serializers.ChoiceField(choices=TrackingCode.choices)
    at = serializers.DateTimeField()
    description = serializers.CharField(required=False)
    location = serializers.CharField(required=False)


class CarrierMessageInput(serializers.Serializer[Any]):
    events = CarrierEventInput(many=True)


class TakenSerializer(serializers.Serializer[Any]):
    """How many events were new, and for how many no shipment is known."""

    recorded = serializers.IntegerField()
    unknown = serializers.IntegerField()


def _header(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=True, description=description)


class CarrierWebhookView(APIView):
    """A carrier's own events. No token: the signature is the proof."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="A carrier's signed events",
        request=CarrierMessageInput,
        responses=TakenSerializer,
        auth=[],
        parameters=[
            OpenApiParameter("code", str, OpenApiParameter.PATH, description="The carrier's code."),
            _header("X-Timestamp", "Seconds since 1970; at most five minutes off."),
            _header("X-Signature", "HMAC-SHA256 of timestamp, full stop and body with the shared secret, in hex."),
        ],
    )
    def post(self, request: Request, code: str) -> Response:
        length = request.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            raise SignatureRefused
        taken = take_carrier_message(
            carrier_code=code,
            content=request.body,
            timestamp=request.headers.get("X-Timestamp", ""),
            signature=request.headers.get("X-Signature", ""),
            now=timezone.now(),
        )
        return Response(TakenSerializer(taken).data)
