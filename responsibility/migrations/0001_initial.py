import core.codes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                (
                    "channel_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "Direct sales"),
                            ("wholesale", "Wholesale"),
                            ("retail", "Retail"),
                            ("e_commerce", "E-commerce"),
                            ("agent", "Agent"),
                            ("chain", "Chain"),
                            ("franchise", "Franchise"),
                            ("direct_marketing", "Direct marketing"),
                            ("international", "International"),
                        ],
                        max_length=20,
                        verbose_name="channel kind",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.territory",
                        verbose_name="territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment template",
                "verbose_name_plural": "assignment templates",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="AssignmentTemplateLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("administrator", "Administrator"),
                            ("director", "Channel director"),
                            ("manager", "Channel manager"),
                            ("warehouse", "Warehouse"),
                            ("finance", "Finance"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="responsibility.assignmenttemplate",
                        verbose_name="assignment template",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an assignment template",
                "verbose_name_plural": "lines of assignment templates",
                "ordering": ["template", "duty"],
            },
        ),
        migrations.AddConstraint(
            model_name="assignmenttemplate",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="assignment_template_code_once"),
        ),
        migrations.AddConstraint(
            model_name="assignmenttemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("territory", "channel_kind"),
                name="one_assignment_template",
                nulls_distinct=False,
                violation_error_message="There is a template for this territory and channel kind already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmenttemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel_kind__in",
                        [
                            "",
                            "direct",
                            "wholesale",
                            "retail",
                            "e_commerce",
                            "agent",
                            "chain",
                            "franchise",
                            "direct_marketing",
                            "international",
                        ],
                    )
                ),
                name="assignment_template_channel_kind_legal",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignmenttemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="d0f6b5e910448f6776ce50c48b596956dbe4764b",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_2a5c1",
                    table="responsibility_assignmenttemplate",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmenttemplateline",
            constraint=models.UniqueConstraint(fields=("template", "duty"), name="assignment_template_duty_once"),
        ),
        migrations.AddConstraint(
            model_name="assignmenttemplateline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", False), ("role", "")),
                    models.Q(
                        ("person__isnull", True),
                        ("role__in", ["administrator", "director", "manager", "warehouse", "finance"]),
                    ),
                    _connector="OR",
                ),
                name="assignment_template_person_or_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignmenttemplateline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stand_in__isnull", True),
                    ("person__isnull", True),
                    models.Q(("stand_in", models.F("person")), _negated=True),
                    _connector="OR",
                ),
                name="assignment_template_stand_in_other",
            ),
        ),
    ]
