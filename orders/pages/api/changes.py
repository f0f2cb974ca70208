"""Requested changes and approval rules over the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from orders.changes.models import ApprovalRule, ChangeRequest
from orders.changes.services.requests import accept_request, confirm_request, refuse_request, withdraw_request
from orders.changes.services.rules import change_approval_rule, create_approval_rule
from orders.pages.filters import ApprovalRuleFilter, ChangeRequestFilter
from orders.pages.serializers.changes import (
    ApprovalRuleChange,
    ApprovalRuleInput,
    ApprovalRuleSerializer,
    ChangeRequestSerializer,
    DecisionInput,
)


@extend_schema_view(
    list=extend_schema(summary="Requested changes of orders, the newest first"),
    retrieve=extend_schema(summary="One requested change"),
)
class ChangeRequestViewSet(ScopedReadOnlyViewSet):
    """Changes of approved orders that were asked for; POST to `/orders/{number}/request_change/` asks for one."""

    queryset = ChangeRequest.objects.all()
    serializer_class = ChangeRequestSerializer
    filterset_class = ChangeRequestFilter
    lookup_field = "pk"
    ordering = ("-id",)
    versioned = True
    action_scopes = {"withdraw": "order", "confirm": "order"}

    def rows(self, visible: Any) -> Any:
        joined = visible.select_related("order", "requested_by", "decided_by")
        return joined.prefetch_related("lines__line__product")

    @extend_schema(
        summary="Confirm a request above the limit of who asks", request=None, responses=ChangeRequestSerializer
    )
    @action(detail=True, methods=["post"])
    def confirm(self, _request: Request, **_kwargs: str) -> Response:
        return self._decide(confirm_request)

    @extend_schema(summary="Do what is asked for", request=DecisionInput, responses=ChangeRequestSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, _request: Request, **_kwargs: str) -> Response:
        return self._decide(accept_request, **self.parse(DecisionInput))

    @extend_schema(summary="Leave the order as it is", request=DecisionInput, responses=ChangeRequestSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, _request: Request, **_kwargs: str) -> Response:
        return self._decide(refuse_request, **self.parse(DecisionInput))

    @extend_schema(summary="Take a request back", request=None, responses=ChangeRequestSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, **_kwargs: str) -> Response:
        return self._decide(withdraw_request)

    def _decide(self, service: Any, **values: Any) -> Response:
        row = self.get_object()
        service(
            request_id=row.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **values,
        )
        return self.answer(row.pk)


@extend_schema_view(
    list=extend_schema(summary="Approval rules, in the order in which they are asked"),
    retrieve=extend_schema(summary="One approval rule"),
)
class ApprovalRuleViewSet(ScopedReadOnlyViewSet):
    """When orders approve themselves."""

    queryset = ApprovalRule.objects.all()
    serializer_class = ApprovalRuleSerializer
    filterset_class = ApprovalRuleFilter
    lookup_field = "code"
    ordering = ("position", "code")
    versioned = True

    def rows(self, visible: Any) -> Any:
        return visible.select_related("company", "type", "tier")

    @extend_schema(
        summary="Create an approval rule", request=ApprovalRuleInput, responses={201: ApprovalRuleSerializer}
    )
    def create(self, _request: Request) -> Response:
        row = create_approval_rule(actor=self.actor, **self.parse(ApprovalRuleInput))
        return self.answer(row.pk, status=201)

    @extend_schema(summary="Change an approval rule", request=ApprovalRuleChange, responses=ApprovalRuleSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        row = self.get_object()
        change_approval_rule(
            actor=self.actor,
            rule_id=row.pk,
            expected_version=self.expected_version(),
            **self.parse(ApprovalRuleChange),
        )
        return self.answer(row.pk)
