"""One moment that the tests of a run share."""

from django.utils import timezone

NOW = timezone.now()
