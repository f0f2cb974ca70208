"""Mails of the sign-in, written by the worker."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import SecurityEvent
from accounts.models import User
from accounts.permissions import requires_sso
from core.mail import link, send
from core.models import OutboxMessage
from sign_in.history import record_security_event


def send_password_reset(message: OutboxMessage) -> None:
    """The link by which a person sets a new password; nothing where nobody has the address, or single sign-on is a must."""
    person = _person(message)
    if person is None or requires_sso(person.email):
        return
    token = default_token_generator.make_token(person)
    way = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})
    with translation.override(person.language):
        send(
            message,
            to=person.email,
            subject=_("[Tributary] Set a new password"),
            body=_(
                "Somebody, hopefully you, asked for a new password of your Tributary account. Set it here:\n\n%(link)s\n\n"
                "If it was not you, do nothing: your password stays as it is."
            )
            % {"link": link(way)},
        )


def send_refused_attempts(message: OutboxMessage) -> None:
    """Tell a person that somebody keeps trying their password."""
    person = _person(message)
    if person is None:
        return
    with translation.override(person.language):
        send(
            message,
            to=person.email,
            subject=_("[Tributary] Failed attempts to sign in to your account"),
            body=_(
                "Somebody at the address %(address)s entered a wrong password for your account several times and has "
                "been stopped for a while. If it was not you, your password was not guessed; you can set a new one "
                "here:\n\n%(link)s"
            )
            % {"address": message.payload["address"], "link": link(reverse("account_reset_password"))},
        )
    record_security_event(SecurityEvent.SIGN_IN_REFUSED, person, by_person=False, address=message.payload["address"])


def _person(message: OutboxMessage) -> User | None:
    person: User | None = User.objects.filter(email=message.payload["email"].lower(), is_active=True).first()
    return person
