"""People invited by a link: created, accepted, withdrawn."""

import hashlib
import secrets
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent, DistributorStatus, Role
from accounts.models import Invitation, Membership, User
from accounts.permissions import can_invite
from accounts.services.grants import set_order_limit
from accounts.services.memberships import require_fitting
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import record_event
from core.locks import lock_row
from core.mail import NOWHERE, link, post
from core.permissions import require
from core.sentences import sentences

VALID_FOR = timedelta(days=7)
MAX_TRIES = 10
"""How often a link may be tried, so that nobody finds out with it which e-mail addresses have an account."""


def invite_person(
    *,
    actor: Actor,
    role: str,
    full_name: str,
    distributor_id: int | None = None,
    email: str = "",
    amount_limit: Decimal | None = None,
    now: datetime,
) -> tuple[Invitation, str]:
    """Offer a role by a link that is valid for seven days; returns the invitation and the link, which is stored nowhere.

    Where an e-mail address is given, the link is sent there as well, and the account gets that address. An owner
    invites into the own distributor. A buyer orders up to `amount_limit` of the company's currency from the day on which
    the invitation is accepted. Records one event. Raises NotAllowed, NotVisible, InvalidInput.
    """
    require(can_invite(actor, role))
    if distributor_id is None:
        distributor_id = actor.distributor_id
    require_fitting(actor, role, distributor_id)
    secret = secrets.token_urlsafe(32)
    address = link(reverse("accounts:join", args=[secret]))
    if amount_limit is not None and role != Role.BUYER:
        raise InvalidInput(_("Only a buyer has an order limit."), code="no_limit", field="amount_limit")
    with transaction.atomic():
        invitation = Invitation.objects.create(
            secret_hash=_hash(secret),
            role=role,
            distributor_id=distributor_id,
            full_name=full_name,
            email=email.strip().lower(),
            amount_limit=amount_limit,
            created_by_id=actor.pk,
            created_at=now,
            expires_at=now + VALID_FOR,
        )
        _record(AccountsEvent.INVITATION_CREATED, invitation, actor.pk)
        if invitation.email:
            _send(invitation, address)
    return invitation, address


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation_id: int, now: datetime) -> None:
    """Make its link useless. Records one event. Raises NotVisible, Conflict (accepted or withdrawn already)."""
    invitation: Invitation = lock_row(Invitation.objects.visible_to(actor), invitation_id)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Conflict(_("This invitation has been accepted or withdrawn already."), code="closed")
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    _record(AccountsEvent.INVITATION_WITHDRAWN, invitation, actor.pk)


def open_invitation(*, secret: str, now: datetime) -> Invitation:
    """What a link offers.

    Raises NotVisible where it was never made, is used up, expired or withdrawn, or who made it could not any more.
    """
    rows = Invitation.objects.still_open(now).select_related("distributor", "created_by")
    invitation = rows.filter(secret_hash=_hash(secret), tries__lte=MAX_TRIES).first()
    if invitation is None or not _still_offered(invitation):
        raise NotVisible
    return invitation


def accept_invitation(*, secret: str, person_id: int, now: datetime) -> Membership:
    """Take the role with an account that is there. Records two events.

    Raises NotVisible (see `open_invitation`), NotAllowed (one's own invitation), Conflict (has the role already).
    """
    with explained(), transaction.atomic():
        invitation = _locked(secret, now)
        require(person_id != invitation.created_by_id, _("You cannot accept your own invitation."))
        person: User = lock_row(User.objects.filter(is_active=True), person_id)
        return _accept(invitation, person, now)


