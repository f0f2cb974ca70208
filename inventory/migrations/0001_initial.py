import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Warehouse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
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
        migrations.CreateModel(
            name="SupplyRoute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lead_days", models.PositiveSmallIntegerField(default=7, verbose_name="lead time in days")),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="1 is the highest priority.", verbose_name="priority"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                "indexes": [models.Index(fields=["warehouse", "product", "-at"], name="stock_move_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["receipt", "adjustment", "shipment", "return", "opening", "count"])
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
            name="Stock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_hand", models.BigIntegerField(default=0, verbose_name="on hand")),
                ("reserved", models.BigIntegerField(default=0, verbose_name="reserved")),
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
        migrations.RunSQL(
            "ALTER TABLE inventory_stock SET (fillfactor = 50)",
            "ALTER TABLE inventory_stock RESET (fillfactor)",
        ),
    ]
