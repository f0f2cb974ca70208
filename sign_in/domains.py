"""Which addresses sign in by the provider of their organisation and in no other way."""

from django.conf import settings


def requires_sso(email: str) -> bool:
    """Whether single sign-on is compulsory for the mail domain of this address."""
    return email.strip().rpartition("@")[2].lower() in settings.SSO_DOMAINS
