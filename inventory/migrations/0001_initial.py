import core.codes
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
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
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("company", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("code", models.CharField(blank=True, max_length=64, verbose_name="lot")),
                (
                    "normal",
                    models.GeneratedField(
                        db_persist=True, expression=core.codes.NormalCode("code"), output_field=models.TextField()
                    ),
                ),
                ("produced_on", models.DateField(blank=True, null=True, verbose_name="production date")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expiry date")),
                (
                    "status",
                    models.CharField(
                        choices=[("free", "Free"), ("frozen", "Frozen"), ("recalled", "Recalled")],
                        default="free",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("status_reason", models.CharField(blank=True, default="", max_length=300, verbose_name="reason")),
                ("status_at", models.DateTimeField(blank=True, null=True, verbose_name="since")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "status_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot",
                "verbose_name_plural": "lots",
                "ordering": ["product", models.OrderBy(models.F("expires_on"), nulls_last=True), "id"],
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_type", models.CharField(max_length=32, verbose_name="kind of document")),
                ("source_id", models.BigIntegerField(verbose_name="document")),
                ("source_line_id", models.BigIntegerField(verbose_name="line of the document")),
                ("quantity", models.BigIntegerField(verbose_name="quantity still reserved")),
                ("bound", models.BigIntegerField(db_default=0, default=0, verbose_name="pieces with a lot")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires at")),
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
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LotBinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.BigIntegerField(verbose_name="pieces")),
                ("lost", models.BigIntegerField(default=0, verbose_name="pieces frozen since")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bindings",
                        to="inventory.lot",
                        verbose_name="lot",
                    ),
                ),
                (
                    "reservation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bindings",
                        to="inventory.reservation",
                        verbose_name="reservation",
                    ),
                ),
            ],
            options={
                "verbose_name": "lot of a reservation",
                "verbose_name_plural": "lots of reservations",
                "ordering": ["reservation", "id"],
            },
        ),
        migrations.CreateModel(
            name="Warehouse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sale", "For sale"),
                            ("transit", "In transit"),
                            ("returns", "Returns"),
                            ("blocked", "Blocked"),
                        ],
                        default="sale",
                        help_text="Orders are supplied from a warehouse for sale only.",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_default",
                    models.BooleanField(
                        default=False,
                        help_text="Orders are delivered here, and stock reports apply to it.",
                        verbose_name="default",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("counted_at", models.DateTimeField(blank=True, null=True, verbose_name="last counted at")),
                (
                    "distributor",
                    models.ForeignKey(
                        blank=True,
                        help_text="The distributor it belongs to. Leave blank for the company's own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="warehouses",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "warehouse",
                "verbose_name_plural": "warehouses",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="SupplyRoute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lead_days", models.PositiveSmallIntegerField(default=7, verbose_name="lead time in days")),
                (
                    "cut_off",
                    models.TimeField(
                        blank=True,
                        help_text="Orders until then ship the same day.",
                        null=True,
                        verbose_name="cut-off time",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="1 is the highest priority.", verbose_name="priority"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave blank if every day counts.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.workingcalendar",
                        verbose_name="working calendar",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supply_routes",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "supply route",
                "verbose_name_plural": "supply routes",
                "ordering": ["distributor", "priority"],
            },
        ),
        migrations.CreateModel(
            name="StockMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Receipt"),
                            ("adjustment", "Adjustment"),
                            ("shipment", "Shipment"),
                            ("return", "Return"),
                            ("opening", "Opening stock"),
                            ("count", "Count"),
                            ("transfer", "Transfer"),
                            ("difference", "Transit difference"),
                            ("scrap", "Scrap"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("quantity", models.BigIntegerField(verbose_name="quantity")),
                ("reference", models.CharField(blank=True, max_length=64, verbose_name="document")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.lot",
                        verbose_name="lot",
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
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock movement",
                "verbose_name_plural": "stock movements",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="StockBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                ("by_freeze", models.BooleanField(default=False, verbose_name="by a freeze of the lot")),
                ("quantity", models.BigIntegerField(verbose_name="pieces blocked")),
                ("released", models.BigIntegerField(default=0, verbose_name="released")),
                ("scrapped", models.BigIntegerField(default=0, verbose_name="scrapped")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("quality", "Quality inspection"),
                            ("customs", "Customs"),
                            ("recall", "Recall"),
                            ("damage", "Damage"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("until", models.DateField(blank=True, null=True, verbose_name="blocked until")),
                (
                    "status",
                    models.CharField(
                        choices=[("blocked", "Blocked"), ("overdue", "Blocked past its day"), ("closed", "Closed")],
                        default="blocked",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("blocked_at", models.DateTimeField(verbose_name="blocked at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                (
                    "blocked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="blocked by",
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
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="inventory.lot",
                        verbose_name="lot",
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
                (
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "blocked stock",
                "verbose_name_plural": "blocked stock",
                "ordering": ["-blocked_at", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Stock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_hand", models.BigIntegerField(default=0, verbose_name="on hand")),
                ("reserved", models.BigIntegerField(default=0, verbose_name="reserved")),
                ("blocked", models.BigIntegerField(db_default=0, default=0, verbose_name="blocked")),
                ("waiting", models.BigIntegerField(db_default=0, default=0, verbose_name="waiting")),
                ("zone", models.CharField(blank=True, db_default="", default="", max_length=16, verbose_name="zone")),
                ("place", models.CharField(blank=True, db_default="", default="", max_length=32, verbose_name="place")),
                ("sold_in", models.BigIntegerField(blank=True, null=True, verbose_name="purchased in 91 days")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock",
                "verbose_name_plural": "stock",
                "ordering": ["warehouse", "product"],
            },
        ),
        migrations.AddField(
            model_name="reservation",
            name="warehouse",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.warehouse",
                verbose_name="warehouse",
            ),
        ),
        migrations.CreateModel(
            name="LotStock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_hand", models.BigIntegerField(default=0, verbose_name="on hand")),
                ("bound", models.BigIntegerField(default=0, verbose_name="bound")),
                ("blocked", models.BigIntegerField(default=0, verbose_name="blocked")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stock",
                        to="inventory.lot",
                        verbose_name="lot",
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
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "stock of a lot",
                "verbose_name_plural": "stock of lots",
                "ordering": ["warehouse", "product", "lot"],
            },
        ),
        migrations.CreateModel(
            name="LotMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.BigIntegerField(verbose_name="quantity")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="inventory.lot",
                        verbose_name="lot",
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
                    "move",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="inventory.stockmove",
                        verbose_name="stock movement",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "movement of a lot",
                "verbose_name_plural": "movements of lots",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExpectedReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "external_id",
                    models.CharField(
                        help_text="Number and line in your purchasing system.",
                        max_length=64,
                        unique=True,
                        verbose_name="supply order",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(help_text="In pieces.", verbose_name="quantity")),
                ("received", models.PositiveIntegerField(default=0, verbose_name="received")),
                ("expected_on", models.DateField(verbose_name="expected on")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Expected"),
                            ("overdue", "Overdue"),
                            ("received", "Received"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "source_type",
                    models.CharField(blank=True, default="", max_length=32, verbose_name="kind of document"),
                ),
                ("source_id", models.BigIntegerField(blank=True, null=True, verbose_name="document")),
                ("source_line_id", models.BigIntegerField(blank=True, null=True, verbose_name="line of the document")),
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
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "expected receipt",
                "verbose_name_plural": "expected receipts",
                "ordering": ["expected_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="BackOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_type", models.CharField(max_length=32, verbose_name="kind of document")),
                ("source_id", models.BigIntegerField(verbose_name="document")),
                ("source_line_id", models.BigIntegerField(verbose_name="line of the document")),
                ("reference", models.CharField(blank=True, max_length=64, verbose_name="number")),
                ("ordered", models.BigIntegerField(verbose_name="pieces ordered")),
                ("quantity", models.BigIntegerField(verbose_name="pieces waiting")),
                ("lead_days", models.PositiveSmallIntegerField(default=0, verbose_name="lead time in days")),
                ("cut_off", models.TimeField(blank=True, null=True, verbose_name="cut-off time")),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="wanted on")),
                ("ship_on", models.DateField(blank=True, null=True, verbose_name="ships on")),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="promised on")),
                ("first_promised_on", models.DateField(blank=True, null=True, verbose_name="first promised on")),
                (
                    "keep_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long filled stock is reserved; blank is for good.",
                        null=True,
                        verbose_name="days kept",
                    ),
                ),
                ("placed_at", models.DateTimeField(verbose_name="placed at")),
                ("filled_at", models.DateTimeField(blank=True, null=True, verbose_name="filled at")),
                (
                    "is_displaced",
                    models.BooleanField(
                        default=False,
                        help_text="These pieces were reserved, but they are not in stock.",
                        verbose_name="displaced",
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.workingcalendar",
                        verbose_name="working calendar",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
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
                    "warehouse",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "back order",
                "verbose_name_plural": "back orders",
                "ordering": [models.OrderBy(models.F("ship_on"), nulls_last=True), "placed_at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="lot",
            index=models.Index(fields=["expires_on"], name="lot_expiring"),
        ),
        migrations.AddIndex(
            model_name="lot",
            index=models.Index(fields=["normal"], name="lot_by_code"),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["free", "frozen", "recalled"])), name="lot_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.UniqueConstraint(
                models.F("product"),
                core.codes.NormalCode("code"),
                name="lot_once",
                violation_error_message="The product already has this lot.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("produced_on__isnull", True),
                    ("expires_on__isnull", True),
                    ("expires_on__gte", models.F("produced_on")),
                    _connector="OR",
                ),
                name="lot_expires_after_production",
                violation_error_message="A lot cannot expire before it was produced.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("normal", ""), _negated=True),
                    models.Q(
                        ("code", ""), ("expires_on__isnull", True), ("produced_on__isnull", True), ("status", "free")
                    ),
                    _connector="OR",
                ),
                name="lot_unnamed_is_free",
                violation_error_message="Enter the lot's code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "free"),
                    models.Q(models.Q(("status_reason", ""), _negated=True), ("status_at__isnull", False)),
                    _connector="OR",
                ),
                name="lot_frozen_has_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lot",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="2358574dff250a65423380549783636e689167a4",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_0037d",
                    table="inventory_lot",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="lotbinding",
            constraint=models.UniqueConstraint(fields=("reservation", "lot"), name="lot_binding_once"),
        ),
        migrations.AddConstraint(
            model_name="lotbinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lost__gte", 0), ("pieces__gte", 0), models.Q(("lost", 0), ("pieces", 0), _negated=True)
                ),
                name="lot_binding_has_pieces",
            ),
        ),
        migrations.AddConstraint(
            model_name="warehouse",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="warehouse_code_once"),
        ),
        migrations.AddConstraint(
            model_name="warehouse",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["sale", "transit", "returns", "blocked"])), name="warehouse_kind_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="warehouse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("distributor",),
                name="warehouse_one_default",
                violation_error_message="This distributor already has a default warehouse.",
            ),
        ),
        migrations.AddConstraint(
            model_name="warehouse",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_default", False), ("distributor__isnull", False), _connector="OR"),
                name="warehouse_default_of_distributor",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="warehouse",
            trigger=pgtrigger.compiler.Trigger(
                name="owner_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF OLD.distributor_id IS DISTINCT FROM NEW.distributor_id THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'warehouse_owner_stays',\n        MESSAGE = 'whose a warehouse is stays for good';\nEND IF;\nRETURN NEW;\n",
                    hash="59f239fab4d7bbd2a98184dd6d95f578bb4a0178",
                    operation="UPDATE",
                    pgid="pgtrigger_owner_stays_38caa",
                    table="inventory_warehouse",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="warehouse",
            trigger=pgtrigger.compiler.Trigger(
                name="first_is_default",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nNEW.is_default := NEW.distributor_id IS NOT NULL AND (NEW.is_default OR NOT EXISTS (\n    SELECT 1 FROM inventory_warehouse WHERE distributor_id = NEW.distributor_id AND is_default\n));\nRETURN NEW;\n",
                    hash="c30b35d8d38aa910e307a386dbb4b9ca0e673314",
                    operation="INSERT",
                    pgid="pgtrigger_first_is_default_8eb28",
                    table="inventory_warehouse",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="supplyroute",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="supply_route_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplyroute",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("distributor_id"),
                            models.F("distributor_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("priority"),
                            models.F("priority"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="supply_route_priority_once",
                violation_error_message="Another route of this distributor has this priority on some of these days.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplyroute",
            trigger=pgtrigger.compiler.Trigger(
                name="not_itself",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (SELECT 1 FROM inventory_warehouse WHERE id = NEW.warehouse_id AND distributor_id = NEW.distributor_id) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'supply_route_not_itself',\n        MESSAGE = 'a distributor does not supply itself';\nEND IF;\nRETURN NEW;\n",
                    hash="b18a62f3b7d8e4d329afb4c8685ac1cc7214a5ff",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_not_itself_a891a",
                    table="inventory_supplyroute",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="stockmove",
            index=models.Index(fields=["warehouse", "product", "-at"], include=("quantity",), name="stock_move_of"),
        ),
        migrations.AddConstraint(
            model_name="stockmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "receipt",
                            "adjustment",
                            "shipment",
                            "return",
                            "opening",
                            "count",
                            "transfer",
                            "difference",
                            "scrap",
                        ],
                    )
                ),
                name="stock_move_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", 0), _negated=True), name="stock_move_not_zero"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stockmove",
            trigger=pgtrigger.compiler.Trigger(
                name="lots_follow",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (\n    SELECT FROM made JOIN catalogue_product AS product ON product.id = made.product_id WHERE product.tracks_lots\n) THEN\n    RETURN NULL;\nEND IF;\nINSERT INTO inventory_lot (product_id, code, status, status_reason, version)\nSELECT DISTINCT made.product_id, '', 'free', '', 1\nFROM made JOIN catalogue_product AS product ON product.id = made.product_id AND product.tracks_lots\nWHERE made.lot_id IS NULL AND made.quantity > 0\n  AND NOT EXISTS (SELECT FROM inventory_lot AS known WHERE known.product_id = made.product_id AND known.code = '')\nON CONFLICT DO NOTHING;\nINSERT INTO inventory_lotmove (move_id, warehouse_id, product_id, lot_id, quantity, at, actor_id)\nSELECT made.id, made.warehouse_id, made.product_id, COALESCE(made.lot_id, unnamed.id), made.quantity, made.at, made.actor_id\nFROM made\nJOIN catalogue_product AS product ON product.id = made.product_id AND product.tracks_lots\nLEFT JOIN inventory_lot AS unnamed ON unnamed.product_id = made.product_id AND unnamed.code = ''\nWHERE made.lot_id IS NOT NULL OR made.quantity > 0\nORDER BY made.id;\nINSERT INTO inventory_lotmove (move_id, warehouse_id, product_id, lot_id, quantity, at, actor_id)\nWITH asked AS MATERIALIZED (\n    SELECT made.id, made.warehouse_id, made.product_id, made.at, made.actor_id, -made.quantity AS pieces,\n           SUM(-made.quantity) OVER (PARTITION BY made.warehouse_id, made.product_id ORDER BY made.id) AS until\n    FROM made JOIN catalogue_product AS product ON product.id = made.product_id AND product.tracks_lots\n    WHERE made.lot_id IS NULL AND made.quantity < 0\n), there AS MATERIALIZED (\n    SELECT stock.warehouse_id, stock.product_id, lot.id AS lot_id, free.pieces,\n           SUM(free.pieces) OVER (\n               PARTITION BY stock.warehouse_id, stock.product_id ORDER BY lot.status <> 'free', lot.expires_on NULLS LAST, lot.produced_on NULLS LAST, lot.id\n           ) AS until\n    FROM (SELECT DISTINCT warehouse_id, product_id FROM asked) AS place\n    JOIN inventory_lotstock AS stock\n        ON stock.warehouse_id = place.warehouse_id AND stock.product_id = place.product_id\n    JOIN inventory_lot AS lot ON lot.id = stock.lot_id\n    CROSS JOIN LATERAL (SELECT stock.on_hand - stock.bound - stock.blocked AS pieces) AS free\n    WHERE free.pieces > 0\n)\nSELECT asked.id, asked.warehouse_id, asked.product_id, there.lot_id,\n       GREATEST(asked.until - asked.pieces, there.until - there.pieces) - LEAST(asked.until, there.until),\n       asked.at, asked.actor_id\nFROM asked\nJOIN there ON there.warehouse_id = asked.warehouse_id AND there.product_id = asked.product_id\n    AND there.until > asked.until - asked.pieces AND there.until - there.pieces < asked.until\nORDER BY asked.id, there.until;\nRETURN NULL;\n",
                    hash="88671f815edf610efadee3e0f49d39a2c673cf53",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_lots_follow_5248f",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="inventory_stockmove",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stockmove",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5e00c0009ddbc28f03f3bd8993779dbf81ce6e73",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4eef3",
                    table="inventory_stockmove",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="stockblock",
            index=models.Index(fields=["-blocked_at", "-id"], name="stock_block_newest"),
        ),
        migrations.AddIndex(
            model_name="stockblock",
            index=models.Index(
                condition=models.Q(("status", "blocked")), fields=["warehouse", "product"], name="stock_block_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="stockblock_number_once"),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="stockblock_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["blocked", "overdue", "closed"])), name="stock_block_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["quality", "customs", "recall", "damage", "other"])),
                name="stock_block_reason_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_freeze", False), ("lot__isnull", False), _connector="OR"),
                name="stock_block_of_lot",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("by_freeze", True), ("status", "blocked")),
                fields=("warehouse", "lot"),
                name="stock_block_one_freeze",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__gte", 1),
                    ("released__gte", 0),
                    ("scrapped__gte", 0),
                    (
                        "quantity__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("released"), "+", models.F("scrapped")
                        ),
                    ),
                ),
                name="stock_block_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "quantity__gt",
                            django.db.models.expressions.CombinedExpression(
                                models.F("released"), "+", models.F("scrapped")
                            ),
                        ),
                        ("status", "blocked"),
                    ),
                    models.Q(
                        (
                            "quantity",
                            django.db.models.expressions.CombinedExpression(
                                models.F("released"), "+", models.F("scrapped")
                            ),
                        ),
                        ("status", "closed"),
                    ),
                    _connector="OR",
                ),
                name="stock_block_open_has_rest",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stockblock",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="b1d0aa9714d6169b01e94207369abd9e3beaed99",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_b71fc",
                    table="inventory_stockblock",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.UniqueConstraint(fields=("warehouse", "product"), name="stock_once"),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=models.Q(("reserved__gte", 0), ("reserved__lte", models.F("on_hand"))),
                name="stock_reserved_within_on_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=models.Q(("blocked__gte", 0), ("blocked__lte", models.F("reserved"))),
                name="stock_blocked_within_reserved",
            ),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=models.Q(("waiting__gte", 0)), name="stock_waiting_not_negative"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stock",
            trigger=pgtrigger.compiler.Trigger(
                name="back_orders_first",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.waiting > 0 AND NEW.on_hand > NEW.reserved)",
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (\n    SELECT FROM inventory_stock AS stock\n    JOIN inventory_backorder AS waiting ON waiting.warehouse_id = stock.warehouse_id\n        AND waiting.product_id = stock.product_id AND waiting.quantity > 0\n    WHERE stock.id = NEW.id AND stock.on_hand > stock.reserved AND (\n        SELECT SUM(earlier.quantity) FROM inventory_backorder AS earlier\n        WHERE earlier.warehouse_id = stock.warehouse_id AND earlier.product_id = stock.product_id\n          AND earlier.quantity > 0 AND (waiting.ship_on IS NULL OR earlier.ship_on <= waiting.ship_on)\n    ) > (\n        SELECT COALESCE(SUM(coming.quantity - coming.received), 0) FROM inventory_expectedreceipt AS coming\n        WHERE coming.warehouse_id = stock.warehouse_id AND coming.product_id = stock.product_id\n          AND coming.status = 'open' AND (waiting.ship_on IS NULL OR coming.expected_on < waiting.ship_on)\n    )\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_back_orders_first',\n        MESSAGE = 'stock_back_orders_first: pieces that no receipt brings in time belong to those who wait';\nEND IF;\nRETURN NULL;\n",
                    hash="62ec0b0e7c1da45c478d5b99674f92516c0043e8",
                    operation="UPDATE",
                    pgid="pgtrigger_back_orders_first_4f7a4",
                    table="inventory_stock",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stock",
            trigger=pgtrigger.compiler.Trigger(
                name="lots_add_up_at_first",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.on_hand <> 0)",
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (SELECT FROM catalogue_product WHERE id = NEW.product_id AND tracks_lots) AND (\n    SELECT COALESCE(SUM(on_hand), 0) FROM inventory_lotstock\n    WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n) IS DISTINCT FROM COALESCE((\n    SELECT on_hand FROM inventory_stock WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n), 0) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lots_add_up',\n        MESSAGE = 'lots_add_up: the stock of the lots of a product is its stock, in every warehouse';\nEND IF;\nRETURN NULL;\n",
                    hash="a7516b47674e68af17c06fb64d6b9621dfd6b000",
                    operation="INSERT",
                    pgid="pgtrigger_lots_add_up_at_first_52096",
                    table="inventory_stock",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stock",
            trigger=pgtrigger.compiler.Trigger(
                name="lots_add_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.on_hand <> OLD.on_hand)",
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (SELECT FROM catalogue_product WHERE id = NEW.product_id AND tracks_lots) AND (\n    SELECT COALESCE(SUM(on_hand), 0) FROM inventory_lotstock\n    WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n) IS DISTINCT FROM COALESCE((\n    SELECT on_hand FROM inventory_stock WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n), 0) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lots_add_up',\n        MESSAGE = 'lots_add_up: the stock of the lots of a product is its stock, in every warehouse';\nEND IF;\nRETURN NULL;\n",
                    hash="8b5502d3fa740b2e05f1876af3903fd1d048b063",
                    operation="UPDATE",
                    pgid="pgtrigger_lots_add_up_fc695",
                    table="inventory_stock",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False), ("quantity__gt", 0)),
                fields=["expires_at"],
                name="reservation_expiring",
            ),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(
                condition=models.Q(("quantity__gt", 0)), fields=["warehouse", "product"], name="reservation_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="reservation_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("bound__gte", 0), ("bound__lte", models.F("quantity"))),
                name="reservation_bound_within_reserved",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.UniqueConstraint(
                fields=("source_type", "source_id", "source_line_id", "warehouse"), name="reservation_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reservation",
            trigger=pgtrigger.compiler.Trigger(
                name="cut_bindings",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.bound > NEW.quantity)",
                    func="\nWITH kept AS MATERIALIZED (\n    SELECT binding.id, binding.lot_id, binding.pieces, binding.lost, GREATEST(0, LEAST(\n        binding.pieces, NEW.quantity - SUM(binding.pieces) OVER (ORDER BY lot.expires_on NULLS LAST, lot.produced_on NULLS LAST, lot.id) + binding.pieces\n    ))::bigint AS left_pieces\n    FROM inventory_lotbinding AS binding JOIN inventory_lot AS lot ON lot.id = binding.lot_id\n    WHERE binding.reservation_id = NEW.id\n), freed AS (\n    UPDATE inventory_lotstock AS stock SET bound = stock.bound - kept.pieces + kept.left_pieces\n    FROM kept\n    WHERE stock.warehouse_id = NEW.warehouse_id AND stock.lot_id = kept.lot_id AND kept.pieces > kept.left_pieces\n), lowered AS (\n    UPDATE inventory_lotbinding AS binding SET pieces = kept.left_pieces\n    FROM kept WHERE binding.id = kept.id AND kept.pieces > kept.left_pieces AND kept.left_pieces + kept.lost > 0\n)\nDELETE FROM inventory_lotbinding AS binding\nUSING kept WHERE binding.id = kept.id AND kept.left_pieces + kept.lost = 0;\nNEW.bound := NEW.quantity;\nRETURN NEW;\n",
                    hash="0f5507d8eccc537e7bae7b39a8ec57eec60d8245",
                    operation="UPDATE",
                    pgid="pgtrigger_cut_bindings_bec0f",
                    table="inventory_reservation",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="lotstock",
            index=models.Index(fields=["warehouse", "product"], name="lot_stock_of_product"),
        ),
        migrations.AddConstraint(
            model_name="lotstock",
            constraint=models.UniqueConstraint(fields=("warehouse", "lot"), name="lot_stock_once"),
        ),
        migrations.AddConstraint(
            model_name="lotstock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("blocked__gte", 0),
                    ("bound__gte", 0),
                    (
                        "on_hand__gte",
                        django.db.models.expressions.CombinedExpression(models.F("bound"), "+", models.F("blocked")),
                    ),
                ),
                name="lot_stock_covers",
                violation_error_message="There are not so many free pieces of this lot.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lotstock",
            trigger=pgtrigger.compiler.Trigger(
                name="lots_add_up_at_first",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.on_hand <> 0)",
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (SELECT FROM catalogue_product WHERE id = NEW.product_id AND tracks_lots) AND (\n    SELECT COALESCE(SUM(on_hand), 0) FROM inventory_lotstock\n    WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n) IS DISTINCT FROM COALESCE((\n    SELECT on_hand FROM inventory_stock WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n), 0) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lots_add_up',\n        MESSAGE = 'lots_add_up: the stock of the lots of a product is its stock, in every warehouse';\nEND IF;\nRETURN NULL;\n",
                    hash="f1a2eb46fb3bfe8f238e62906a0b0e1790392c54",
                    operation="INSERT",
                    pgid="pgtrigger_lots_add_up_at_first_52826",
                    table="inventory_lotstock",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lotstock",
            trigger=pgtrigger.compiler.Trigger(
                name="lots_add_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.on_hand <> OLD.on_hand)",
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (SELECT FROM catalogue_product WHERE id = NEW.product_id AND tracks_lots) AND (\n    SELECT COALESCE(SUM(on_hand), 0) FROM inventory_lotstock\n    WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n) IS DISTINCT FROM COALESCE((\n    SELECT on_hand FROM inventory_stock WHERE warehouse_id = NEW.warehouse_id AND product_id = NEW.product_id\n), 0) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lots_add_up',\n        MESSAGE = 'lots_add_up: the stock of the lots of a product is its stock, in every warehouse';\nEND IF;\nRETURN NULL;\n",
                    hash="48f6af8423b39e0fdfc33f2fff52dd3488c080b1",
                    operation="UPDATE",
                    pgid="pgtrigger_lots_add_up_7f5bf",
                    table="inventory_lotstock",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="lotmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", 0), _negated=True), name="lot_move_not_zero"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lotmove",
            trigger=pgtrigger.compiler.Trigger(
                name="lot_stock_follows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nINSERT INTO inventory_lotstock (warehouse_id, product_id, lot_id, on_hand, bound, blocked)\nSELECT DISTINCT made.warehouse_id, made.product_id, made.lot_id, 0, 0, 0 FROM made\nON CONFLICT (warehouse_id, lot_id) DO NOTHING;\nUPDATE inventory_lotstock AS stock SET on_hand = stock.on_hand + added.quantity\nFROM (SELECT warehouse_id, lot_id, SUM(quantity)::bigint AS quantity FROM made GROUP BY warehouse_id, lot_id) AS added\nWHERE stock.warehouse_id = added.warehouse_id AND stock.lot_id = added.lot_id;\nRETURN NULL;\n",
                    hash="76f3cdf8a5dcb301157e39ee350fffb9c3f02e32",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_lot_stock_follows_01302",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="inventory_lotmove",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lotmove",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d0fd80dd75474b8aa4a5c7dcaee1eaa634f2e3ab",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_39de2",
                    table="inventory_lotmove",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="expectedreceipt",
            index=models.Index(
                condition=models.Q(("status", "open")), fields=["warehouse", "product"], name="expected_receipt_open"
            ),
        ),
        migrations.AddIndex(
            model_name="expectedreceipt",
            index=models.Index(fields=["expected_on", "id"], name="expected_receipt_by_day"),
        ),
        migrations.AddConstraint(
            model_name="expectedreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "overdue", "received", "cancelled"])),
                name="expected_receipt_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="expectedreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)),
                name="expected_receipt_quantity",
                violation_error_message="Enter a quantity above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="expectedreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "open"), _negated=True), ("received__lt", models.F("quantity")), _connector="OR"
                ),
                name="expected_receipt_open_has_rest",
            ),
        ),
        migrations.AddConstraint(
            model_name="expectedreceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source_id__isnull", True), ("source_line_id__isnull", True), ("source_type", "")),
                    models.Q(
                        models.Q(("source_type", ""), _negated=True),
                        ("source_id__isnull", False),
                        ("source_line_id__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="expected_receipt_source_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="expectedreceipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("source_id__isnull", False)),
                fields=("source_type", "source_id", "source_line_id"),
                name="expected_receipt_once_a_line",
            ),
        ),
        migrations.AddIndex(
            model_name="backorder",
            index=models.Index(
                condition=models.Q(("quantity__gt", 0)), fields=["warehouse", "product"], name="back_order_open"
            ),
        ),
        migrations.AddIndex(
            model_name="backorder",
            index=models.Index(fields=["source_type", "source_id"], name="back_order_of_document"),
        ),
        migrations.AddConstraint(
            model_name="backorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0), ("quantity__lte", models.F("ordered"))),
                name="back_order_quantity",
            ),
        ),
        migrations.AddConstraint(
            model_name="backorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("promised_on__isnull", True), ("ship_on__isnull", True)),
                    models.Q(
                        ("first_promised_on__isnull", False), ("promised_on__isnull", False), ("ship_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="back_order_days",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE inventory_stock SET (fillfactor = 50)",
            "ALTER TABLE inventory_stock RESET (fillfactor)",
        ),
    ]
