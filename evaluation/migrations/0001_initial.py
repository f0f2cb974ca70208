import core.codes
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
        ("company", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("revenue_share", "Share of revenue"),
                            ("growth", "Growth"),
                            ("steadiness", "Growth stability"),
                            ("plan_attainment", "Plan attainment"),
                            ("on_time_in_full", "On time in full"),
                            ("order_regularity", "Order regularity"),
                        ],
                        max_length=32,
                        verbose_name="measure",
                    ),
                ),
                ("weight", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="weight")),
                ("floor", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="value at 0 points")),
                ("target", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="value at 100 points")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["scorecard", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ScorecardEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("active", "In force"), ("retired", "Retired")],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                (
                    "grades",
                    models.JSONField(
                        help_text='Minimum score of each grade, best first: [["A", 85], ["B", 70]].',
                        verbose_name="grades",
                    ),
                ),
                (
                    "minimum_coverage",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("60"),
                        help_text="Below this share of the weight a score is shown without grade and rank.",
                        max_digits=5,
                        verbose_name="weight that must be measured (%)",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "score",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="score"),
                ),
                (
                    "coverage",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("0"), max_digits=5, verbose_name="weight measured (%)"
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=8, verbose_name="grade")),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="rank")),
                ("contest", models.TextField(blank=True, verbose_name="objection")),
                ("contested_at", models.DateTimeField(blank=True, null=True, verbose_name="contested at")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "contested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="contested by",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "evaluation",
                "verbose_name_plural": "evaluations",
                "ordering": ["run", "rank"],
            },
        ),
        migrations.CreateModel(
            name="CriterionScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("revenue_share", "Share of revenue"),
                            ("growth", "Growth"),
                            ("steadiness", "Growth stability"),
                            ("plan_attainment", "Plan attainment"),
                            ("on_time_in_full", "On time in full"),
                            ("order_regularity", "Order regularity"),
                        ],
                        max_length=32,
                        verbose_name="measure",
                    ),
                ),
                ("inputs", models.JSONField(default=dict, verbose_name="inputs")),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=8, max_digits=20, null=True, verbose_name="value"),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="score of the measure"
                    ),
                ),
                ("weight", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="weight")),
                (
                    "points",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=7, verbose_name="points"),
                ),
                (
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="evaluation.evaluation",
                        verbose_name="evaluation",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the score",
                "verbose_name_plural": "steps of the score",
                "ordering": ["evaluation", "id"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("replaced", "Replaced"),
                            ("voided", "Voided"),
                        ],
                        default="queued",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("computed_at", models.DateTimeField(blank=True, null=True, verbose_name="computed at")),
                ("is_provisional", models.BooleanField(default=False, verbose_name="provisional")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided at")),
                ("void_reason", models.CharField(blank=True, max_length=500, verbose_name="reason for voiding")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced",
                        to="evaluation.evaluationrun",
                        verbose_name="replaced by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voided by",
                    ),
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
                "verbose_name": "evaluation run",
                "verbose_name_plural": "evaluation runs",
                "ordering": ["-ends_on", "-id"],
            },
        ),
        migrations.AddField(
            model_name="evaluation",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evaluations",
                to="evaluation.evaluationrun",
                verbose_name="run",
            ),
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("active", "In force"), ("retired", "Retired")],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                (
                    "grades",
                    models.JSONField(
                        help_text='Minimum score of each grade, best first: [["A", 85], ["B", 70]].',
                        verbose_name="grades",
                    ),
                ),
                (
                    "minimum_coverage",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("60"),
                        help_text="Below this share of the weight a score is shown without grade and rank.",
                        max_digits=5,
                        verbose_name="weight that must be measured (%)",
                    ),
                ),
            ],
            options={
                "verbose_name": "scorecard",
                "verbose_name_plural": "scorecards",
                "ordering": ["code", "-version"],
                "constraints": [
                    core.codes.CodeConstraint(
                        models.F("version"), core.codes.NormalCode("code"), name="scorecard_version_once"
                    ),
                    core.codes.CodeConstraint(
                        core.codes.NormalCode("code"),
                        condition=models.Q(("status", "active")),
                        name="scorecard_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "active", "retired"])),
                        name="scorecard_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minimum_coverage__gte", 0), ("minimum_coverage__lte", 100)),
                        name="scorecard_coverage_range",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="evaluationrun",
            name="scorecard",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="runs",
                to="evaluation.scorecard",
                verbose_name="scorecard",
            ),
        ),
        migrations.CreateModel(
            name="CriterionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("revenue_share", "Share of revenue"),
                            ("growth", "Growth"),
                            ("steadiness", "Growth stability"),
                            ("plan_attainment", "Plan attainment"),
                            ("on_time_in_full", "On time in full"),
                            ("order_regularity", "Order regularity"),
                        ],
                        max_length=32,
                        verbose_name="measure",
                    ),
                ),
                ("weight", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="weight")),
                ("floor", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="value at 0 points")),
                ("target", models.DecimalField(decimal_places=6, max_digits=18, verbose_name="value at 100 points")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="evaluation.criterion",
                    ),
                ),
                (
                    "scorecard",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="evaluation.scorecard",
                        verbose_name="scorecard",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="criterion",
            name="scorecard",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="criteria",
                to="evaluation.scorecard",
                verbose_name="scorecard",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scorecard",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "evaluation_scorecardevent" ("code", "grades", "id", "minimum_coverage", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "version") VALUES (NEW."code", NEW."grades", NEW."id", NEW."minimum_coverage", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."version"); RETURN NULL;',
                    hash="a7fcc147993c94c7fd4d14bea9cb6b14ce3e9415",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_731d7",
                    table="evaluation_scorecard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scorecard",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "evaluation_scorecardevent" ("code", "grades", "id", "minimum_coverage", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "version") VALUES (NEW."code", NEW."grades", NEW."id", NEW."minimum_coverage", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."version"); RETURN NULL;',
                    hash="5bb1843fbd88a5503a16a433772cded6380636c2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c7f7b",
                    table="evaluation_scorecard",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="scorecardevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="scorecardevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="evaluation.scorecard",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterionscore",
            constraint=models.UniqueConstraint(fields=("evaluation", "metric"), name="criterion_score_once"),
        ),
        migrations.AddConstraint(
            model_name="criterionscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("points", 0), ("score__isnull", True), ("value__isnull", True)),
                    models.Q(("score__gte", 0), ("score__lte", 100), ("value__isnull", False)),
                    _connector="OR",
                ),
                name="criterion_score_or_no_data",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(fields=("run", "distributor"), name="evaluation_once"),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score__isnull", True), models.Q(("score__gte", 0), ("score__lte", 100)), _connector="OR"
                ),
                name="evaluation_score_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.CheckConstraint(
                condition=models.Q(("coverage__gte", 0), ("coverage__lte", 100)), name="evaluation_coverage_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="evaluation_run_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["queued", "done", "failed", "replaced", "voided"])),
                name="evaluation_run_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "queued")),
                fields=("scorecard", "starts_on", "ends_on", "is_provisional"),
                name="evaluation_run_queued_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationrun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "done")),
                fields=("scorecard", "starts_on", "ends_on"),
                name="evaluation_run_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaced_by__isnull", False), ("status", "replaced")),
                    models.Q(models.Q(("status", "replaced"), _negated=True), ("replaced_by__isnull", True)),
                    _connector="OR",
                ),
                name="evaluation_run_replaced",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "voided"), ("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("status", "voided"), _negated=True),
                        ("void_reason", ""),
                        ("voided_at__isnull", True),
                        ("voided_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="evaluation_run_voided_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("scorecard", "metric"), name="criterion_once"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gt", 0)), name="criterion_weight_positive"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("floor", models.F("target")), _negated=True), name="criterion_band"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "metric__in",
                        [
                            "revenue_share",
                            "growth",
                            "steadiness",
                            "plan_attainment",
                            "on_time_in_full",
                            "order_regularity",
                        ],
                    )
                ),
                name="criterion_metric_legal",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "evaluation_criterionevent" ("floor", "id", "metric", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scorecard_id", "target", "weight") VALUES (NEW."floor", NEW."id", NEW."metric", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."scorecard_id", NEW."target", NEW."weight"); RETURN NULL;',
                    hash="d485d0fba8541ccc473134422efb23b9b0930bb7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7e76",
                    table="evaluation_criterion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criterion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "evaluation_criterionevent" ("floor", "id", "metric", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "scorecard_id", "target", "weight") VALUES (NEW."floor", NEW."id", NEW."metric", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."scorecard_id", NEW."target", NEW."weight"); RETURN NULL;',
                    hash="a26888273197a7ade42c15a4c4ea3ae21b74f656",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7669c",
                    table="evaluation_criterion",
                    when="AFTER",
                ),
            ),
        ),
    ]
