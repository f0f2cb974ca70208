"""How often a password may be tried. The counts are kept in PostgreSQL, so that no failure of Redis opens anything.

Hard: an account and an address together. Soft: an account, and an address, each by itself: who signed in to the account
from there before is not kept out by strangers' tries, neither at the account nor from behind the same address.
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.enums import AccountsTopic
from accounts.models import KnownAddress, User
from accounts.services.known_addresses import remember_address
from accounts.services.security_values import add_value
from core.outbox import publish

LONGEST_LOGIN = 254
TOLD_AGAIN_SECONDS = 24 * 3600


def consume(request: HttpRequest, login: str) -> ratelimit.RateLimitUsage | None:
    """Count a try, before the password is looked at; None where there were too many. A right one is rolled back."""
    address = ratelimit.get_ip(request)
    used = ratelimit.RateLimitUsage(usage=[])
    known = KnownAddress.objects.filter(person__email=login, address=address).exists()
    for name, key in (("pair", f"{login}|{address}"), ("address", address), ("account", login)):
        if known and name != "pair":
            continue
        one = ratelimit.consume(
            request, app="tributary", action=f"sign_in_{name}", config=_rates(name), key=key, limit_get=True
        )
        if one is None:
            _warn(login, address)
            return None
        used.usage += one.usage
    return used


def remember(request: HttpRequest, person: User) -> None:
    remember_address(person_id=person.pk, address=ratelimit.get_ip(request))


def _rates(name: str) -> dict[str, str]:
    rate = settings.SIGN_IN_LIMITS.get(name, "")
    return {f"sign_in_{name}": f"{rate}/key" if rate else ""}


def _warn(login: str, address: str) -> None:
    """Let the person know, once a day; whether there is one is found out by the consumer, not here."""
    with transaction.atomic():
        if add_value(f"sign-in-refused:{login[:LONGEST_LOGIN]}", value=1, seconds=TOLD_AGAIN_SECONDS):
            publish(topic=AccountsTopic.SIGN_IN_REFUSED, payload={"email": login[:LONGEST_LOGIN], "address": address})
