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
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("company", "0001_initial"),
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
            ],
            options={
                "verbose_name": "transfer",
                "verbose_name_plural": "transfers",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="transfer_newest"),
                    models.Index(fields=["status", "expected_on"], name="transfer_by_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "company"), name="transfer_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="transfer_number_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "sent", "partly_received", "received", "cancelled"])
                        ),
                        name="transfer_status_legal",
                    ),
                ],
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
                        to="inventory.transfer",
                        verbose_name="transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a transfer",
                "verbose_name_plural": "lines of transfers",
                "ordering": ["transfer", "id"],
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
                        name="transferline_pieces_of_units",
                    ),
                    models.UniqueConstraint(fields=("transfer", "product", "unit"), name="transfer_line_once"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lost", 0), ("surplus", 0)),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="transfer_line_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Warehouse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["sale", "transit", "returns", "blocked"])),
                        name="warehouse_kind_legal",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("distributor",),
                        name="warehouse_one_default",
                        violation_error_message="This distributor already has a default warehouse.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_default", False), ("distributor__isnull", False), _connector="OR"),
                        name="warehouse_default_of_distributor",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="transfer",
            name="destination",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.warehouse",
                verbose_name="to warehouse",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.warehouse",
                verbose_name="from warehouse",
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
        migrations.AddField(
            model_name="transfer",
            name="transit",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.warehouse",
                verbose_name="in-transit warehouse",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="supply_route_dates",
                        violation_error_message="The end date must not be before the start date.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
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
                ],
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
                "indexes": [
                    models.Index(fields=["warehouse", "product", "-at"], include=("quantity",), name="stock_move_of")
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("quantity", 0), _negated=True), name="stock_move_not_zero"
                    ),
                ],
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
                "indexes": [
                    models.Index(fields=["-blocked_at", "-id"], name="stock_block_newest"),
                    models.Index(
                        condition=models.Q(("status", "blocked")),
                        fields=["warehouse", "product"],
                        name="stock_block_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "company"), name="stockblock_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="stockblock_number_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["blocked", "overdue", "closed"])),
                        name="stock_block_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["quality", "customs", "recall", "damage", "other"])),
                        name="stock_block_reason_legal",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("warehouse", "product"), name="stock_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reserved__gte", 0), ("reserved__lte", models.F("on_hand"))),
                        name="stock_reserved_within_on_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blocked__gte", 0), ("blocked__lte", models.F("reserved"))),
                        name="stock_blocked_within_reserved",
                    ),
                    models.CheckConstraint(condition=models.Q(("waiting__gte", 0)), name="stock_waiting_not_negative"),
                ],
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
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("expires_at__isnull", False), ("quantity__gt", 0)),
                        fields=["expires_at"],
                        name="reservation_expiring",
                    ),
                    models.Index(
                        condition=models.Q(("quantity__gt", 0)),
                        fields=["warehouse", "product"],
                        name="reservation_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity__gte", 0)), name="reservation_not_negative"),
                    models.UniqueConstraint(
                        fields=("source_type", "source_id", "source_line_id", "warehouse"), name="reservation_once"
                    ),
                ],
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
                    "transfer_line",
                    models.OneToOneField(
                        blank=True,
                        help_text="Goods on their way from another warehouse are changed and received on the transfer's page.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expected_receipt",
                        to="inventory.transferline",
                        verbose_name="line of the transfer",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["warehouse", "product"],
                        name="expected_receipt_open",
                    ),
                    models.Index(fields=["expected_on", "id"], name="expected_receipt_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "overdue", "received", "cancelled"])),
                        name="expected_receipt_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)),
                        name="expected_receipt_quantity",
                        violation_error_message="Enter a quantity above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "open"), _negated=True),
                            ("received__lt", models.F("quantity")),
                            _connector="OR",
                        ),
                        name="expected_receipt_open_has_rest",
                    ),
                ],
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("quantity__gt", 0)), fields=["warehouse", "product"], name="back_order_open"
                    ),
                    models.Index(fields=["source_type", "source_id"], name="back_order_of_document"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0), ("quantity__lte", models.F("ordered"))),
                        name="back_order_quantity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("promised_on__isnull", True), ("ship_on__isnull", True)),
                            models.Q(
                                ("first_promised_on__isnull", False),
                                ("promised_on__isnull", False),
                                ("ship_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="back_order_days",
                    ),
                ],
            },
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
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="b1ac50b93ea48e9f7de7d5f9b01d15da7eeabcb2",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_9fc63",
                    table="inventory_transfer",
                    when="BEFORE",
                ),
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
        migrations.RunSQL(
            "ALTER TABLE inventory_stock SET (fillfactor = 50)",
            "ALTER TABLE inventory_stock RESET (fillfactor)",
        ),
    ]
