"""Who may see which distributors. Every other scope of the program builds on this one."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, Subquery, TextField, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from tree_queries.query import TreeQuerySet

from accounts.enums import DISTRIBUTOR_ROLES, ORDERING_STATUSES
from accounts.expressions import (
    SUPERVISED,
    AccountableId,
    CoveredDuties,
    ReplacementId,
    acted_for_by_managers,
    seen_by_managers,
    today_sql,
)
from accounts.kept_scopes import ids_of
from accounts.permissions import (
    SEE_ALL_PEOPLE,
    SEE_PEOPLE,
    can_administer,
    can_manage_grants,
    can_manage_people,
    has_role,
    is_brand,
    sees_channel,
)
from core.actors import Actor
from core.filters import LONGEST_SEARCH, MOST_WORDS, spellings
from core.querysets import M, ScopedQuerySet

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from accounts.models import Absence, ApiToken, Distributor, Grant, Invitation, Membership, PendingHandOver, User  # noqa: F401 - named in texts, for the type checker
REFERENCE_LENGTH = 16
_BRANCH = """
WITH RECURSIVE branch(id) AS (
    SELECT %s::bigint
    UNION
    SELECT child.id FROM accounts_distributor AS child JOIN branch ON child.parent_id = branch.id
)
SELECT id FROM branch
"""
_PEOPLE = SUPERVISED + "SELECT id FROM people"  # noqa: S608 - put together from constants only


class NarrowedQuerySet(ScopedQuerySet[M]):
    """Rows of which a list for few distributors should be read from their index, and not from everybody's."""

    path = "distributor"

    def narrowed_for(self, actor: Actor) -> Self:
        """Name the distributors that `actor` sees; the planner cannot know how few they are.

        Adds nothing to what is seen: for rows that are scoped already. One query, none for those who see the channel.
        """
        if sees_channel(actor):
            return self
        return self.filter(**{f"{self.path}__in": ids_of(actor, "seen", distributors().visible_to)})

    def work_of(self, actor: Actor) -> Self:
        """Those that are the person's work: narrowed likewise, and a stand-in's only while the responsible person is away."""
        if sees_channel(actor):
            return self
        return self.filter(**{f"{self.path}__in": ids_of(actor, "acted for", distributors().acted_for_by)})


