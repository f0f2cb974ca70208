"""How many applications wait for whom, and for how long."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.models import Responsibility, User
from core.actors import Actor
from core.errors import Message
from core.models import Event
from onboarding.enums import ApplicationEvent, ApplicationStatus
from onboarding.models import Application

STEPS = (
    ApplicationEvent.RECEIVED,
    ApplicationEvent.RETURNED,
    ApplicationEvent.CHECKED,
    ApplicationEvent.ASSESSED,
    ApplicationEvent.REOPENED,
)
"""Since the last of these it has waited for what is next."""
OF_TERRITORY = (ApplicationStatus.RECEIVED, ApplicationStatus.CHECKED)
"""What the people responsible in the territory do; whoever decides about applications does the rest."""
LABELS: Mapping[ApplicationStatus, Message] = {
    ApplicationStatus.DRAFT: pgettext_lazy("waiting applications", "The applicant"),
    ApplicationStatus.RECEIVED: pgettext_lazy("waiting applications", "Check of documents"),
    ApplicationStatus.CHECKED: pgettext_lazy("waiting applications", "Assessment"),
    ApplicationStatus.ASSESSED: pgettext_lazy("waiting applications", "Decision"),
}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many, and how many days the longest has waited."""

    number: int
    days: int


@dataclass(frozen=True, kw_only=True)
class WaitingStep:
    status: ApplicationStatus
    label: Message
    waiting: Waiting
    url: str


@dataclass(frozen=True, kw_only=True)
class WaitingPerson:
    """What waits for somebody responsible in the territory; without a person, where nobody is."""

    person: User | None
    to_check: int
    to_assess: int
    waiting: Waiting


@dataclass(frozen=True, kw_only=True)
class WaitingApplications:
    steps: Sequence[WaitingStep]
    people: Sequence[WaitingPerson]


@dataclass(frozen=True, kw_only=True)
class _Open:
    status: ApplicationStatus
    territory_id: int | None
    since: date

    def days(self, today: date) -> int:
        return max((today - self.since).days, 0)


def waiting_applications(actor: Actor, *, today: date) -> WaitingApplications:
    """Of the applications that the actor sees: by what is next, and by the people responsible. Three queries at most.

    An application of a territory with several responsible people waits for each of them. The longest wait comes first.
    """
    found = list(_open(actor))
    by_step, by_person = defaultdict(list), defaultdict(list)
    people = _people({row.territory_id for row in found if row.status in OF_TERRITORY}, today)
    for row in found:
        by_step[row.status].append(row)
        if row.status in OF_TERRITORY:
            for person in people.get(row.territory_id or 0) or (0,):
                by_person[person].append(row)
    users = User.objects.in_bulk([pk for pk in by_person if pk])
    listed = [_person(users.get(pk), rows, today) for pk, rows in by_person.items()]
    steps = [_step(status, by_step[status], today) for status in LABELS if by_step[status]]
    return WaitingApplications(steps=steps, people=sorted(listed, key=lambda one: -one.waiting.days))


def _open(actor: Actor) -> Iterable[_Open]:
    last = Event.objects.filter(subject_type="application", subject_id=OuterRef("pk"), kind__in=STEPS)
    rows = Application.objects.visible_to(actor).filter(status__in=LABELS)
    rows = rows.annotate(since=Subquery(last.order_by("-at").values("at")[:1])).order_by("pk")
    for status, territory_id, since, submitted in rows.values_list("status", "territory", "since", "submitted_at"):
        yield _Open(
            status=ApplicationStatus(status),
            territory_id=territory_id,
            since=timezone.localdate(since or submitted),
        )


def _people(territories: Iterable[int | None], today: date) -> Mapping[int, Sequence[int]]:
    wanted = {pk for pk in territories if pk is not None}
    found: dict[int, list[int]] = defaultdict(list)
    rows = Responsibility.objects.on(today).filter(distributor__territory__in=wanted) if wanted else None
    pairs = rows.order_by().values_list("distributor__territory", "user").distinct() if rows is not None else ()
    for territory_id, person_id in sorted(pairs):
        found[territory_id].append(person_id)
    return found


def _waiting(rows: Sequence[_Open], today: date) -> Waiting:
    return Waiting(number=len(rows), days=max(row.days(today) for row in rows))


def _step(status: ApplicationStatus, rows: Sequence[_Open], today: date) -> WaitingStep:
    listed = status != ApplicationStatus.DRAFT
    url = f"{reverse('onboarding:applications')}?status={status}" if listed else ""
    return WaitingStep(status=status, label=LABELS[status], waiting=_waiting(rows, today), url=url)


def _person(person: User | None, rows: Sequence[_Open], today: date) -> WaitingPerson:
    return WaitingPerson(
        person=person,
        to_check=sum(row.status == ApplicationStatus.RECEIVED for row in rows),
        to_assess=sum(row.status == ApplicationStatus.CHECKED for row in rows),
        waiting=_waiting(rows, today),
    )
