import catalogue.querysets
import company.iso_codes
import django.contrib.postgres.indexes
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
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("channel", "0001_initial"),
        ("company", "0001_initial"),
        ("inventory", "0001_initial"),
        ("pricing", "0001_initial"),
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
                        choices=[("manual", "Tracked manually"), ("http", "Tracked by HTTP")],
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
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "exchange_rate",
                    models.DecimalField(
                        blank=True, decimal_places=12, max_digits=24, null=True, verbose_name="exchange rate"
                    ),
                ),
                (
                    "net_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="net"),
                ),
                (
                    "tax_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="tax"),
                ),
                (
                    "total_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="total"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Awaiting approval"),
                            ("approved", "Awaiting picking"),
                            ("picking", "Awaiting shipment"),
                            ("partly_shipped", "Partly shipped"),
                            ("shipped", "In transit"),
                            ("delivered", "Awaiting receipt"),
                            ("received", "Completed"),
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
                        choices=[("on_time", "On time"), ("soon_late", "At risk"), ("late", "Late")],
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
                ("is_on_hold", models.BooleanField(default=False, verbose_name="on hold")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the cancellation"),
                ),
                ("bill_to", models.JSONField(blank=True, default=dict, verbose_name="bill to")),
                ("ship_to", models.JSONField(blank=True, default=dict, verbose_name="ship to")),
                ("payment_terms", models.CharField(blank=True, max_length=200, verbose_name="payment terms")),
                (
                    "gross_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="gross"),
                ),
                (
                    "discount_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="discount"),
                ),
                (
                    "rounding_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="rounding"),
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
                ("line_count", models.PositiveIntegerField(default=0, verbose_name="lines")),
                ("unit_count", models.BigIntegerField(default=0, verbose_name="units")),
                ("ordered_at", models.DateTimeField(verbose_name="ordered at")),
                ("ordered_on", models.DateField(verbose_name="ordered on")),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="wanted on")),
                ("promised_on", models.DateField(blank=True, null=True, verbose_name="promised on")),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                ("shipped_at", models.DateTimeField(blank=True, null=True, verbose_name="shipped at")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
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
                        verbose_name="created by",
                    ),
                ),
                (
                    "delivery_address",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channel.address",
                        verbose_name="delivery address",
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
                    "sales_period",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.businessperiod",
                        verbose_name="period of the sales",
                    ),
                ),
                (
                    "seller_company",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.company",
                        verbose_name="seller",
                    ),
                ),
                (
                    "seller_distributor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sales",
                        to="accounts.distributor",
                        verbose_name="selling distributor",
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
                "abstract": False,
                "indexes": [
                    models.Index(fields=["-ordered_at", "-id"], name="order_newest"),
                    models.Index(fields=["number"], name="order_number_prefix", opclasses=["varchar_pattern_ops"]),
                    models.Index(fields=["distributor", "-ordered_at", "-id"], name="order_of_distributor"),
                    models.Index(fields=["status", "-ordered_at", "-id"], name="order_of_status"),
                    models.Index(fields=["manager", "-ordered_at", "-id"], name="order_of_manager"),
                    models.Index(
                        condition=models.Q(("lateness", "on_time"), _negated=True),
                        fields=["lateness", "-ordered_at", "-id"],
                        name="order_not_on_time",
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            catalogue.querysets.NormalCode("purchase_order_number"), name="text_pattern_ops"
                        ),
                        condition=models.Q(("purchase_order_number", ""), _negated=True),
                        name="order_purchase_order_prefix",
                    ),
                    models.Index(
                        condition=models.Q(("is_on_hold", True)), fields=["-ordered_at", "-id"], name="order_on_hold"
                    ),
                    models.Index(fields=["promised_on", "id"], name="order_by_promised_day"),
                    models.Index(fields=["net_amount", "id"], name="order_by_amount"),
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["submitted", "approved", "picking", "partly_shipped", "shipped"])
                        ),
                        fields=["promised_on"],
                        name="order_promised",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "company"), name="order_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="order_number_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="order_currency_iso",
                        violation_error_message="A currency is three capital letters.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exchange_rate__gt", 0)), name="order_exchange_rate_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_amount",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("net_amount"), "+", models.F("tax_amount")
                                ),
                            )
                        ),
                        name="order_total_is_net_and_tax",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
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
                    models.CheckConstraint(
                        condition=models.Q(("lateness__in", ["on_time", "soon_late", "late"])),
                        name="order_lateness_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["page", "api", "import"])), name="order_source_legal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net_amount",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("gross_amount"), "-", models.F("discount_amount")
                                    ),
                                    "+",
                                    models.F("rounding_amount"),
                                ),
                            )
                        ),
                        name="order_net_is_gross_less_discount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seller_company__isnull", False), ("seller_distributor__isnull", True)),
                            models.Q(("seller_company__isnull", True), ("seller_distributor__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_one_seller",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("status", "draft")),
                            ("status", "cancelled"),
                            models.Q(models.Q(("status", "draft"), _negated=True), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="order_number_when_placed",
                    ),
                    models.UniqueConstraint(
                        models.F("distributor"),
                        catalogue.querysets.NormalCode("purchase_order_number"),
                        condition=models.Q(
                            models.Q(("purchase_order_number", ""), _negated=True),
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(("source", "import"), _negated=True),
                        ),
                        name="order_purchase_order_number_once",
                        violation_error_message="Another order already has this purchase order number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("manual", "Put on hold manually"),
                            ("reservation", "Reservation expired"),
                            ("territory", "Delivery address outside the territory"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=64, verbose_name="code")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                ("placed_at", models.DateTimeField(verbose_name="placed at")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted at")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="amount"),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holds",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="placed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "hold of an order",
                "verbose_name_plural": "holds of orders",
                "ordering": ["order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["manual", "reservation", "territory"])),
                        name="order_hold_kind_legal",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("order", "kind"),
                        name="order_hold_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifted_by__isnull", True), ("lifted_at__isnull", False), _connector="OR"),
                        name="order_hold_lifted_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="line")),
                ("unit", models.CharField(blank=True, max_length=16, verbose_name="unit")),
                ("units", models.PositiveIntegerField(verbose_name="units")),
                ("pieces_per_unit", models.PositiveIntegerField(default=1, verbose_name="pieces per unit")),
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
                (
                    "rounding_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="rounding"),
                ),
                ("net_amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="net")),
                (
                    "tax_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="tax"),
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
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="wanted on")),
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
                (
                    "tax_code",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.taxcode",
                        verbose_name="tax code",
                    ),
                ),
                (
                    "warehouse",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "order line",
                "verbose_name_plural": "order lines",
                "ordering": ["order", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "position"), name="order_line_position_once"),
                    models.CheckConstraint(condition=models.Q(("ordered__gte", 1)), name="order_line_ordered_positive"),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net_amount",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("gross_amount"), "-", models.F("discount_amount")
                                    ),
                                    "+",
                                    models.F("rounding_amount"),
                                ),
                            )
                        ),
                        name="order_line_net",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ordered",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("units"), "*", models.F("pieces_per_unit")
                                ),
                            )
                        ),
                        name="order_line_units_make_pieces",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineAdjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discount", "Discount"),
                            ("promotion", "Promotion"),
                            ("manual", "Changed manually"),
                            ("rounding", "Rounding"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("source_type", models.CharField(blank=True, max_length=32, verbose_name="source")),
                ("source_id", models.BigIntegerField(blank=True, null=True, verbose_name="source number")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="amount")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjustments",
                        to="orders.orderline",
                        verbose_name="order line",
                    ),
                ),
            ],
            options={
                "verbose_name": "line adjustment",
                "verbose_name_plural": "line adjustments",
                "ordering": ["line", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["discount", "promotion", "manual", "rounding"])),
                        name="line_adjustment_kind_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="line_adjustment_not_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_id__isnull", True), ("source_type", "")),
                            models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="line_adjustment_source",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("number", "product"), name="returned_goods_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="returned_goods_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="returned_goods_amount_not_negative"
                    ),
                ],
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
                        choices=[
                            ("shipped", "In transit"),
                            ("delivered", "Awaiting receipt"),
                            ("received", "Received"),
                        ],
                        default="shipped",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("shipped_at", models.DateTimeField(verbose_name="shipped at")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="expected on")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("polled_at", models.DateTimeField(blank=True, null=True, verbose_name="carrier last polled at")),
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
                "indexes": [
                    models.Index(fields=["shipped_at"], name="shipment_shipped"),
                    models.Index(
                        condition=models.Q(("status", "shipped")), fields=["polled_at"], name="shipment_to_track"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["shipped", "delivered", "received"])),
                        name="shipment_status_legal",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShipmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("received", models.PositiveIntegerField(blank=True, null=True, verbose_name="received")),
                (
                    "difference_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("short", "Short shipment"),
                            ("damaged", "Damaged"),
                            ("wrong", "Wrong product"),
                            ("expired", "Expired"),
                            ("other", "Other"),
                        ],
                        db_default="",
                        max_length=16,
                        verbose_name="kind of difference",
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(fields=("shipment", "order_line"), name="shipment_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1)), name="shipment_line_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received__isnull", True), ("received__lte", models.F("quantity")), _connector="OR"
                        ),
                        name="shipment_line_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("difference_kind__in", ["", "short", "damaged", "wrong", "expired", "other"])
                        ),
                        name="shipment_line_difference_legal",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("shipment", "external_id"), name="tracking_event_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["collected", "in_transit", "out_for_delivery", "delivered", "exception"])
                        ),
                        name="tracking_event_code_legal",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="7960a51aec4da543411a610613f0807cf964dfdd",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_a8e03",
                    table="orders_order",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_made",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (CASE WHEN NOT (NEW.line_count > 0 OR NEW.total_amount <> 0) OR current_setting('tributary.order_sums', true) IN (NEW.id::text, 'bulk') THEN FALSE\n         ELSE set_config('tributary.order_sums', NEW.id::text, true) IS NOT NULL END)",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = NEW.id AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="102235b4eeb7813a48ad00ab05889c95fc5fc1e5",
                    operation="INSERT",
                    pgid="pgtrigger_order_made_2b10d",
                    table="orders_order",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="order",
            trigger=pgtrigger.compiler.Trigger(
                name="order_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (CASE WHEN NOT ((OLD.gross_amount, OLD.discount_amount, OLD.rounding_amount, OLD.net_amount, OLD.tax_amount, OLD.cost_amount_company, OLD.line_count, OLD.unit_count) IS DISTINCT FROM (NEW.gross_amount, NEW.discount_amount, NEW.rounding_amount, NEW.net_amount, NEW.tax_amount, NEW.cost_amount_company, NEW.line_count, NEW.unit_count)) OR current_setting('tributary.order_sums', true) IN (NEW.id::text, 'bulk') THEN FALSE\n         ELSE set_config('tributary.order_sums', NEW.id::text, true) IS NOT NULL END)",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = NEW.id AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="59a24d2d8ec02d29c1331483b2314876d6d5fa71",
                    operation="UPDATE",
                    pgid="pgtrigger_order_changed_c96ea",
                    table="orders_order",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="line_made",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (CASE WHEN NOT (TRUE) OR current_setting('tributary.order_sums', true) IN (NEW.order_id::text, 'bulk') THEN FALSE\n         ELSE set_config('tributary.order_sums', NEW.order_id::text, true) IS NOT NULL END)",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = NEW.order_id AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="21eabf5e9d97a4ff8e4b4d3e3d8830a6953e3a7c",
                    operation="INSERT",
                    pgid="pgtrigger_line_made_8cd27",
                    table="orders_orderline",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="line_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (CASE WHEN NOT ((OLD.gross_amount, OLD.discount_amount, OLD.rounding_amount, OLD.net_amount, OLD.tax_amount, OLD.cost_amount_company, OLD.ordered, OLD.order_id) IS DISTINCT FROM (NEW.gross_amount, NEW.discount_amount, NEW.rounding_amount, NEW.net_amount, NEW.tax_amount, NEW.cost_amount_company, NEW.ordered, NEW.order_id)) OR current_setting('tributary.order_sums', true) IN (NEW.order_id::text, 'bulk') THEN FALSE\n         ELSE set_config('tributary.order_sums', NEW.order_id::text, true) IS NOT NULL END)",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = NEW.order_id AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="299ab02c604cc7d576f2af130d5701b83f5bcef7",
                    operation="UPDATE",
                    pgid="pgtrigger_line_changed_059ba",
                    table="orders_orderline",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="line_gone",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (CASE WHEN NOT (TRUE) OR current_setting('tributary.order_sums', true) IN (OLD.order_id::text, 'bulk') THEN FALSE\n         ELSE set_config('tributary.order_sums', OLD.order_id::text, true) IS NOT NULL END)",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = OLD.order_id AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="234669748d504d122b5715bca0f6815c49ba8450",
                    operation="DELETE",
                    pgid="pgtrigger_line_gone_a2b8c",
                    table="orders_orderline",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_made",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (current_setting('tributary.order_sums', true) IS DISTINCT FROM 'bulk')",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = (SELECT line.order_id FROM orders_orderline AS line WHERE line.id = NEW.line_id) AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="ead8de76d0ffc4e81be58fe1db63b812dc430d8b",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_adjustment_made_90dc3",
                    table="orders_lineadjustment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lineadjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="adjustment_gone",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (current_setting('tributary.order_sums', true) IS DISTINCT FROM 'bulk')",
                    constraint="CONSTRAINT",
                    func="\n    PERFORM set_config('tributary.order_sums', '', true);\n    IF EXISTS (\n    SELECT placed.id\n    FROM orders_order AS placed\n    LEFT JOIN LATERAL (\n        SELECT \n    SUM(line.gross_amount) AS gross_amount, SUM(line.discount_amount) AS discount_amount, SUM(line.rounding_amount) AS rounding_amount, SUM(line.net_amount) AS net_amount, SUM(line.tax_amount) AS tax_amount, SUM(line.cost_amount_company) AS cost_amount_company, COUNT(*) AS line_count, SUM(line.ordered) AS unit_count,\n    BOOL_OR(line.discount_amount <> -COALESCE(adjusted.discount, 0)\n            OR line.rounding_amount <> COALESCE(adjusted.rounding, 0)) AS adjusted_otherwise\n\n        FROM orders_orderline AS line\n        CROSS JOIN LATERAL (\n            SELECT \n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind <> 'rounding'), 0) AS discount,\n    COALESCE(SUM(adjustment.amount) FILTER (WHERE adjustment.kind = 'rounding'), 0) AS rounding\n FROM orders_lineadjustment AS adjustment WHERE adjustment.line_id = line.id\n        ) AS adjusted\n        WHERE line.order_id = placed.id\n    ) AS summed ON TRUE\n    WHERE placed.id = (SELECT line.order_id FROM orders_orderline AS line WHERE line.id = OLD.line_id) AND (\n    summed.adjusted_otherwise\n    OR (placed.gross_amount, placed.discount_amount, placed.rounding_amount, placed.net_amount, placed.tax_amount, placed.cost_amount_company, placed.line_count, placed.unit_count)\n       <> (COALESCE(summed.gross_amount, 0), COALESCE(summed.discount_amount, 0), COALESCE(summed.rounding_amount, 0), COALESCE(summed.net_amount, 0), COALESCE(summed.tax_amount, 0), COALESCE(summed.cost_amount_company, 0), COALESCE(summed.line_count, 0), COALESCE(summed.unit_count, 0))\n)) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up',\n            MESSAGE = 'order_adds_up: an order must be the sum of its lines and their adjustments';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="ecb56fb130940df80a84ca070e1eeecf00b2fae0",
                    operation="DELETE",
                    pgid="pgtrigger_adjustment_gone_7f613",
                    table="orders_lineadjustment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
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
    ]