class DistributorQuerySet(NarrowedQuerySet["Distributor"], TreeQuerySet["Distributor"]):  # type: ignore[misc]  # no types
    path = "pk"

    def scope(self, actor: Actor) -> Self:
        """All with the permission; the brand's others by responsibility, their people's included; a distributor its branch."""
        if sees_channel(actor):
            return self
        if is_brand(actor):
            return self.filter(pk__in=RawSQL(seen_by_managers(today_sql()), [actor.pk]))  # noqa: S611 - constant text
        if actor.role in DISTRIBUTOR_ROLES and actor.distributor_id:
            return self.filter(pk__in=RawSQL(_BRANCH, [actor.distributor_id]))  # noqa: S611 - constant text, values are bound
        return self.none()

    def acted_for_by(self, actor: Actor) -> Self:
        """Those whose work is the person's: as they are seen, but a stand-in only while the responsible person is away."""
        rows = self.visible_to(actor)
        if sees_channel(actor) or not is_brand(actor):
            return rows
        return rows.filter(pk__in=RawSQL(acted_for_by_managers(today_sql()), [actor.pk]))  # noqa: S611 - constant text, values are bound

    def with_gaps(self, day: date) -> Self:
        """Each with `gaps`, the number of duties in use for which nobody acts on the day."""
        duties = apps.get_model("accounts", "Duty").objects.filter(is_active=True).order_by().values("is_active")
        used = Subquery(duties.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        return self.annotate(gaps=Coalesce(used, Value(0)) - CoveredDuties(F("pk"), day))

    def branch_of(self, distributor_id: int) -> Self:
        """The distributor and everyone below it in the sub-network."""
        return self.filter(pk__in=RawSQL(_BRANCH, [distributor_id]))  # noqa: S611 - constant text, bound parameter

    def matching(self, text: str) -> Self:
        """Those that carry every word of `text` in their code, a name, the pinyin initials or the city."""
        found = self
        for word in text.lower()[:LONGEST_SEARCH].split()[:MOST_WORDS]:
            matches = Q()
            for spelling in spellings(word):
                matches |= Q(search_text__contains=spelling)
            found = found.filter(matches)
        return found

    def ordering(self) -> Self:
        """Those who may place orders."""
        return self.filter(status__in=ORDERING_STATUSES)


class UserQuerySet(ScopedQuerySet["User"]):
    def scope(self, actor: Actor) -> Self:
        """Administrators and directors see everybody, managers their people, a distributor's owner its own staff."""
        if SEE_ALL_PEOPLE.granted_to(actor):
            return self
        if not SEE_PEOPLE.granted_to(actor):
            return self.filter(pk=actor.pk)
        if actor.distributor_id is not None:
            return self.of_distributors([actor.distributor_id])
        if is_brand(actor):
            return self.filter(pk__in=RawSQL(_PEOPLE, [actor.pk]))  # noqa: S611 - constant text, bound parameter
        return self.filter(pk=actor.pk)

    def with_memberships(self) -> Self:
        """Each with the memberships in force today and their distributors. One query more, whatever their number."""
        rows = memberships().on(timezone.localdate()).select_related("distributor")
        return self.prefetch_related(Prefetch("memberships", rows, to_attr="current_memberships"))

    def with_roles(self, roles: Collection[str]) -> Self:
        """Those with one of these roles today, in whatever organisation."""
        rows = memberships().on(timezone.localdate()).filter(role__in=sorted(roles))
        return self.filter(pk__in=rows.order_by().values("person"))

    def of_distributors(self, ids: Any, roles: Collection[str] | None = None) -> Self:
        """The people of these distributors today, with one of the roles where they are named."""
        rows = memberships().on(timezone.localdate()).filter(distributor__in=ids)
        if roles is not None:
            rows = rows.filter(role__in=sorted(roles))
        return self.filter(pk__in=rows.order_by().values("person"))


class DatedMixin:
    """Rows with a first day, and a last one or none; both days are included."""

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        rows: Any = self.from_day(day)
        found: Self = rows.filter(starts_on__lte=day)
        return found

    def from_day(self, day: date) -> Self:
        """Those in force on a day or later."""
        rows: Any = self
        found: Self = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        return found


class MembershipQuerySet(DatedMixin, ScopedQuerySet["Membership"]):
    def scope(self, actor: Actor) -> Self:
        """One's own, and those of the people one sees; an owner those in its own company only."""
        people = apps.get_model("accounts", "User").objects.visible_to(actor).values("pk")
        if actor.distributor_id is not None:
            return self.filter(Q(person=actor.pk) | Q(person__in=people, distributor=actor.distributor_id))
        return self.filter(Q(person=actor.pk) | Q(person__in=people))

    def on(self, day: date) -> Self:
        """Those in force on a day, the first one that began first."""
        return super().on(day).order_by("starts_on", "pk")


def memberships() -> MembershipQuerySet:
    found: MembershipQuerySet = apps.get_model("accounts", "Membership").objects.all()
    return found


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    def scope(self, actor: Actor) -> Self:
        """Administrators see all, an owner those into its own company."""
        if can_administer(actor):
            return self
        if actor.distributor_id is not None and can_manage_people(actor):
            return self.filter(distributor=actor.distributor_id)
        return self.none()

    def still_open(self, now: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)


class ByDistributorQuerySet(NarrowedQuerySet[Any]):
    """Rows that belong to one distributor are seen with it."""

    def scope(self, actor: Actor) -> Self:
        if sees_channel(actor):
            return self
        return self.filter(**{f"{self.path}__in": distributors().visible_to(actor).values("pk")})


def distributors() -> DistributorQuerySet:
    """All distributors. The models are above this module, so they are looked up by name."""
    found: DistributorQuerySet = apps.get_model("accounts", "Distributor").objects.all()
    return found


class ResponsibilityQuerySet(DatedMixin, ByDistributorQuerySet):
    def with_accountable(self, day: date) -> Self:
        """Each with `accountable_id`, who acts for it on the day."""
        return self.annotate(accountable_id=AccountableId(F("pk"), day))

    def with_replacement(self, day: date) -> Self:
        """Each with `replacement_id`, who would act for it on the day if the responsible person were gone."""
        return self.annotate(replacement_id=ReplacementId(F("pk"), day))


_GRANT_COLUMNS = {
    "limit": Cast("amount_limit", TextField()),
    "rank": Case(When(distributor__isnull=False, then=2), When(person__isnull=False, then=1), default=0),
}


class GrantQuerySet(DatedMixin, ScopedQuerySet["Grant"]):
    def scope(self, actor: Actor) -> Self:
        """Those who manage grants see all, an owner those in the own company, others what holds for themselves."""
        if can_manage_grants(actor):
            return self
        mine = Q(person=actor.pk) | Q(role=actor.role, person=None)
        if actor.distributor_id is not None and can_manage_people(actor):
            mine |= Q(distributor=actor.distributor_id)
        return self.filter(mine)

    def holding_for(self, *, person_id: Any, role: Any, distributor_id: Any) -> Self:
        """Those of one person, there or everywhere, and of the role in which the person acts."""
        here = Q(distributor__isnull=True) | Q(distributor=distributor_id)
        return self.filter((Q(person=person_id) & here) | Q(role=role, person__isnull=True))

    def as_rows(self) -> Any:
        """What `User.bind_membership` takes."""
        return self.order_by().values("permission", "is_allowed", **_GRANT_COLUMNS)


class AbsenceQuerySet(DatedMixin, ScopedQuerySet["Absence"]):
    def scope(self, actor: Actor) -> Self:
        """One's own, those one stands in for, and those of the people one sees."""
        people = apps.get_model("accounts", "User").objects.visible_to(actor).values("pk")
        return self.filter(Q(person__in=people) | Q(person=actor.pk) | Q(stand_in=actor.pk))


class PendingHandOverQuerySet(ScopedQuerySet["PendingHandOver"]):
    def scope(self, actor: Actor) -> Self:
        """One's own, and those of the people one sees."""
        people = apps.get_model("accounts", "User").objects.visible_to(actor).values("pk")
        return self.filter(Q(person__in=people) | Q(person=actor.pk))


class ApiTokenQuerySet(ScopedQuerySet["ApiToken"]):
    def scope(self, actor: Actor) -> Self:
        """Administrators see every key, others their own."""
        return self if can_administer(actor) else self.filter(user=actor.pk)

    def by_reference(self, reference: str) -> Self:
        """Those whose hash begins like this; one that is too short finds nothing."""
        whole = len(reference) == REFERENCE_LENGTH and reference.isalnum()
        return self.filter(pk__startswith=reference) if whole else self.none()


class BrandOnlyQuerySet(ScopedQuerySet[Any]):
    """Master data of the brand owner: every brand role sees it, no distributor does."""

    def scope(self, actor: Actor) -> Self:
        return self if is_brand(actor) else self.none()


class EveryoneQuerySet(ScopedQuerySet[Any]):
    """Shared reference data: whoever has a role sees it."""

    def scope(self, actor: Actor) -> Self:
        return self if has_role(actor) else self.none()


class TreeReferenceQuerySet(EveryoneQuerySet, TreeQuerySet[Any]):  # type: ignore[misc]  # no types
    """Shared reference data in a tree."""
