"""Whom events concern, for many events in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from accounts.models import Membership, User
from accounts.selectors.responsibilities import accountable_people
from core.models import Event
from messaging.enums import NotificationLevel
from messaging.kinds import NOTIFICATION_KINDS, Audience, ToAccountable, ToBrand, ToDistributor, ToPeople, ToPerson


def recipients_of(events: Sequence[Event], *, today: date) -> Mapping[int, Mapping[int, NotificationLevel]]:
    """By event, by person: how urgently. Of several audiences the most urgent one counts; whoever did it is not named.

    Those who are accountable are today's: who has been handed the work since the event happened is whom it concerns.
    """
    people = _People([event.distributor_id for event in events if event.distributor_id is not None], today)
    found: dict[int, dict[int, NotificationLevel]] = {}
    for event in events:
        levels = found[event.pk] = dict[int, NotificationLevel]()
        for audience in NOTIFICATION_KINDS[event.kind].audiences:
            for person in people.of(audience, event):
                before = levels.get(person)
                if before is None or audience.level.rank > before.rank:
                    levels[person] = audience.level
        levels.pop(event.actor_id or 0, None)
    return found


class _People:
    """What was asked of one distributor is known of all."""

    def __init__(self, distributor_ids: Collection[int], today: date) -> None:
        self.ids = sorted(set(distributor_ids))
        self.today = today
        self._members: Mapping[int, Sequence[tuple[int, str]]] | None = None
        self._accountable: dict[tuple[str, ...] | None, Mapping[int, list[int]]] = {}
        self._brand: dict[frozenset[str], list[int]] = {}

    def of(self, audience: Audience, event: Event) -> Collection[int]:
        if isinstance(audience, ToPerson):
            person = event.data.get(audience.key)
            return [] if person is None else [int(person)]
        if isinstance(audience, ToPeople):
            return [int(person) for person in event.data.get(audience.key, ())]
        if isinstance(audience, ToBrand):
            return self._of_brand(audience.roles)
        if event.distributor_id is None:
            return []
        if isinstance(audience, ToDistributor):
            roles = audience.roles | frozenset(event.data.get(audience.roles_key, ()))
            return [person for person, role in self._of_distributor(event.distributor_id) if role in roles]
        return self._accountable_for(audience, event.distributor_id)

    def _of_brand(self, roles: frozenset[str]) -> Collection[int]:
        if roles not in self._brand:
            people = User.objects.with_roles(roles).filter(is_active=True)
            self._brand[roles] = list(people.values_list("pk", flat=True))
        return self._brand[roles]

    def _of_distributor(self, distributor_id: int) -> Sequence[tuple[int, str]]:
        if self._members is None:
            members: dict[int, list[tuple[int, str]]] = defaultdict(list)
            rows = Membership.objects.on(self.today).filter(distributor__in=self.ids)
            for distributor, person, role in rows.values_list("distributor_id", "person_id", "role"):
                members[distributor].append((person, role))
            self._members = members
        return self._members.get(distributor_id, ())

    def _accountable_for(self, audience: ToAccountable, distributor_id: int) -> Collection[int]:
        codes = audience.duty_codes
        if codes not in self._accountable:
            self._accountable[codes] = accountable_people(self.ids, on=self.today, duty_codes=codes)
        everybody = self._accountable[codes].get(distributor_id, [])
        return everybody if audience.every_duty else everybody[:1]
