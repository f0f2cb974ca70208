import company.iso_codes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("company", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LandingForecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("made_on", models.DateField(verbose_name="as of")),
                (
                    "sold_share",
                    models.DecimalField(decimal_places=6, max_digits=12, verbose_name="usually sold by then"),
                ),
                ("growth", models.DecimalField(decimal_places=6, max_digits=12, verbose_name="growth")),
                (
                    "period_share",
                    models.DecimalField(
                        decimal_places=6, max_digits=12, verbose_name="share of the rest in the period"
                    ),
                ),
                (
                    "uses_individual_profile",
                    models.BooleanField(default=False, verbose_name="by each distributor's own season"),
                ),
                ("is_straight", models.BooleanField(default=False, verbose_name="straight line without history")),
                ("sold_amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="sold")),
                (
                    "expected_amount",
                    models.DecimalField(decimal_places=4, max_digits=19, verbose_name="still expected"),
                ),
                (
                    "past_error",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=12,
                        null=True,
                        verbose_name="error of the last closed year",
                    ),
                ),
                (
                    "past_bias",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=12,
                        null=True,
                        verbose_name="bias of the last closed year",
                    ),
                ),
                (
                    "error",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="error"),
                ),
                (
                    "bias",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="bias"),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.businessyear",
                        verbose_name="business year",
                    ),
                ),
            ],
            options={
                "verbose_name": "landing forecast",
                "verbose_name_plural": "landing forecasts",
                "ordering": ["-made_on", "currency"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "currency", "made_on"), name="landing_forecast_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Landing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("interval_days", models.PositiveSmallIntegerField(verbose_name="days between orders")),
                ("sold_amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="sold")),
                (
                    "expected_amount",
                    models.DecimalField(decimal_places=4, max_digits=19, verbose_name="still expected"),
                ),
                (
                    "low_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="at least"
                    ),
                ),
                (
                    "high_amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="at most"),
                ),
                (
                    "actual_amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="actual"),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="landings",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="manager",
                    ),
                ),
                (
                    "forecast",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="landings",
                        to="planning.landingforecast",
                        verbose_name="landing forecast",
                    ),
                ),
            ],
            options={
                "verbose_name": "landing",
                "verbose_name_plural": "landings",
                "ordering": ["forecast", "distributor"],
                "constraints": [
                    models.UniqueConstraint(fields=("forecast", "distributor"), name="landing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("expected_amount__gte", 0)), name="landing_expects_no_less_than_nothing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("high_amount", None), ("low_amount", None)),
                            ("low_amount__lte", models.F("high_amount")),
                            _connector="OR",
                        ),
                        name="landing_band_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesActual",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("ordered", "Ordered"),
                            ("shipped", "Shipped"),
                            ("invoiced", "Invoiced"),
                            ("collected", "Collected"),
                        ],
                        default="ordered",
                        max_length=16,
                        verbose_name="basis",
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("units", models.BigIntegerField(default=0, verbose_name="units")),
                ("lines", models.IntegerField(default=0, verbose_name="lines")),
                (
                    "gross_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="gross"),
                ),
                (
                    "discount_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="discount"),
                ),
                (
                    "net_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="net"),
                ),
                (
                    "cost_amount_company",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="cost in the company's currency",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actuals",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="manager",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.businessperiod",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "verbose_name": "actual sales",
                "verbose_name_plural": "actual sales",
                "ordering": ["month", "id"],
                "indexes": [
                    models.Index(fields=["month", "distributor"], name="sales_actual_month"),
                    models.Index(fields=["period", "distributor"], name="sales_actual_period"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("distributor", "month", "category", "manager", "period", "currency", "basis"),
                        name="sales_actual_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["ordered", "shipped", "invoiced", "collected"])),
                        name="sales_actual_basis_legal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("company", "Company"),
                            ("territory", "Territory"),
                            ("manager", "Channel manager"),
                            ("distributor", "Distributor"),
                        ],
                        max_length=16,
                        verbose_name="level",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("is_current", models.BooleanField(default=True, verbose_name="in force")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("agreed", "Confirmed"),
                            ("locked", "Locked"),
                            ("replaced", "Replaced"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="amount")),
                (
                    "distributor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="manager",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="planning.salesplan",
                        verbose_name="part of",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="accounts.territory",
                        verbose_name="territory",
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="company.businessyear",
                        verbose_name="business year",
                    ),
                ),
            ],
            options={
                "verbose_name": "sales plan",
                "verbose_name_plural": "sales plans",
                "ordering": ["-year", "level", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "agreed", "locked", "replaced"])),
                        name="sales_plan_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="sales_plan_amount_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("distributor", None), ("level", "company"), ("manager", None), ("territory", None)
                            ),
                            models.Q(
                                ("distributor", None),
                                ("level", "territory"),
                                ("manager", None),
                                ("territory__isnull", False),
                            ),
                            models.Q(
                                ("distributor", None),
                                ("level", "manager"),
                                ("manager__isnull", False),
                                ("territory", None),
                            ),
                            models.Q(
                                ("distributor__isnull", False),
                                ("level", "distributor"),
                                ("manager", None),
                                ("territory", None),
                            ),
                            _connector="OR",
                        ),
                        name="sales_plan_one_owner",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("year", "level", "territory", "manager", "distributor"),
                        name="sales_plan_one_in_force",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        fields=("year", "level", "territory", "manager", "distributor", "revision"),
                        name="sales_plan_version_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesPlanPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="amount")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.businessperiod",
                        verbose_name="period",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="planning.salesplan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan of a period",
                "verbose_name_plural": "plans of periods",
                "ordering": ["period"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "period"), name="sales_plan_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="sales_plan_period_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesPlanMix",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="amount")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "plan_period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mix",
                        to="planning.salesplanperiod",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "verbose_name": "product mix",
                "verbose_name_plural": "product mix",
                "ordering": ["category"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan_period", "category"), name="sales_plan_mix_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="sales_plan_mix_not_negative"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salesplan",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="4528d63dc9222bf0aad18b698b232c10a943c2e3",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_d594a",
                    table="planning_salesplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salesplan",
            trigger=pgtrigger.compiler.Trigger(
                name="plans_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM set_config('tributary.plans_checked', '', true); RETURN NULL;",
                    hash="cd4c3175769286d542210139be1bc9a631d1a91c",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_plans_changed_c2080",
                    table="planning_salesplan",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salesplan",
            trigger=pgtrigger.compiler.Trigger(
                name="plan_adds_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE above BIGINT;",
                    func="\nIF EXISTS (\n    SELECT 1 FROM planning_salesplan AS plan\n    WHERE plan.id IN (NEW.id, OLD.id)\n      AND plan.amount <> COALESCE(\n          (SELECT SUM(part.amount) FROM planning_salesplanperiod AS part WHERE part.plan_id = plan.id), 0)\n) THEN \n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_plan_periods_add_up', MESSAGE = 'the periods of a plan must add up to it';\n\nEND IF;\n\nFOR above IN\n    SELECT plan.id FROM planning_salesplan AS plan\n    WHERE plan.id IN (NEW.id, NEW.parent_id, OLD.parent_id)\n      AND plan.status IN ('agreed', 'locked')\n      AND position('/' || plan.id || '/' IN COALESCE(current_setting('tributary.plans_checked', true), '')) = 0\n      AND EXISTS (SELECT 1 FROM planning_salesplan AS part WHERE part.parent_id = plan.id AND part.is_current)\nLOOP\n    IF EXISTS (\n        SELECT 1 FROM (\n            SELECT period_id, amount FROM planning_salesplanperiod WHERE plan_id = above\n            UNION ALL\n            SELECT share.period_id, -share.amount\n            FROM planning_salesplan AS below\n            JOIN planning_salesplanperiod AS share ON share.plan_id = below.id\n            WHERE below.parent_id = above AND below.is_current\n        ) AS shares\n        GROUP BY period_id HAVING SUM(amount) <> 0\n    ) THEN \n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_plan_children_add_up', MESSAGE = 'the parts of an agreed plan must add up to it';\n\n    END IF;\n    PERFORM set_config('tributary.plans_checked',\n        COALESCE(current_setting('tributary.plans_checked', true), '') || '/' || above || '/', true);\nEND LOOP;\n\nRETURN NULL;",
                    hash="2722877ebddf1b36238c84d2f9c111273e2c68a1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_plan_adds_up_7fd0e",
                    table="planning_salesplan",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salesplanperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="plans_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM set_config('tributary.plans_checked', '', true); RETURN NULL;",
                    hash="3c18622542173bd713a1fef0f30404e4d2a3e2e3",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_plans_changed_00070",
                    table="planning_salesplanperiod",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salesplanperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="period_adds_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE above BIGINT;",
                    func="\nIF EXISTS (\n    SELECT 1 FROM planning_salesplan AS plan\n    WHERE plan.id IN (NEW.plan_id, OLD.plan_id)\n      AND plan.amount <> COALESCE(\n          (SELECT SUM(part.amount) FROM planning_salesplanperiod AS part WHERE part.plan_id = plan.id), 0)\n) THEN \n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_plan_periods_add_up', MESSAGE = 'the periods of a plan must add up to it';\n\nEND IF;\n\nIF EXISTS (\n    SELECT 1 FROM planning_salesplanperiod AS part\n    JOIN planning_salesplanmix AS mix ON mix.plan_period_id = part.id\n    WHERE part.id IN (NEW.id, OLD.id)\n    GROUP BY part.id\n    HAVING part.amount <> SUM(mix.amount)\n) THEN \n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_plan_mix_adds_up', MESSAGE = 'the product mix must add up to its period';\n\nEND IF;\n\nFOR above IN\n    SELECT plan.id FROM planning_salesplan AS plan\n    WHERE plan.id IN (\n        SELECT plan.id FROM planning_salesplan AS plan WHERE plan.id IN (NEW.plan_id, OLD.plan_id)\n        UNION\n        SELECT plan.parent_id FROM planning_salesplan AS plan WHERE plan.id IN (NEW.plan_id, OLD.plan_id)\n        )\n      AND plan.status IN ('agreed', 'locked')\n      AND position('/' || plan.id || '/' IN COALESCE(current_setting('tributary.plans_checked', true), '')) = 0\n      AND EXISTS (SELECT 1 FROM planning_salesplan AS part WHERE part.parent_id = plan.id AND part.is_current)\nLOOP\n    IF EXISTS (\n        SELECT 1 FROM (\n            SELECT period_id, amount FROM planning_salesplanperiod WHERE plan_id = above\n            UNION ALL\n            SELECT share.period_id, -share.amount\n            FROM planning_salesplan AS below\n            JOIN planning_salesplanperiod AS share ON share.plan_id = below.id\n            WHERE below.parent_id = above AND below.is_current\n        ) AS shares\n        GROUP BY period_id HAVING SUM(amount) <> 0\n    ) THEN \n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_plan_children_add_up', MESSAGE = 'the parts of an agreed plan must add up to it';\n\n    END IF;\n    PERFORM set_config('tributary.plans_checked',\n        COALESCE(current_setting('tributary.plans_checked', true), '') || '/' || above || '/', true);\nEND LOOP;\n\nRETURN NULL;",
                    hash="3052fd0137bf752a8fef86d65bf222b0ac6ffe96",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_period_adds_up_f044f",
                    table="planning_salesplanperiod",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="salesplanmix",
            trigger=pgtrigger.compiler.Trigger(
                name="mix_adds_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE above BIGINT;",
                    func="\nIF EXISTS (\n    SELECT 1 FROM planning_salesplanperiod AS part\n    JOIN planning_salesplanmix AS mix ON mix.plan_period_id = part.id\n    WHERE part.id IN (NEW.plan_period_id, OLD.plan_period_id)\n    GROUP BY part.id\n    HAVING part.amount <> SUM(mix.amount)\n) THEN \n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sales_plan_mix_adds_up', MESSAGE = 'the product mix must add up to its period';\n\nEND IF;\n\nRETURN NULL;",
                    hash="39e7264072656cd0f219e323b7e535486d3d50cd",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_mix_adds_up_1b594",
                    table="planning_salesplanmix",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]
