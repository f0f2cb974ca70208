import catalogue.querysets
import company.iso_codes
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
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
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("channel", "0001_initial"),
        ("company", "0001_initial"),
        ("inventory", "0001_initial"),
        ("messaging", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("pricing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderTypeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "is_priced",
                    models.BooleanField(
                        default=True,
                        help_text="Without it the lines are free of charge, whatever the price list says.",
                        verbose_name="priced",
                    ),
                ),
                ("uses_credit", models.BooleanField(default=True, verbose_name="uses credit")),
                ("counts_as_sale", models.BooleanField(default=True, verbose_name="counts as sale")),
                ("is_taxed", models.BooleanField(default=True, verbose_name="taxed")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("administrator", "Administrator"),
                                ("director", "Channel director"),
                                ("manager", "Channel manager"),
                                ("warehouse", "Warehouse"),
                                ("finance", "Finance"),
                                ("owner", "Distributor owner"),
                                ("buyer", "Distributor buyer"),
                                ("keeper", "Distributor warehouse keeper"),
                                ("accountant", "Distributor accountant"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="who may use it",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_default", models.BooleanField(default=False, editable=False, verbose_name="default")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("keep", "Keep the prices of the order"), ("reprice", "Take today's prices")],
                        max_length=16,
                        verbose_name="decision",
                    ),
                ),
                (
                    "ordered_price",
                    models.DecimalField(decimal_places=4, max_digits=19, verbose_name="price in the order"),
                ),
                (
                    "current_price",
                    models.DecimalField(decimal_places=4, max_digits=19, verbose_name="price on the day"),
                ),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
            ],
            options={
                "verbose_name": "decision about a price",
                "verbose_name_plural": "decisions about prices",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["keep", "reprice"])), name="price_decision_choice_legal"
                    )
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
            ],
            options={
                "verbose_name": "returned goods",
                "verbose_name_plural": "returned goods",
                "ordering": ["-returned_on", "-id"],
                "constraints": [
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
            ],
            options={
                "verbose_name": "tracking event",
                "verbose_name_plural": "tracking events",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__in", ["collected", "in_transit", "out_for_delivery", "delivered", "exception"])
                        ),
                        name="tracking_event_code_legal",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("position", models.PositiveSmallIntegerField(default=10, verbose_name="position")),
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
                (
                    "most_amount_company",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="up to the amount"
                    ),
                ),
                ("needs_usual_quantity", models.BooleanField(default=True, verbose_name="usual quantities only")),
                ("needs_stock", models.BooleanField(default=True, verbose_name="only where all stock is reserved")),
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty to apply to every seller.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.company",
                        verbose_name="seller",
                    ),
                ),
                (
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        help_text="Every tier where it is empty.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.tier",
                        verbose_name="tier",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval rule",
                "verbose_name_plural": "approval rules",
                "ordering": ["position", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most_amount_company__isnull", True), ("most_amount_company__gt", 0), _connector="OR"
                        ),
                        name="approval_rule_amount_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel_kind", ""),
                            (
                                "channel_kind__in",
                                [
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
                            ),
                            _connector="OR",
                        ),
                        name="approval_rule_channel_kind_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="approval_rule_ends_after_start",
                        violation_error_message="The end date must not be before the start date.",
                    ),
                ],
            },
        ),
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
                ("counts_as_sale", models.BooleanField(db_default=True, default=True, verbose_name="counts as sale")),
                ("uses_credit", models.BooleanField(db_default=True, default=True, verbose_name="uses credit")),
                ("is_taxed", models.BooleanField(db_default=True, default=True, verbose_name="taxed")),
                (
                    "group_number",
                    models.CharField(blank=True, db_default="", default="", max_length=32, verbose_name="group"),
                ),
                (
                    "group_position",
                    models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name="position in the group"),
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
                (
                    "printed_note",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=500, verbose_name="note on the documents"
                    ),
                ),
                ("is_on_hold", models.BooleanField(default=False, verbose_name="on hold")),
                (
                    "cancel_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the cancellation"),
                ),
                ("bill_to", models.JSONField(blank=True, default=dict, verbose_name="bill to")),
                ("ship_to", models.JSONField(blank=True, default=dict, verbose_name="ship to")),
                ("payment_terms", models.CharField(blank=True, max_length=200, verbose_name="payment terms")),
                (
                    "freight_terms",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seller", "Paid by the seller"),
                            ("seller_from", "Paid by the seller from an order amount on"),
                            ("buyer", "Paid by the distributor"),
                            ("collected", "Collected by the distributor"),
                        ],
                        db_default="",
                        default="",
                        max_length=16,
                        verbose_name="freight",
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
                (
                    "promised_on",
                    models.DateField(
                        blank=True,
                        help_text="As the whole order was first promised. What is on time is measured by it.",
                        null=True,
                        verbose_name="promised on",
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                ("shipped_at", models.DateTimeField(blank=True, null=True, verbose_name="shipped at")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled at")),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channel.agreement",
                        verbose_name="agreement",
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
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channel.contact",
                        verbose_name="contact",
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
                    "invoice_title",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channel.invoicetitle",
                        verbose_name="invoice title",
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
                    models.Index(
                        condition=models.Q(("group_number", ""), _negated=True),
                        fields=["group_number"],
                        name="order_of_group",
                    ),
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
                        condition=models.Q(("freight_terms__in", ["", "seller", "seller_from", "buyer", "collected"])),
                        name="order_freight_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_taxed", True), ("tax_amount", 0), _connector="OR"),
                        name="order_untaxed_has_no_tax",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group_position__gte", 1),
                            models.Q(
                                models.Q(("group_number", ""), _negated=True), ("group_position", 1), _connector="OR"
                            ),
                        ),
                        name="order_position_in_group",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("group_number", ""), _negated=True),
                        fields=("group_number", "group_position"),
                        name="order_group_position_once",
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
                            ("group_position", 1),
                        ),
                        name="order_purchase_order_number_once",
                        violation_error_message="Another order already has this purchase order number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "To be confirmed by the distributor"),
                            ("requested", "Requested"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "amount_company",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=19,
                        null=True,
                        verbose_name="amount of the order with the change",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the decision"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="change_requests",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "requested change of an order",
                "verbose_name_plural": "requested changes of orders",
                "ordering": ["-id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["unconfirmed", "requested", "accepted", "refused", "withdrawn"])
                        ),
                        name="change_request_status_legal",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("unconfirmed", "requested"))),
                        fields=("order",),
                        name="change_request_once_open",
                        violation_error_message="Another change of this order is still to be decided.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("status__in", ("unconfirmed", "requested"))),
                            models.Q(
                                models.Q(("status__in", ("unconfirmed", "requested")), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="change_request_decided_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="reasons")),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.approvalrule",
                        verbose_name="approval rule",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval_check",
                        to="orders.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "check by approval rules",
                "verbose_name_plural": "checks by approval rules",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rule__isnull", True), ("reasons", []), _connector="OR"),
                        name="approval_check_rule_or_reasons",
                    )
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
                            ("limit", "Above the limit of the buyer"),
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
                        condition=models.Q(("kind__in", ["manual", "reservation", "territory", "limit"])),
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
            name="HoldQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.conversationmessage",
                        verbose_name="answer",
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.conversationmessage",
                        verbose_name="question",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="orders.orderhold",
                        verbose_name="hold of an order",
                    ),
                ),
            ],
            options={
                "verbose_name": "question about a hold",
                "verbose_name_plural": "questions about holds",
                "ordering": ["hold", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer__isnull", True)),
                        fields=("hold",),
                        name="hold_question_once_unanswered",
                    )
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
                    "promised_on",
                    models.DateField(
                        blank=True,
                        help_text="As it was first promised: it does not change.",
                        null=True,
                        verbose_name="promised on",
                    ),
                ),
                (
                    "when_short",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wait", "Wait until all of it is there"),
                            ("part", "Ship what is there, the rest later"),
                            ("take", "Take what is there only"),
                            ("drop", "Leave the line out"),
                            ("successor", "Take the successor instead"),
                        ],
                        db_default="",
                        default="",
                        max_length=16,
                        verbose_name="when short",
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
                    "gift_of",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gifts",
                        to="orders.orderline",
                        verbose_name="gift with this line",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("gift_of__isnull", False)), fields=["gift_of"], name="order_line_gift"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gift_of__isnull", True),
                            models.Q(("net_amount", 0), models.Q(("gift_of", models.F("id")), _negated=True)),
                            _connector="OR",
                        ),
                        name="order_line_gift_free",
                    ),
                    models.UniqueConstraint(fields=("order", "position"), name="order_line_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("when_short__in", ["", "wait", "part", "take", "drop", "successor"])),
                        name="order_line_when_short_legal",
                    ),
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
                            ("gift", "Gift"),
                            ("free", "Free of charge"),
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
                        condition=models.Q(
                            ("kind__in", ["discount", "promotion", "manual", "gift", "free", "rounding"])
                        ),
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
            name="ChangeRequestLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity_before", models.PositiveIntegerField(verbose_name="quantity before")),
                ("quantity_after", models.PositiveIntegerField(verbose_name="quantity after")),
                ("wanted_before", models.DateField(blank=True, null=True, verbose_name="wanted on before")),
                ("wanted_after", models.DateField(blank=True, null=True, verbose_name="wanted on after")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.changerequest",
                        verbose_name="requested change of an order",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="orders.orderline",
                        verbose_name="order line",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a requested change",
                "verbose_name_plural": "lines of requested changes",
                "ordering": ["request", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "line"), name="change_request_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quantity_before", models.F("quantity_after")), _negated=True),
                            models.Q(("wanted_after__isnull", False), ("wanted_before__isnull", True)),
                            models.Q(("wanted_after__isnull", True), ("wanted_before__isnull", False)),
                            models.Q(("wanted_before", models.F("wanted_after")), _negated=True),
                            _connector="OR",
                        ),
                        name="change_request_line_changes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "distributor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="order_templates",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "order template",
                "verbose_name_plural": "order templates",
                "ordering": ["distributor", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("distributor"),
                        catalogue.querysets.NormalCode("name"),
                        name="order_template_name_once",
                        violation_error_message="Another template already has this name.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderTemplateLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="line")),
                (
                    "unit",
                    models.CharField(blank=True, help_text="Empty for the piece.", max_length=16, verbose_name="unit"),
                ),
                ("units", models.PositiveIntegerField(verbose_name="units")),
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
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.ordertemplate",
                        verbose_name="order template",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an order template",
                "verbose_name_plural": "lines of order templates",
                "ordering": ["template", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("template", "product", "unit"), name="order_template_product_once"),
                    models.CheckConstraint(condition=models.Q(("units__gte", 1)), name="order_template_line_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "is_priced",
                    models.BooleanField(
                        default=True,
                        help_text="Without it the lines are free of charge, whatever the price list says.",
                        verbose_name="priced",
                    ),
                ),
                ("uses_credit", models.BooleanField(default=True, verbose_name="uses credit")),
                ("counts_as_sale", models.BooleanField(default=True, verbose_name="counts as sale")),
                ("is_taxed", models.BooleanField(default=True, verbose_name="taxed")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("administrator", "Administrator"),
                                ("director", "Channel director"),
                                ("manager", "Channel manager"),
                                ("warehouse", "Warehouse"),
                                ("finance", "Finance"),
                                ("owner", "Distributor owner"),
                                ("buyer", "Distributor buyer"),
                                ("keeper", "Distributor warehouse keeper"),
                                ("accountant", "Distributor accountant"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="who may use it",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_default", models.BooleanField(default=False, editable=False, verbose_name="default")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "order type",
                "verbose_name_plural": "order types",
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("is_default",), name="order_type_one_default"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_default", False), models.Q(("is_active", True), ("is_priced", True)), _connector="OR"
                        ),
                        name="order_type_default_in_use",
                        violation_error_message="The default order type stays in use and priced.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "roles__contained_by",
                                [
                                    "administrator",
                                    "director",
                                    "manager",
                                    "warehouse",
                                    "finance",
                                    "owner",
                                    "buyer",
                                    "keeper",
                                    "accountant",
                                ],
                            )
                        ),
                        name="order_type_roles_legal",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="order",
            name="type",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.ordertype",
                verbose_name="type",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["type", "-ordered_at", "-id"], name="order_of_type"),
        ),
        migrations.AddField(
            model_name="approvalrule",
            name="type",
            field=models.ForeignKey(
                blank=True,
                help_text="Every type of order where it is empty.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.ordertype",
                verbose_name="type",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ordertype",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "orders_ordertypeevent" ("code", "counts_as_sale", "id", "is_active", "is_default", "is_priced", "is_taxed", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "roles", "uses_credit") VALUES (NEW."code", NEW."counts_as_sale", NEW."id", NEW."is_active", NEW."is_default", NEW."is_priced", NEW."is_taxed", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."roles", NEW."uses_credit"); RETURN NULL;',
                    hash="9a8f7c5668fd72e8548d5390b042e460cbaa5985",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c666c",
                    table="orders_ordertype",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ordertype",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "orders_ordertypeevent" ("code", "counts_as_sale", "id", "is_active", "is_default", "is_priced", "is_taxed", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "roles", "uses_credit") VALUES (NEW."code", NEW."counts_as_sale", NEW."id", NEW."is_active", NEW."is_default", NEW."is_priced", NEW."is_taxed", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."roles", NEW."uses_credit"); RETURN NULL;',
                    hash="3d7bb0613a1c9e25c35aa89e0519673cd966b9a7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_50f06",
                    table="orders_ordertype",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="ordertypeevent",
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
            model_name="ordertypeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="orders.ordertype",
            ),
        ),
        migrations.AddField(
            model_name="pricedecision",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="pricedecision",
            name="line",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="orders.orderline",
                verbose_name="order line",
            ),
        ),
        migrations.AddField(
            model_name="returnedgoods",
            name="distributor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returns",
                to="accounts.distributor",
                verbose_name="distributor",
            ),
        ),
        migrations.AddField(
            model_name="returnedgoods",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="returns",
                to="orders.order",
                verbose_name="order",
            ),
        ),
        migrations.AddField(
            model_name="returnedgoods",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.product",
                verbose_name="product",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnedgoods",
            constraint=models.UniqueConstraint(fields=("number", "product"), name="returned_goods_once"),
        ),
        migrations.AddField(
            model_name="shipment",
            name="carrier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipments",
                to="orders.carrier",
                verbose_name="carrier",
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipments",
                to="orders.order",
                verbose_name="order",
            ),
        ),
        migrations.AddField(
            model_name="shipment",
            name="warehouse",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.warehouse",
                verbose_name="warehouse",
            ),
        ),
        migrations.AddField(
            model_name="shipmentline",
            name="order_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipment_lines",
                to="orders.orderline",
                verbose_name="order line",
            ),
        ),
        migrations.AddField(
            model_name="shipmentline",
            name="shipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="orders.shipment",
                verbose_name="shipment",
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
            model_name="shipmentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("difference_kind__in", ["", "short", "damaged", "wrong", "expired", "other"])),
                name="shipment_line_difference_legal",
            ),
        ),
        migrations.AddField(
            model_name="trackingevent",
            name="shipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tracking",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.AddConstraint(
            model_name="trackingevent",
            constraint=models.UniqueConstraint(fields=("shipment", "external_id"), name="tracking_event_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="9f9aa822fe081e462ac8cc62a98aa56655479481",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_c7664",
                    table="orders_changerequest",
                    when="BEFORE",
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
            model_name="orderline",
            trigger=pgtrigger.compiler.Trigger(
                name="gift_of_its_order",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."gift_of_id" IS NOT NULL)',
                    func="\n    IF NOT EXISTS (\n        SELECT FROM orders_orderline AS earning\n        WHERE earning.id = NEW.gift_of_id AND earning.order_id = NEW.order_id AND earning.gift_of_id IS NULL\n    ) THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_gift_of_its_order',\n            MESSAGE = 'order_line_gift_of_its_order: a gift belongs to a line of its order that is no gift';\n    END IF;\n    RETURN NULL;\n    ",
                    hash="d3917485bf1c2a96ba68ff8587ab5795ecdd1c69",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_gift_of_its_order_1eb0e",
                    table="orders_orderline",
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
            model_name="approvalrule",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="e6a5155d4c17071261a4f9e0b91b5c7d172e9f5b",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_7e246",
                    table="orders_approvalrule",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="shipmentline",
            trigger=pgtrigger.compiler.Trigger(
                name="shipment_of_one_warehouse",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM made\n    JOIN orders_shipment AS shipment ON shipment.id = made.shipment_id\n    JOIN orders_orderline AS line ON line.id = made.order_line_id\n    WHERE line.warehouse_id <> shipment.warehouse_id\n      AND (SELECT placed.source FROM orders_order AS placed WHERE placed.id = line.order_id) <> 'import'\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_of_one_warehouse',\n        MESSAGE = 'shipment_of_one_warehouse: what a shipment holds leaves its warehouse';\nEND IF;\nRETURN NULL;\n",
                    hash="8493d8fbd774322a6c370543fb2dd26450e9ccf3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_shipment_of_one_warehouse_f7c82",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="orders_shipmentline",
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
        migrations.RunSQL(
            "CREATE STATISTICS order_purchase_order_number ON catalogue_normal_code(purchase_order_number) FROM orders_order",
            "DROP STATISTICS order_purchase_order_number",
        ),
    ]