def join(
    *,
    secret: str,
    full_name: str,
    email: str = "",
    password: str = "",
    phone: str = "",
    language: str = "",
    now: datetime,
) -> Membership:
    """Take the role with a new account.

    It signs in by codes to `phone`, or by `password` with `email` or the address that was invited. Records three events.
    Raises NotVisible (see `open_invitation`), InvalidInput (password, neither of both), Conflict
    (address or number have an account: its holder signs in and accepts). A link can be tried ten times.
    """
    Invitation.objects.filter(secret_hash=_hash(secret), tries__lte=MAX_TRIES).update(tries=F("tries") + 1)
    with explained(), transaction.atomic():
        invitation = _locked(secret, now)
        address = invitation.email or email.strip().lower()
        _require_free(address, phone)
        if address or password:
            _require_good(password, User(email=address, full_name=full_name))
        person: User = User.objects.create_user(
            address or f"{phone[1:]}@phone{NOWHERE}",
            password or None,
            full_name=full_name,
            language=language,
            phone=phone or None,
        )
        record_event(
            kind=AccountsEvent.USER_CREATED,
            subject_type="user",
            subject_id=person.pk,
            distributor_id=invitation.distributor_id,
            actor_id=person.pk,
            data={"invitation": invitation.pk},
        )
        return _accept(invitation, person, now)


def _accept(invitation: Invitation, person: User, now: datetime) -> Membership:
    membership = Membership(
        person=person,
        role=invitation.role,
        distributor_id=invitation.distributor_id,
        starts_on=timezone.localdate(now),
    )
    membership.save(force_insert=True)
    if invitation.amount_limit is not None and invitation.distributor_id is not None:
        set_order_limit(
            person_id=person.pk,
            distributor_id=invitation.distributor_id,
            amount=invitation.amount_limit,
            on=membership.starts_on,
            actor_id=invitation.created_by_id,
        )
    invitation.accepted_by, invitation.accepted_at = person, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    _record(AccountsEvent.INVITATION_ACCEPTED, invitation, person.pk)
    record_event(
        kind=AccountsEvent.MEMBERSHIP_GRANTED,
        subject_type="user",
        subject_id=person.pk,
        distributor_id=membership.distributor_id,
        actor_id=invitation.created_by_id,
        data={"membership": membership.pk, "role": membership.role, "since": membership.starts_on.isoformat()},
    )
    return membership


def _locked(secret: str, now: datetime) -> Invitation:
    invitation = open_invitation(secret=secret, now=now)
    locked: Invitation = lock_row(Invitation.objects.still_open(now), invitation.pk)
    return locked


def _still_offered(invitation: Invitation) -> bool:
    """A link outlives neither the right of whoever made it nor the contract with the distributor."""
    inviter, distributor = invitation.created_by, invitation.distributor
    if distributor is not None and distributor.status == DistributorStatus.TERMINATED:
        return False
    for row in inviter.memberships_in_force():
        inviter.use_membership(row.pk)
        theirs = inviter.distributor_id in {None, invitation.distributor_id}
        if theirs and can_invite(inviter, invitation.role):
            return True
    return False


def _require_free(address: str, phone: str) -> None:
    if not address and not phone:
        raise InvalidInput(_("Enter a mobile number or an e-mail address."), code="no_login", field="phone")
    for name, value in (("email", address), ("phone", phone)):
        if value and User.objects.filter(**{name: value}).exists():
            message = _("There is an account with it. Sign in, then open the link again.")
            raise Conflict(message, code=f"{name}_taken", field=name)


def _require_good(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInput(sentences(error.messages), code="weak_password", field="password") from error


def _send(invitation: Invitation, address: str) -> None:
    language = invitation.distributor.language if invitation.distributor else translation.get_language()
    with translation.override(language):
        post(
            to=invitation.email,
            subject=_("[Tributary] You are invited"),
            body=_("%(inviter)s invites you to Tributary. Open this link within seven days:\n\n%(link)s")
            % {"inviter": invitation.created_by.display_name, "link": address},
        )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(kind: AccountsEvent, invitation: Invitation, actor_id: int) -> None:
    record_event(
        kind=kind,
        subject_type="invitation",
        subject_id=invitation.pk,
        distributor_id=invitation.distributor_id,
        actor_id=actor_id,
        data={
            "role": invitation.role,
            "name": invitation.full_name,
            "email": invitation.email,
            "limit": None if invitation.amount_limit is None else str(invitation.amount_limit),
        },
    )
