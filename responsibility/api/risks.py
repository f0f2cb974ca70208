"""What the radar adds, through the API: who is silent, who carries too much, who would be missed."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin

from accounts.models import Responsibility, User
from accounts.permissions import can_see_radar
from core.api.viewsets import ScopedViewSet
from core.permissions import require
from responsibility.filters import IfLeftFilter, LoadFilter, SilentFilter
from responsibility.selectors.load import Carried, add_replacements, carried_by, people_with_duties
from responsibility.selectors.silent import last_seen, silent_responsibilities


class _DutyOfSerializer(serializers.ModelSerializer[Responsibility]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    duty = serializers.CharField(source="duty.code", read_only=True)
    person = serializers.CharField(source="user.login", read_only=True)


class SilentSerializer(_DutyOfSerializer):
    """`last_on` is the last day on which the person did what counts, null for never."""

    last_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Responsibility
        fields = ("id", "distributor", "duty", "person", "starts_on", "last_on")


class IfLeftSerializer(_DutyOfSerializer):
    """`replacement` would act if the person left today, null where nobody would."""

    replacement = serializers.CharField(source="replacement.login", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Responsibility
        fields = ("id", "distributor", "duty", "person", "replacement")


class LoadSerializer(serializers.Serializer[Carried]):
    """`share` is the highest of the figures against the median of all; `alone` the duties with nobody else."""

    person = serializers.CharField(source="person.login")
    distributors = serializers.IntegerField()
    duties = serializers.IntegerField()
    open_work = serializers.IntegerField()
    revenue = serializers.DecimalField(max_digits=19, decimal_places=4, allow_null=True)
    currency = serializers.CharField()
    share = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)
    is_over = serializers.BooleanField()
    alone = serializers.IntegerField()


class _RadarViewSet(ListModelMixin, ScopedViewSet):
    """A list for whoever sees the radar."""

    abstract = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        require(can_see_radar(self.actor))
        found: QuerySet[Any] = self.listed(visible)
        return found

    def listed(self, visible: Any) -> Any:
        raise NotImplementedError

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        return page if page is None else self.completed(page)

    def completed(self, page: Sequence[Any]) -> Sequence[Any]:
        """The rows of one page with what is read for the page as a whole."""
        raise NotImplementedError


class SilentViewSet(_RadarViewSet):
    """Duties that must happen regularly and did not, by the person accountable."""

    queryset = Responsibility.objects.all()
    serializer_class = SilentSerializer
    filterset_class = SilentFilter

    def listed(self, visible: Any) -> Any:
        silent = silent_responsibilities(self.actor, on=timezone.localdate())
        return visible.filter(pk__in=silent.values("pk")).select_related("distributor", "duty", "user")

    def completed(self, page: Sequence[Any]) -> Sequence[Any]:
        days = last_seen([row.pk for row in page])
        for row in page:
            row.last_on = days.get(row.pk)
        return page


class IfLeftViewSet(_RadarViewSet):
    """For each duty, who would act if the accountable person left today."""

    queryset = Responsibility.objects.all()
    serializer_class = IfLeftSerializer
    filterset_class = IfLeftFilter

    def listed(self, visible: Any) -> Any:
        today = timezone.localdate()
        rows = visible.on(today).filter(duty__is_active=True).with_replacement(today)
        return rows.select_related("distributor", "duty", "user")

    def completed(self, page: Sequence[Any]) -> Sequence[Any]:
        add_replacements(page)
        return page


class LoadViewSet(_RadarViewSet):
    """How much each person carries against the median of all."""

    queryset = User.objects.all()
    serializer_class = LoadSerializer
    filterset_class = LoadFilter

    def listed(self, _visible: Any) -> Any:
        return people_with_duties(self.actor, on=timezone.localdate())

    def completed(self, page: Sequence[Any]) -> Sequence[Any]:
        return carried_by(page, on=timezone.localdate())
