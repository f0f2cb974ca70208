"""Who may see which distributors. Every other scope of the program stands on this one."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Q
from django.db.models.expressions import RawSQL
from tree_queries.query import TreeQuerySet

from accounts.enums import DISTRIBUTOR_ROLES, ORDERING_STATUSES, SEES_WHOLE_CHANNEL, Role
from core.querysets import M, ScopedQuerySet

if TYPE_CHECKING:  # named in the bases' text, where ruff does not look
    from accounts.models import ApiToken, Distributor, Notice, User  # noqa: F401 - as said above

REFERENCE_LENGTH = 16

_BRANCH = """
WITH RECURSIVE branch(id) AS (
    SELECT %s::bigint
    UNION
    SELECT child.id FROM accounts_distributor AS child JOIN branch ON child.parent_id = branch.id
)
SELECT id FROM branch
"""

_PEOPLE = """
WITH RECURSIVE people(id) AS (
    SELECT %s::bigint
    UNION
    SELECT below.id FROM accounts_user AS below JOIN people ON below.supervisor_id = people.id
)
SELECT id FROM people
"""

_ANSWERED_FOR = """
WITH RECURSIVE people(id) AS (
    SELECT %s::bigint
    UNION
    SELECT below.id FROM accounts_user AS below JOIN people ON below.supervisor_id = people.id
)
SELECT held.distributor_id
FROM accounts_responsibility AS held
JOIN people ON people.id IN (held.user_id, held.stand_in_id)
WHERE held.starts_on <= CURRENT_DATE AND (held.ends_on IS NULL OR held.ends_on >= CURRENT_DATE)
"""


class NarrowedQuerySet(ScopedQuerySet[M]):
    """Rows of which a list for few distributors should be read from their index, and not from everybody's."""

    path = "distributor"

    def narrowed_for(self, user: Any) -> Self:
        """Name the distributors that `user` sees; the planner cannot know how few they are.

        Adds nothing to what is seen: for rows that are scoped already. One query, none for those who see the channel.
        """
        if user.role in SEES_WHOLE_CHANNEL:
            return self
        return self.filter(**{f"{self.path}__in": list(distributors().visible_to(user).values_list("pk", flat=True))})


class DistributorQuerySet(NarrowedQuerySet["Distributor"], TreeQuerySet["Distributor"]):  # type: ignore[misc]  # no types
    path = "pk"

    def scope(self, user: Any) -> Self:
        """Brand roles see the channel, a manager what he or his people answer for, a distributor its own branch."""
        if user.role in SEES_WHOLE_CHANNEL:
            return self
        if user.role == Role.MANAGER:
            return self.filter(pk__in=RawSQL(_ANSWERED_FOR, [user.pk]))  # noqa: S611 - constant text, bound parameter
        if user.role in DISTRIBUTOR_ROLES and user.distributor_id:
            return self.filter(pk__in=RawSQL(_BRANCH, [user.distributor_id]))  # noqa: S611 - likewise
        return self.none()

    def branch_of(self, distributor_id: int) -> Self:
        """The distributor and everyone below it in the sub-network."""
        return self.filter(pk__in=RawSQL(_BRANCH, [distributor_id]))  # noqa: S611 - constant text, bound parameter

    def matching(self, text: str) -> Self:
        """Those that carry every word of `text` in their code, a name, the pinyin initials or the city."""
        found = self
        for word in text.lower().split():
            found = found.filter(search_text__contains=word)
        return found

    def ordering(self) -> Self:
        """Those who may place orders."""
        return self.filter(status__in=ORDERING_STATUSES)


class UserQuerySet(ScopedQuerySet["User"]):
    def scope(self, user: Any) -> Self:
        """Administrators and directors see everybody, managers their people, a distributor's owner its own staff."""
        if user.role in {Role.ADMINISTRATOR, Role.DIRECTOR}:
            return self
        if user.role == Role.OWNER and user.distributor_id:
            return self.filter(distributor_id=user.distributor_id)
        if user.role == Role.MANAGER:
            return self.filter(pk__in=RawSQL(_PEOPLE, [user.pk]))  # noqa: S611 - constant text, bound parameter
        return self.filter(pk=user.pk)


class ByDistributorQuerySet(NarrowedQuerySet[Any]):
    """Rows that belong to one distributor are seen with it."""

    def scope(self, user: Any) -> Self:
        if user.role in SEES_WHOLE_CHANNEL:
            return self
        return self.filter(**{f"{self.path}__in": distributors().visible_to(user).values("pk")})


def distributors() -> DistributorQuerySet:
    """All distributors. The models stand above this module, so they are asked for by name."""
    found: DistributorQuerySet = apps.get_model("accounts", "Distributor").objects.all()
    return found


class ResponsibilityQuerySet(ByDistributorQuerySet):
    def on(self, day: Any) -> Self:
        """Those in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class NoticeQuerySet(ScopedQuerySet["Notice"]):
    def scope(self, user: Any) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class ApiTokenQuerySet(ScopedQuerySet["ApiToken"]):
    def scope(self, user: Any) -> Self:
        """Administrators see every key, others their own."""
        return self if user.role == Role.ADMINISTRATOR else self.filter(user=user)

    def by_reference(self, reference: str) -> Self:
        """Those whose hash begins like this; one that is too short finds nothing."""
        whole = len(reference) == REFERENCE_LENGTH and reference.isalnum()
        return self.filter(pk__startswith=reference) if whole else self.none()


class BrandOnlyQuerySet(ScopedQuerySet[Any]):
    """Master data of the brand owner: every brand role sees it, no distributor does."""

    def scope(self, user: Any) -> Self:
        return self if user.role in SEES_WHOLE_CHANNEL or user.role == Role.MANAGER else self.none()


class EveryoneQuerySet(ScopedQuerySet[Any]):
    """Shared reference data: whoever has a role sees it."""

    def scope(self, user: Any) -> Self:
        return self if user.role in Role.values else self.none()


class TreeReferenceQuerySet(EveryoneQuerySet, TreeQuerySet[Any]):  # type: ignore[misc]  # likewise
    """Shared reference data in a tree."""
