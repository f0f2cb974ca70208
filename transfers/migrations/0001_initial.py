import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        ("company", "0001_initial"),
        ("inventory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "In transit"),
                            ("partly_received", "Partly received"),
                            ("received", "Received"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("expected_on", models.DateField(verbose_name="expected on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("created_at", models.DateTimeField(verbose_name="prepared at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.company",
                        verbose_name="company",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="to warehouse",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="received by",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="from warehouse",
                    ),
                ),
                (
                    "transit",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="in-transit warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TransferLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="unit")),
                ("unit_pieces", models.PositiveIntegerField(default=1, verbose_name="pieces of the unit")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("pieces", models.BigIntegerField(verbose_name="pieces")),
                ("received", models.BigIntegerField(default=0, verbose_name="received")),
                ("lost", models.BigIntegerField(default=0, verbose_name="missing")),
                ("surplus", models.BigIntegerField(default=0, verbose_name="surplus")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason for the difference")),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="transfers.transfer",
                        verbose_name="transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a transfer",
                "verbose_name_plural": "lines of transfers",
                "ordering": ["transfer", "id"],
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["-created_at", "-id"], name="transfer_newest"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["status", "expected_on"], name="transfer_by_status"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="transfer_number_once"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="transfer_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "sent", "partly_received", "received", "cancelled"])),
                name="transfer_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("destination")), _negated=True),
                name="transfer_between_two",
                violation_error_message="Select two different warehouses.",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "cancelled"]),
                    models.Q(("number__isnull", False), ("sent_at__isnull", False), ("transit__isnull", False)),
                    _connector="OR",
                ),
                name="transfer_sent_has_number",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="c8b4b80a42640cb8a8d987d15904f6ee3d5189a8",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_5fd4f",
                    table="transfers_transfer",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="transferline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "pieces",
                        django.db.models.expressions.CombinedExpression(
                            models.F("quantity"), "*", models.F("unit_pieces")
                        ),
                    ),
                    ("quantity__gte", 1),
                    ("unit_pieces__gte", 1),
                ),
                name="transferline_pieces_of_units",
            ),
        ),
        migrations.AddConstraint(
            model_name="transferline",
            constraint=models.UniqueConstraint(fields=("transfer", "product", "unit"), name="transfer_line_once"),
        ),
        migrations.AddConstraint(
            model_name="transferline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lost__gte", 0),
                    ("received__gte", 0),
                    ("surplus__gte", 0),
                    (
                        "pieces__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("received"), "+", models.F("lost")
                            ),
                            "-",
                            models.F("surplus"),
                        ),
                    ),
                ),
                name="transfer_line_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="transferline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lost", 0), ("surplus", 0)), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="transfer_line_reason",
            ),
        ),
    ]
