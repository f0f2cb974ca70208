"""Tokens for programs: created and revoked."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent, TokenScope
from accounts.models import ApiToken
from accounts.permissions import can_issue_token, can_revoke_token
from core.actors import Actor
from core.errors import InvalidInput, NotVisible
from core.events import record_event
from core.permissions import require

KEPT = timedelta(days=30)
"""How long an expired key is still listed, so that its owner sees why it is refused."""


@transaction.atomic
def issue_token(*, actor: Actor, name: str, scope: str, expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """Make a key that acts under the actor's membership in use; returns it with its text, which is stored nowhere.

    Records one event. Raises NotAllowed, InvalidInput (unknown scope, an end in the past).
    """
    require(can_issue_token(actor))
    if scope not in TokenScope.values:
        raise InvalidInput(_("Choose one of the scopes."), field="scope")
    if expires_at is not None and expires_at <= timezone.now():
        raise InvalidInput(_("The end date must not be in the past."), field="expires_at")
    token, text = ApiToken.objects.create(
        user=actor, expiry=None, name=name, scope=scope, membership_id=actor.membership_id
    )
    if expires_at is not None:
        token.expiry = expires_at
        token.save(update_fields=["expiry"])
    _record(AccountsEvent.TOKEN_ISSUED, token, actor.pk)
    return token, text


@transaction.atomic
def revoke_token(*, actor: Actor, reference: str) -> None:
    """Take a key away; it is refused from the next request on. Records one event. Raises NotVisible, NotAllowed."""
    token = ApiToken.objects.visible_to(actor).by_reference(reference).select_for_update(of=("self",)).first()
    if token is None:
        raise NotVisible
    require(can_revoke_token(actor, token))
    _record(AccountsEvent.TOKEN_REVOKED, token, actor.pk)
    token.delete()


@transaction.atomic
def revoke_tokens_of(*, person_id: int) -> int:
    """Take all keys of a person away, as when the password is set anew. Records one event a key; returns how many."""
    tokens = list(ApiToken.objects.filter(user_id=person_id).select_for_update(of=("self",)))
    for token in tokens:
        _record(AccountsEvent.TOKEN_REVOKED, token, person_id)
        token.delete()
    return len(tokens)


def forget_expired_tokens(*, now: datetime) -> int:
    """Delete keys that expired more than a month ago, in one statement; returns how many. They were refused since."""
    deleted, _by_model = ApiToken.objects.filter(expiry__lt=now - KEPT).delete()
    return int(deleted)


def _record(kind: AccountsEvent, token: ApiToken, actor_id: int) -> None:
    data = {"name": token.name, "scope": token.scope, "token": token.reference}
    record_event(kind=kind, subject_type="user", subject_id=token.user_id, actor_id=actor_id, data=data)
