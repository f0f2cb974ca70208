"""Business years with their periods, and the ground's own rows."""

from datetime import date
from typing import Any

import factory
from django.utils import timezone

from company.models import BusinessPeriod, BusinessYear
from core.enums import JobKind, JobStatus
from core.models import (
    Delivery,
    Event,
    EventSubject,
    Job,
    JobRowError,
    OutboxMessage,
    SavedView,
    StoredReply,
)
from core.periods import add_months, month_end
from tests.factories.accounts import ManagerFactory, UserFactory

FIRST_YEAR = 2030


class BusinessYearFactory(factory.django.DjangoModelFactory[BusinessYear]):
    """A calendar year with twelve months; `BusinessYearFactory.create(starts_on=date(2026, 1, 1))` for a given one.

    `periods=False` leaves the periods out, `periods=4` makes quarters.
    """

    class Meta:
        model = BusinessYear
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    starts_on = factory.Sequence(lambda number: date(FIRST_YEAR + number % 500, 1, 1))
    ends_on = factory.LazyAttribute(lambda year: month_end(add_months(year.starts_on, 11)))
    code = factory.LazyAttribute(lambda year: str(year.starts_on.year))

    @factory.post_generation
    def periods(self, create: Any, extracted: Any, **_: object) -> None:
        count = 12 if extracted is None or extracted is True else int(extracted)
        if not create or not count or self.periods.exists():
            return
        months = 12 // count
        starts = [add_months(self.starts_on, index * months) for index in range(count)]
        BusinessPeriod.objects.bulk_create(
            BusinessPeriod(year=self, number=number, starts_on=start, ends_on=month_end(add_months(start, months - 1)))
            for number, start in enumerate(starts, 1)
        )


class BusinessPeriodFactory(factory.django.DjangoModelFactory[BusinessPeriod]):
    """The first month of a year that has no other period."""

    class Meta:
        model = BusinessPeriod

    year = factory.SubFactory(BusinessYearFactory, periods=False)
    number = 1
    starts_on = factory.LazyAttribute(lambda period: period.year.starts_on)
    ends_on = factory.LazyAttribute(lambda period: month_end(period.starts_on))


class EventFactory(factory.django.DjangoModelFactory[Event]):
    class Meta:
        model = Event

    at = factory.LazyFunction(timezone.now)
    kind = "distributor.created"
    subject_type = "distributor"
    subject_id = factory.Sequence(lambda number: 1_000_000 + number)


class EventSubjectFactory(factory.django.DjangoModelFactory[EventSubject]):
    class Meta:
        model = EventSubject

    event = factory.SubFactory(EventFactory)
    subject_type = "user"
    subject_id = factory.Sequence(lambda number: 1_000_000 + number)
    relation = "responsible"


class OutboxMessageFactory(factory.django.DjangoModelFactory[OutboxMessage]):
    class Meta:
        model = OutboxMessage

    topic = "test.topic"
    created_at = factory.LazyFunction(timezone.now)
    available_at = factory.LazyFunction(timezone.now)


class DeliveryFactory(factory.django.DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    message = factory.SubFactory(OutboxMessageFactory)
    consumer = "test.consumer"
    available_at = factory.LazyFunction(timezone.now)


class StoredReplyFactory(factory.django.DjangoModelFactory[StoredReply]):
    class Meta:
        model = StoredReply

    actor = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda number: f"key-{number}")
    body_hash = "0" * 64
    status = 201
    body = factory.LazyFunction(dict)
    created_at = factory.LazyFunction(timezone.now)


class JobFactory(factory.django.DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = JobKind.IMPORT
    title = "A long piece of work"
    status = JobStatus.QUEUED
    created_by = factory.SubFactory(ManagerFactory)


class JobRowErrorFactory(factory.django.DjangoModelFactory[JobRowError]):
    class Meta:
        model = JobRowError

    job = factory.SubFactory(JobFactory)
    file = "orders.csv"
    row = 2
    column = "quantity"
    reason = "Not a number."


class SavedViewFactory(factory.django.DjangoModelFactory[SavedView]):
    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    page = "distributors"
    name = factory.Sequence(lambda number: f"View {number}")
    query = "status=active"
