"""Plans, attainment and posted sales as the API shows and takes them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.fields import PersonField
from accounts.models import Distributor, Territory
from catalogue.models import Category
from company.iso_codes import check_currency
from company.models import BusinessYear
from core.api.fields import VisibleField
from core.money import STORED_DIGITS
from core.state import available_actions
from planning.enums import PlanLevel
from planning.models import SalesActual, SalesPlan, SalesPlanMix, SalesPlanPeriod
from planning.permissions import PLAN_STATES

MOST_CELLS = 2000


def amount_field(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=STORED_DIGITS, **options)


class PlanMixSerializer(serializers.ModelSerializer[SalesPlanMix]):
    category = serializers.CharField(source="category.code", read_only=True)

    class Meta:
        model = SalesPlanMix
        fields = ("category", "amount")


class PlanPeriodSerializer(serializers.ModelSerializer[SalesPlanPeriod]):
    number = serializers.IntegerField(source="period.number", read_only=True)
    starts_on = serializers.DateField(source="period.starts_on", read_only=True)
    ends_on = serializers.DateField(source="period.ends_on", read_only=True)
    mix = PlanMixSerializer(many=True, read_only=True)

    class Meta:
        model = SalesPlanPeriod
        fields = ("number", "starts_on", "ends_on", "amount", "mix")


class PlanRowSerializer(serializers.ModelSerializer[SalesPlan]):
    """A plan without its periods, as in lists."""

    year = serializers.CharField(source="year.code", read_only=True)
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)
    manager = serializers.CharField(source="manager.login", default=None, allow_null=True, read_only=True)
    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)

    class Meta:
        model = SalesPlan
        fields = (
            "id", "level", "year", "territory", "manager", "distributor", "parent", "revision", "is_current", "status",
            "currency", "amount", "version",
        )  # fmt: skip


class PlanSerializer(PlanRowSerializer):
    """A plan with its periods, and the actions that its reader may use now."""

    periods = PlanPeriodSerializer(many=True, read_only=True)
    actions = serializers.SerializerMethodField()

    class Meta(PlanRowSerializer.Meta):
        fields = (*PlanRowSerializer.Meta.fields, "actions", "periods")  # type: ignore[assignment]  # a longer tuple

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_actions(self, plan: SalesPlan) -> list[str]:
        return [move.action for move in available_actions(PLAN_STATES, plan, self.context["request"].user)]


class StartPlanSerializer(serializers.Serializer[Any]):
    """The amount of a year for one owner; the periods follow last year's sales."""

    level = serializers.ChoiceField(choices=PlanLevel.choices)
    year = serializers.SlugRelatedField(slug_field="code", queryset=BusinessYear.objects.all())
    territory = VisibleField(Territory, required=False)
    manager = PersonField(required=False)
    distributor = VisibleField(Distributor, required=False)
    amount = amount_field(min_value=0)
    currency = serializers.CharField(validators=[check_currency])
    with_mix = serializers.BooleanField(default=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly the owner that the level names."""
        for name in ("territory", "manager", "distributor"):
            if name in attrs and attrs["level"] != name:
                raise serializers.ValidationError({name: _("Not used for a plan at this level.")})
            if name not in attrs and attrs["level"] == name:
                raise serializers.ValidationError({name: _("Required for a plan at this level.")})
        return attrs


class PlanCellSerializer(serializers.Serializer[Any]):
    """One cell: the number of the period, the code of the category (none where the period has no mix), the amount."""

    period = serializers.IntegerField(min_value=1, max_value=366)
    category = VisibleField(Category, required=False, allow_null=True)
    amount = amount_field(min_value=0)


class PlanCellsSerializer(serializers.Serializer[Any]):
    cells: Any = serializers.ListSerializer(child=PlanCellSerializer(), allow_empty=False, max_length=MOST_CELLS)


class SpreadSerializer(serializers.Serializer[Any]):
    """Another amount for the year; the cells in `keep` are set to what is given, the others share the rest."""

    amount = amount_field(min_value=0)
    keep: Any = serializers.ListSerializer(child=PlanCellSerializer(), required=False, max_length=MOST_CELLS)


class ReopenSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class ProgressSerializer(serializers.Serializer[Any]):
    """Sums of one span. Shares are fractions: 0.31 is 31 %. Null where it is unknown."""

    currency = serializers.CharField()
    plan = amount_field(allow_null=True)
    plan_to_date = serializers.DecimalField(max_digits=25, decimal_places=4, allow_null=True)
    actual = amount_field()
    last_year = amount_field()
    attainment = serializers.DecimalField(max_digits=25, decimal_places=6, allow_null=True)
    attainment_to_date = serializers.DecimalField(max_digits=25, decimal_places=6, allow_null=True)
    growth = serializers.DecimalField(max_digits=25, decimal_places=6, allow_null=True)
    landing = amount_field(allow_null=True)
    landing_low = amount_field(source="landing_band.0", default=None, allow_null=True)
    landing_high = amount_field(source="landing_band.1", default=None, allow_null=True)
    landing_as_of = serializers.DateField(source="outlook.made_on", default=None, allow_null=True)
    landing_past_error = serializers.DecimalField(
        source="outlook.past_error",
        max_digits=25,
        decimal_places=6,
        default=None,
        allow_null=True,
        help_text="How far off the same forecast was at this point of the last closed year.",
    )
    landing_attainment = serializers.DecimalField(max_digits=25, decimal_places=6, allow_null=True)
    pace = amount_field(allow_null=True)
    required_pace = amount_field(allow_null=True)
    days_left = serializers.IntegerField()


class ProgressRowSerializer(serializers.Serializer[Any]):
    """A distributor against its plan of a business year."""

    distributor = serializers.CharField(source="code")
    name = serializers.CharField()
    plan = serializers.IntegerField(source="plan_id", allow_null=True)
    year = ProgressSerializer(source="progress")


class PeriodProgressSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    progress = ProgressSerializer()


class AttainmentSerializer(serializers.Serializer[Any]):
    """Plan against actual of a business year, and of each period."""

    year = serializers.CharField(source="year.code")
    currency = serializers.CharField()
    plan = serializers.IntegerField(source="plan.pk", default=None, allow_null=True)
    plan_in_other_currency = serializers.IntegerField(
        source="foreign_plan.pk",
        default=None,
        allow_null=True,
        help_text="A plan in another currency than the sales, with which nothing is compared.",
    )
    total = ProgressSerializer()
    periods = serializers.SerializerMethodField()

    @extend_schema_field(PeriodProgressSerializer(many=True))
    def get_periods(self, attainment: Any) -> Any:
        rows = [
            {"number": p.number, "starts_on": p.starts_on, "ends_on": p.ends_on, "progress": progress}
            for p, progress in attainment.periods
        ]
        return PeriodProgressSerializer(rows, many=True).data


class SalesActualSerializer(serializers.ModelSerializer[SalesActual]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    category = serializers.CharField(source="category.code", read_only=True)

    class Meta:
        model = SalesActual
        fields = (
            "id", "basis", "month", "distributor", "category", "currency", "units", "lines", "gross_amount", "discount_amount",
            "net_amount",
        )  # fmt: skip
