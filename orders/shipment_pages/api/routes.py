"""The addresses of the API's part about parcels, waybills and freight."""

from django.urls import URLPattern, URLResolver

routes: list[URLPattern | URLResolver] = []
