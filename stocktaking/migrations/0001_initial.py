import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("company", "0001_initial"),
        ("inventory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scrap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("broken", "Broken"),
                            ("expired", "Expired"),
                            ("lost", "Lost"),
                            ("sample", "Sample"),
                            ("quality", "Poor quality"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting for approval"),
                            ("posted", "Scrapped"),
                            ("reversed", "Undone"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("created_at", models.DateTimeField(verbose_name="prepared at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("posted_at", models.DateTimeField(blank=True, null=True, verbose_name="posted at")),
                ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="note of the approval")),
                (
                    "block",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scraps",
                        to="inventory.stockblock",
                        verbose_name="blocked stock",
                    ),
                ),
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
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="stocktaking.scrap",
                        verbose_name="undoes",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "scrap",
                "verbose_name_plural": "scraps",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="scrap_newest"),
                    models.Index(fields=["status", "-created_at"], name="scrap_by_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "company"), name="scrap_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="scrap_number_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "waiting", "posted", "reversed", "cancelled"])),
                        name="scrap_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["broken", "expired", "lost", "sample", "quality", "other"])),
                        name="scrap_reason_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "waiting", "cancelled"]),
                            models.Q(("number__isnull", False), ("posted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="scrap_posted_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScrapLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="unit")),
                ("unit_pieces", models.PositiveIntegerField(default=1, verbose_name="pieces of the unit")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("pieces", models.BigIntegerField(verbose_name="pieces")),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="unit cost"
                    ),
                ),
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
                    "scrap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="stocktaking.scrap",
                        verbose_name="scrap",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a scrap",
                "verbose_name_plural": "lines of scraps",
                "ordering": ["scrap", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
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
                        name="scrapline_pieces_of_units",
                    ),
                    models.UniqueConstraint(fields=("scrap", "product", "unit"), name="scrap_line_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "Everything in stock"),
                            ("moved", "What moved since the last count"),
                            ("categories", "Some categories"),
                            ("products", "Some products"),
                        ],
                        default="all",
                        max_length=16,
                        verbose_name="what is counted",
                    ),
                ),
                ("selection", models.JSONField(blank=True, default=list, verbose_name="codes of what was selected")),
                (
                    "is_blind",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever counts does not see the expected quantity.",
                        verbose_name="blind count",
                    ),
                ),
                (
                    "tolerance",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Rows with a larger difference are counted twice. Leave blank to count once.",
                        max_digits=5,
                        null=True,
                        verbose_name="tolerance in percent",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("counting", "Counting"),
                            ("recounting", "Second count"),
                            ("waiting", "Waiting for approval"),
                            ("posted", "Posted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="counting",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("posted_at", models.DateTimeField(blank=True, null=True, verbose_name="posted at")),
                ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="note of the approval")),
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
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock count",
                "verbose_name_plural": "stock counts",
                "ordering": ["-opened_at", "-id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["-opened_at", "-id"], name="stock_count_newest"),
                    models.Index(fields=["status", "-opened_at"], name="stock_count_by_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "company"), name="stockcount_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="stockcount_number_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["counting", "recounting", "waiting", "posted", "cancelled"])
                        ),
                        name="stock_count_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["all", "moved", "categories", "products"])),
                        name="stock_count_scope_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tolerance__isnull", True), ("tolerance__gte", 0), _connector="OR"),
                        name="stock_count_tolerance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "posted"), _negated=True), ("posted_at__isnull", False), _connector="OR"
                        ),
                        name="stock_count_posted_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockCountLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_listed", models.BooleanField(default=True, verbose_name="on the list")),
                ("counted", models.BigIntegerField(blank=True, null=True, verbose_name="counted")),
                ("expected", models.BigIntegerField(blank=True, null=True, verbose_name="expected")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="counted at")),
                ("first_counted", models.BigIntegerField(blank=True, null=True, verbose_name="counted at first")),
                ("first_expected", models.BigIntegerField(blank=True, null=True, verbose_name="expected at first")),
                ("needs_recount", models.BooleanField(default=False, verbose_name="to be counted again")),
                ("entries", models.PositiveIntegerField(default=0, verbose_name="times entered")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mispick", "Wrong product picked"),
                            ("misplaced", "Put in another place"),
                            ("receipt", "Wrong receipt"),
                            ("damage", "Broken or expired"),
                            ("loss", "Lost or stolen"),
                            ("unknown", "Unexplained"),
                        ],
                        default="",
                        max_length=16,
                        verbose_name="reason for the difference",
                    ),
                ),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="unit cost"
                    ),
                ),
                (
                    "count",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="stocktaking.stockcount",
                        verbose_name="stock count",
                    ),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted by",
                    ),
                ),
                (
                    "first_counted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="counted at first by",
                    ),
                ),
                (
                    "open_warehouse",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse while the count is open",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a stock count",
                "verbose_name_plural": "rows of stock counts",
                "ordering": ["count", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("count", "product"), name="stock_count_line_once"),
                    models.UniqueConstraint(fields=("open_warehouse", "product"), name="stock_count_line_in_one_count"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("counted__isnull", True),
                                ("counted_at__isnull", True),
                                ("entries", 0),
                                ("expected__isnull", True),
                            ),
                            models.Q(
                                ("counted__gte", 0),
                                ("counted_at__isnull", False),
                                ("entries__gte", 1),
                                ("expected__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stock_count_line_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_counted__isnull", True),
                            models.Q(("counted__isnull", False), ("first_counted__gte", 0)),
                            _connector="OR",
                        ),
                        name="stock_count_line_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason", ""),
                            ("reason__in", ["mispick", "misplaced", "receipt", "damage", "loss", "unknown"]),
                            _connector="OR",
                        ),
                        name="stock_count_line_reason_legal",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="scrap",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="2c9bc14df25ac17a226fbb4e19d181a9bf15a8bf",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_41f67",
                    table="stocktaking_scrap",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stockcount",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="dddc2d2716ac0c2d5cdcc676ce24250f9fffb54d",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_0d988",
                    table="stocktaking_stockcount",
                    when="BEFORE",
                ),
            ),
        ),
    ]
