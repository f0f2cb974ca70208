import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("inventory", "0001_initial"),
        ("pricing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Carrier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("manual", "Tracked by hand"), ("http", "Tracked by HTTP")],
                        default="manual",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("base_url", models.URLField(blank=True, verbose_name="address of its service")),
                (
                    "secret_name",
                    models.CharField(blank=True, max_length=64, verbose_name="environment variable with the secret"),
                ),
                (
                    "tracking_url",
                    models.CharField(blank=True, max_length=300, verbose_name="tracking page, with {number}"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "carrier",
                "verbose_name_plural": "carriers",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["manual", "http"])), name="carrier_kind_legal"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=32, unique=True, verbose_name="order number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Ordered"),
                            ("on_hold", "On hold"),
                            ("approved", "Approved"),
                            ("picking", "Picking"),
                            ("partly_shipped", "Shipped in part"),
                            ("shipped", "Shipped"),
                            ("delivered", "Delivered"),
                            ("received", "Received"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                (
                    "lateness",
                    models.CharField(
                        choices=[("on_time", "On time"), ("soon_late", "Soon late"), ("late", "Late")],
                        default="on_time",
                        max_length=16,
                        verbose_name="lateness",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "Page"), ("api", "API"), ("import", "Import")],
                        default="page",
                        max_length=16,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "purchase_order_number",
                    models.CharField(blank=True, max_length=64, verbose_name="purchase order number"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("hold_reason", models.CharField(blank=True, max_length=300, verbose_name="reason for the hold")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the cancellation"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "exchange_rate",
                    models.DecimalField(
                        decimal_places=8, default=Decimal("1"), max_digits=18, verbose_name="exchange rate"
                    ),
                ),
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
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="total"),
                ),
                (
                    "cost_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="cost"),
                ),
                ("line_count", models.PositiveIntegerField(default=0, verbose_name="lines")),
                ("unit_count", models.BigIntegerField(default=0, verbose_name="units")),
                ("ordered_at", models.DateTimeField(verbose_name="ordered at")),
                ("ordered_on", models.DateField(verbose_name="ordered on")),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="promised on")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                ("shipped_at", models.DateTimeField(blank=True, null=True, verbose_name="shipped at")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
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
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
                "ordering": ["-ordered_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="line")),
                ("ordered", models.PositiveIntegerField(verbose_name="ordered")),
                ("cancelled", models.PositiveIntegerField(default=0, verbose_name="cancelled")),
                ("shipped", models.PositiveIntegerField(default=0, verbose_name="shipped")),
                ("received", models.PositiveIntegerField(default=0, verbose_name="received")),
                ("unit_price", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="unit price")),
                ("gross_amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="gross")),
                (
                    "discount_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="discount"),
                ),
                ("net_amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="net")),
                (
                    "cost_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="cost"),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
                (
                    "price",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="pricing.price",
                        verbose_name="from this price",
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
                    "promotion",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pricing.promotion",
                        verbose_name="promotion",
                    ),
                ),
            ],
            options={
                "verbose_name": "order line",
                "verbose_name_plural": "order lines",
                "ordering": ["order", "position"],
            },
        ),
        migrations.CreateModel(
            name="ReturnedGoods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=32, verbose_name="return number")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="credited amount"
                    ),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("returned_on", models.DateField(verbose_name="returned on")),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="orders.order",
                        verbose_name="order",
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
                "verbose_name": "returned goods",
                "verbose_name_plural": "returned goods",
                "ordering": ["-returned_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=32, unique=True, verbose_name="shipment number")),
                (
                    "tracking_number",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="tracking number"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("shipped", "On its way"), ("delivered", "Delivered"), ("received", "Received")],
                        default="shipped",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("shipped_at", models.DateTimeField(verbose_name="shipped at")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="expected on")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("polled_at", models.DateTimeField(blank=True, null=True, verbose_name="last asked the carrier at")),
                (
                    "carrier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="orders.carrier",
                        verbose_name="carrier",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipments",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "shipment",
                "verbose_name_plural": "shipments",
                "ordering": ["shipped_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ShipmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("received", models.PositiveIntegerField(blank=True, null=True, verbose_name="received")),
                (
                    "difference_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the difference"),
                ),
                (
                    "order_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shipment_lines",
                        to="orders.orderline",
                        verbose_name="order line",
                    ),
                ),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.shipment",
                        verbose_name="shipment",
                    ),
                ),
            ],
            options={
                "verbose_name": "shipment line",
                "verbose_name_plural": "shipment lines",
                "ordering": ["shipment", "id"],
            },
        ),
        migrations.CreateModel(
            name="TrackingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(max_length=128, verbose_name="carrier's number")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("collected", "Collected"),
                            ("in_transit", "In transit"),
                            ("out_for_delivery", "Out for delivery"),
                            ("delivered", "Delivered"),
                            ("exception", "Exception"),
                        ],
                        max_length=32,
                        verbose_name="code",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                ("location", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracking",
                        to="orders.shipment",
                        verbose_name="shipment",
                    ),
                ),
            ],
            options={
                "verbose_name": "tracking event",
                "verbose_name_plural": "tracking events",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["-ordered_at", "-id"], name="order_newest"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["distributor", "-ordered_at", "-id"], name="order_of_distributor"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["status", "-ordered_at", "-id"], name="order_of_status"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["manager", "-ordered_at", "-id"], name="order_of_manager"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("lateness", "on_time"), _negated=True),
                fields=["lateness", "-ordered_at", "-id"],
                name="order_not_on_time",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("purchase_order_number", ""), _negated=True),
                fields=["purchase_order_number"],
                name="order_purchase_order_prefix",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ["submitted", "on_hold", "approved", "picking", "partly_shipped", "shipped"])
                ),
                fields=["promised_on"],
                name="order_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "submitted",
                            "on_hold",
                            "approved",
                            "picking",
                            "partly_shipped",
                            "shipped",
                            "delivered",
                            "received",
                            "cancelled",
                        ],
                    )
                ),
                name="order_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("lateness__in", ["on_time", "soon_late", "late"])), name="order_lateness_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["page", "api", "import"])), name="order_source_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "net_amount",
                        django.db.models.expressions.CombinedExpression(
                            models.F("gross_amount"), "-", models.F("discount_amount")
                        ),
                    ),
                    models.Q(
                        (
                            "net_amount__gte",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross_amount"), "-", models.F("discount_amount")
                                ),
                                "-",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("line_count"), "*", models.Value(Decimal("0.0001"))
                                ),
                            ),
                        ),
                        (
                            "net_amount__lte",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross_amount"), "-", models.F("discount_amount")
                                ),
                                "+",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("line_count"), "*", models.Value(Decimal("0.0001"))
                                ),
                            ),
                        ),
                        ("source", "import"),
                    ),
                    _connector="OR",
                ),
                name="order_net_is_gross_less_discount",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("purchase_order_number", ""), _negated=True),
                    models.Q(("status", "cancelled"), _negated=True),
                    models.Q(("source", "import"), _negated=True),
                ),
                fields=("distributor", "purchase_order_number"),
                name="order_purchase_order_number_once",
                violation_error_message="Another order carries this purchase order number already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.UniqueConstraint(fields=("order", "position"), name="order_line_position_once"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordered__gte", 1)), name="order_line_ordered_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received__lte", models.F("shipped")),
                    (
                        "shipped__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("ordered"), "-", models.F("cancelled")
                        ),
                    ),
                ),
                name="order_line_quantities",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "net_amount__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("gross_amount"), "-", models.F("discount_amount")
                            ),
                            "-",
                            models.Value(Decimal("0.0001")),
                        ),
                    ),
                    (
                        "net_amount__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("gross_amount"), "-", models.F("discount_amount")
                            ),
                            "+",
                            models.Value(Decimal("0.0001")),
                        ),
                    ),
                ),
                name="order_line_net",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedgoods",
            constraint=models.UniqueConstraint(fields=("number", "product"), name="returned_goods_once"),
        ),
        migrations.AddConstraint(
            model_name="returnedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="returned_goods_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="returned_goods_amount_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(
                condition=models.Q(("status", "shipped")), fields=["polled_at"], name="shipment_to_track"
            ),
        ),
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["shipped", "delivered", "received"])), name="shipment_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentline",
            constraint=models.UniqueConstraint(fields=("shipment", "order_line"), name="shipment_line_once"),
        ),
        migrations.AddConstraint(
            model_name="shipmentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="shipment_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received__isnull", True), ("received__lte", models.F("quantity")), _connector="OR"
                ),
                name="shipment_line_received",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackingevent",
            constraint=models.UniqueConstraint(fields=("shipment", "external_id"), name="tracking_event_once"),
        ),
        migrations.AddConstraint(
            model_name="trackingevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("code__in", ["collected", "in_transit", "out_for_delivery", "delivered", "exception"])
                ),
                name="tracking_event_code_legal",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trackingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="13ecfcb7da764806b2fe6ea04d0c7e0d631d414c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5466b",
                    table="orders_trackingevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE order_number_seq START 100001",
            "DROP SEQUENCE order_number_seq",
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE shipment_number_seq START 100001",
            "DROP SEQUENCE shipment_number_seq",
        ),
    ]
