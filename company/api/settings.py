"""The company's settings over the API: read by its people, written by administrators."""

from http import HTTPStatus
from typing import Any

from django.db import models
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from company.models import Company, ExchangeRate, NumberSeries, TaxCode
from company.serializers import (
    CompanyChange,
    CompanySerializer,
    ExchangeRateInput,
    ExchangeRateSerializer,
    LogoInput,
    NumberSeriesSerializer,
    TaxCodeChange,
    TaxCodeInput,
    TaxCodeSerializer,
)
from company.services.company import change_company
from company.services.logo import remove_logo, set_logo
from company.services.rates import DayRate, set_rates
from company.services.tax_codes import change_tax_code, create_tax_code
from core.api.viewsets import ScopedReadOnlyViewSet


class CompanyViewSet(ScopedReadOnlyViewSet):
    """The companies of the brand owner. The currency of a company never changes."""

    queryset = Company.objects.all()
    serializer_class = CompanySerializer
    ordering = ("code",)
    versioned = True

    @extend_schema(request=CompanyChange, responses=CompanySerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        company = self.get_object()
        change_company(
            actor=self.actor,
            company_id=company.pk,
            expected_version=self.expected_version(),
            **self.parse(CompanyChange),
        )
        return self.answer(company.pk)

    @extend_schema(
        methods=["PUT"], summary="Set the logo", request={"multipart/form-data": LogoInput}, responses={204: None}
    )
    @extend_schema(methods=["DELETE"], summary="Remove the logo", responses={204: None})
    @action(detail=True, methods=["put", "delete"], parser_classes=[MultiPartParser])
    def logo(self, request: Request, **_kwargs: str) -> Response:
        """The picture that stands on the company's printed documents."""
        company = self.get_object()
        if request.method == "DELETE":
            remove_logo(actor=self.actor, company_id=company.pk)
        else:
            set_logo(actor=self.actor, company_id=company.pk, picture=self.parse(LogoInput)["logo"])
        return Response(status=HTTPStatus.NO_CONTENT)


class ExchangeRateViewSet(ScopedReadOnlyViewSet):
    """Exchange rates, the newest first within a pair. A rate holds until a later one of its pair."""

    queryset = ExchangeRate.objects.all()
    serializer_class = ExchangeRateSerializer
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("from_currency", "to_currency", "-valid_on", "pk")

    @extend_schema(request=ExchangeRateInput, responses={201: ExchangeRateSerializer})
    def create(self, _request: Request) -> Response:
        (row,) = set_rates(actor=self.actor, rates=[DayRate(**self.parse(ExchangeRateInput))])
        return self.answer(row.pk, status=201)


class TaxCodeViewSet(ScopedReadOnlyViewSet):
    """Rates of tax on sales."""

    queryset = TaxCode.objects.all()
    serializer_class = TaxCodeSerializer
    ordering = ("code",)

    @extend_schema(request=TaxCodeInput, responses={201: TaxCodeSerializer})
    def create(self, _request: Request) -> Response:
        row = create_tax_code(actor=self.actor, **self.parse(TaxCodeInput))
        return self.answer(row.pk, status=201)

    @extend_schema(request=TaxCodeChange, responses=TaxCodeSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        row = self.get_object()
        change_tax_code(actor=self.actor, tax_code_id=row.pk, **self.parse(TaxCodeChange))
        return self.answer(row.pk)


class NumberSeriesViewSet(ScopedReadOnlyViewSet):
    """How documents are numbered."""

    queryset = NumberSeries.objects.all()
    serializer_class = NumberSeriesSerializer
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("kind", "pk")

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        return visible.select_related("company")  # type: ignore[no-any-return]  # a scoped queryset of series
