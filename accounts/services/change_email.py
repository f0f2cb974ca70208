"""The address by which a person signs in: changed by who manages the person, once the new one is confirmed."""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import User
from accounts.permissions import can_change_email, can_manage_person, requires_sso
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.mail import link, post
from core.permissions import require

VALID_FOR = timedelta(days=3)
EMAIL_SALT = "accounts.change_email"


@transaction.atomic
def ask_email_change(*, actor: Actor, user_id: int, email: str) -> User:
    """Send a link to the new address; nothing changes until it is opened. Records one event.

    Raises NotVisible, NotAllowed (also where the old address is bound to single sign-on), InvalidInput (the same
    address), Conflict (taken).
    """
    person: User = lock_row(User.objects.visible_to(actor), user_id)
    require(can_manage_person(actor, person))
    require(
        can_change_email(actor, person),
        _("This account signs in through single sign-on. Ask another administrator to change its e-mail address."),
    )
    new = email.strip().lower()
    if new == person.email:
        raise InvalidInput(_("This is the address already."), field="email")
    _require_free(new)
    record_event(
        kind=AccountsEvent.EMAIL_CHANGE_ASKED,
        subject_type="user",
        subject_id=person.pk,
        distributor_id=person.distributor_id,
        actor_id=actor.pk,
        data={"email": [person.email, new]},
    )
    token = signing.dumps([person.pk, person.email, new, actor.pk], salt=EMAIL_SALT)
    with translation.override(person.language):
        post(
            to=new,
            subject=_("[Tributary] Confirm your e-mail address"),
            body=_("You are to sign in to Tributary with this address. Confirm it within three days:\n\n%(link)s")
            % {"link": link(reverse("accounts:email-confirm", args=[token]))},
        )
    return person


def pending_email(token: str) -> str:
    """The address that a link stands for. Raises InvalidInput where it is too old, used, or not ours."""
    return _read(token)[2]


@transaction.atomic
def confirm_email_change(*, token: str) -> User:
    """Make the confirmed address the one to sign in with, and tell the old one. Records one event.

    Raises InvalidInput (too old, used, not ours), Conflict (taken meanwhile).
    """
    user_id, old, new, actor_id = _read(token)
    person: User = lock_row(User.objects.all(), user_id)
    left_by_oneself = requires_sso(old) and actor_id == person.pk
    if person.email != old or not person.is_active or left_by_oneself:
        raise InvalidInput(_("This link is no longer valid."), code="invalid_link")
    _require_free(new)
    person.email = new
    with explained():
        person.save(update_fields=["email"])
    record_event(
        kind=AccountsEvent.EMAIL_CHANGED,
        subject_type="user",
        subject_id=person.pk,
        distributor_id=person.distributor_id,
        actor_id=actor_id,
        data={"email": [old, new]},
    )
    with translation.override(person.language):
        post(
            to=old,
            subject=_("[Tributary] Your e-mail address was changed"),
            body=_(
                "From now on you sign in to Tributary with %(email)s. If you did not expect this, tell your "
                "administrator at once."
            )
            % {"email": new},
        )
    return person


def _read(token: str) -> tuple[int, str, str, int]:
    try:
        user_id, old, new, actor_id = signing.loads(token, salt=EMAIL_SALT, max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise InvalidInput(_("This link is no longer valid."), code="invalid_link") from error
    return int(user_id), str(old), str(new), int(actor_id)


def _require_free(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise Conflict(_("Somebody has this e-mail address already."), code="email_taken", field="email")
