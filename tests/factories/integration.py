"""Webhooks for tests."""

import base64

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from integration.models import WebhookDelivery, WebhookEndpoint
from tests.factories.accounts import AdministratorFactory
from tests.factories.core import EventFactory

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()


class WebhookEndpointFactory(DjangoModelFactory[WebhookEndpoint]):
    class Meta:
        model = WebhookEndpoint

    name = factory.Sequence(lambda number: f"ERP {number}")
    url = "https://erp.example/hook"
    kinds = factory.LazyFunction(lambda: ["order.submitted"])
    secret = SECRET
    created_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(AdministratorFactory)


class WebhookDeliveryFactory(DjangoModelFactory[WebhookDelivery]):
    class Meta:
        model = WebhookDelivery

    endpoint = factory.SubFactory(WebhookEndpointFactory)
    event = factory.SubFactory(EventFactory)
    message_id = factory.Sequence(lambda number: 800_000_000 + number)
    created_at = factory.LazyFunction(timezone.now)
