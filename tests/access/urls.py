"""The site's addresses, where whoever asks for the status of a refusal alone gets it without the page around it.

A refused page takes as long to draw as any other, is the same for every address, and is read in test_chinese_pages and in
the browser; the tables of this folder ask for thousands.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.defaults import permission_denied

from distribution.urls import handler500, urlpatterns
from distribution.views import page_or_problem

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

STATUS_ONLY = "tests.status_only"


def handler403(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return HttpResponse(status=403) if STATUS_ONLY in request.META else permission_denied(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> Any:
    return HttpResponse(status=404) if STATUS_ONLY in request.META else page_or_problem(request, exception)
