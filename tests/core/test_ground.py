"""States, periods, locks, idempotency and constraints: the small things that everything stands on."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, models, transaction

from accounts.enums import DistributorStatus
from accounts.models import Distributor, Tier
from company.models import BusinessYear
from company.selectors import year_of_or_latest
from company.services.business_years import open_calendar_year
from core.constraints import as_domain_error, explain_constraint, explained
from core.errors import Conflict, InvalidInput, KeyReused, NotAllowed, NotVisible, RequestInFlight
from core.idempotency import Reply, body_hash, lock_number, run_idempotently
from core.locks import lock_row, single_run
from core.models import Event, StoredReply
from core.periods import Span, add_months, month_end
from core.permissions import require
from core.querysets import ScopedQuerySet
from core.state import StateTable, Transition, check_version
from tests.concurrency.together import Unlocked, together
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, TierFactory
from tests.factories.core import BusinessYearFactory, EventFactory


def test_a_state_moves_only_along_its_table() -> None:
    table = StateTable(
        field="status",
        states=DistributorStatus,
        transitions=[
            Transition(action="stop", sources=frozenset({"active", "probation"}), target="suspended", label="Stop"),
            Transition(action="start", sources=frozenset({"suspended"}), target="active", label="Start"),
        ],
    )
    distributor = Distributor(status="active")
    assert [move.action for move in table.actions_from("active")] == ["stop"]
    assert table.advance(distributor, "stop") == ("active", "suspended")
    with pytest.raises(Conflict, match="Suspended"):
        table.advance(distributor, "stop")
    assert distributor.status == "suspended"
    assert table.target("terminated", "start") is None


def test_a_stale_version_is_refused() -> None:
    check_version(Reply(status=1, body=None), None)
    with pytest.raises(Conflict):
        check_version(type("Row", (), {"version": 2})(), 1)


def test_months_end_where_the_calendar_says() -> None:
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 1)
    assert add_months(date(2024, 1, 1), -1) == date(2023, 12, 1)
    assert month_end(date(2024, 2, 3)) == date(2024, 2, 29)
    span = Span(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    days = [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 9)]
    assert [span.days_until(day) for day in days] == [0, 1, 31]


@pytest.mark.django_db
def test_a_business_year_is_opened_once_and_found_by_its_days() -> None:
    year = open_calendar_year(2026)
    assert open_calendar_year(2026) == year
    assert year.periods.count() == 12
    assert year_of_or_latest(date(2026, 12, 31)) == year
    assert year_of_or_latest(date(2027, 1, 1)) == year
    year.delete()
    with pytest.raises(NotVisible):
        year_of_or_latest(date(2027, 1, 1))


@pytest.mark.django_db
def test_business_years_do_not_overlap() -> None:
    BusinessYearFactory.create(code="2026", starts_on=date(2026, 1, 1))
    with pytest.raises(Conflict), explained(), transaction.atomic():
        BusinessYear.objects.create(code="FY26", starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))


def test_a_queryset_that_says_nothing_shows_nothing() -> None:
    class Silent(ScopedQuerySet[Tier]):
        """Forgot to say who sees it."""

    assert Silent(Tier).visible_to(DirectorFactory.build()).query.is_empty()


def test_a_rule_that_says_no_is_a_403() -> None:
    require(True)
    with pytest.raises(NotAllowed, match="Not today"):
        require(False, "Not today")


@pytest.mark.django_db
def test_events_are_never_changed_or_deleted() -> None:
    """The audit trail must not be corrected afterwards, not even by us."""
    event = EventFactory.create()
    for harm in (lambda: Event.objects.update(kind="other"), event.delete):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            harm()
    assert Event.objects.get().kind == event.kind


@pytest.mark.django_db
def test_what_the_database_refuses_is_said_in_words() -> None:
    TierFactory.create(code="gold", rank=1)
    explain_constraint("accounts_tier_rank_key", "There is a tier of this rank.", field="rank")
    with pytest.raises(Conflict, match="of this rank") as refused, explained(), transaction.atomic():
        TierFactory.create(rank=1)
    assert refused.value.problems[0].field == "rank"
    with pytest.raises(InvalidInput), explained(), transaction.atomic():
        Distributor.objects.bulk_create([DistributorFactory.build(tier=None, territory=None, currency="eur")])
    with pytest.raises(Conflict), explained(), transaction.atomic():
        refer_to_nobody()


def refer_to_nobody() -> None:
    Distributor.objects.bulk_create([DistributorFactory.build(tier=None, territory=None, parent_id=10**9)])
    with connections["default"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_defect_of_the_program_stays_one() -> None:
    assert as_domain_error(IntegrityError("something nobody named")) is None


@pytest.mark.django_db
def test_a_key_replays_and_refuses_another_body() -> None:
    person, done = ManagerFactory.create(), list[int]()

    def work() -> Reply:
        done.append(1)
        return Reply(status=201, body={"number": "A1"})

    first = run_idempotently(actor_id=person.pk, key="k", hashed="h", work=work)
    again = run_idempotently(actor_id=person.pk, key="k", hashed="h", work=work)
    assert (first.body, again.body, again.replayed, len(done)) == ({"number": "A1"}, {"number": "A1"}, True, 1)
    with pytest.raises(KeyReused):
        run_idempotently(actor_id=person.pk, key="k", hashed="other", work=work)


def test_the_hash_tells_requests_apart() -> None:
    hashes = {
        body_hash(method=method, path=path, body=body)
        for method, path, body in [
            ("POST", "/a", b"x"),
            ("POST", "/b", b"x"),
            ("PUT", "/a", b"x"),
            ("POST", "/a", b"y"),
        ]
    }
    assert len(hashes) == 4
    assert len({lock_number("a", "bc"), lock_number("ab", "c"), lock_number("abc")}) == 3


def order_once(person_id: int) -> Callable[[], Reply]:
    """A request that makes a tier and takes its time."""

    def work() -> Reply:
        Tier.objects.create(
            code=f"t{Tier.objects.count()}-{threading.get_ident()}", name="t", rank=threading.get_ident() % 30000
        )
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        return Reply(status=201, body={})

    return lambda: run_idempotently(actor_id=person_id, key="k", hashed="h", work=work)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_once_does_the_work_once() -> None:
    """A till that sends twice within a blink must not order twice."""
    answers = together(*[order_once(ManagerFactory.create().pk)] * 5)
    assert sum(isinstance(answer, RequestInFlight) for answer in answers) == 4
    assert (Tier.objects.count(), StoredReply.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_work_is_done_five_times_and_only_the_constraint_undoes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)  # whole texts, not prepared
    answers = together(*[order_once(ManagerFactory.create().pk)] * 5, previous_period=Unlocked(StoredReply, parties=5))
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 4, "each of them had done the work"
    assert (Tier.objects.count(), StoredReply.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_named_run_is_one_at_a_time() -> None:
    with single_run("night") as got:
        assert got
        assert together(*[lambda: single_run("night").__enter__()] * 2) == [False, False]
        (other,) = together(lambda: single_run("day").__enter__())
        assert other
    with single_run("night") as again:
        assert again


@pytest.mark.django_db
def test_a_row_that_is_not_seen_is_not_locked() -> None:
    tier = TierFactory.create()
    assert lock_row(Tier.objects.all(), tier.pk) == tier
    nothing: models.QuerySet[Tier] = Tier.objects.none()
    with pytest.raises(NotVisible):
        lock_row(nothing, tier.pk)
