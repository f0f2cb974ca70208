import company.iso_codes
import core.codes
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
        ("catalogue", "0001_initial"),
        ("channel", "0001_initial"),
        ("company", "0001_initial"),
        ("inventory", "0001_initial"),
        ("messaging", "0001_initial"),
        ("outlets", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("pricing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderTypeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="parcel")),
                ("weight", models.DecimalField(decimal_places=3, max_digits=9, verbose_name="weight (kg)")),
                ("length", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="length (cm)")),
                ("width", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="width (cm)")),
                ("height", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="height (cm)")),
                ("tracking_number", models.CharField(blank=True, max_length=64, verbose_name="tracking number")),
            ],
            options={
                "verbose_name": "parcel",
                "verbose_name_plural": "parcels",
                "ordering": ["shipment", "position"],
            },
        ),
        migrations.CreateModel(
            name="ParcelLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
            ],
            options={
                "verbose_name": "line of a parcel",
                "verbose_name_plural": "lines of parcels",
                "ordering": ["parcel", "id"],
            },
        ),
        migrations.CreateModel(
            name="Pick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zone", models.CharField(blank=True, max_length=16, verbose_name="zone")),
                ("place", models.CharField(blank=True, max_length=32, verbose_name="place")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("picked", models.PositiveIntegerField(blank=True, null=True, verbose_name="picked")),
                (
                    "short_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_found", "Not found"),
                            ("damaged", "Damaged"),
                            ("miscounted", "Counted wrongly"),
                            ("frozen", "Lot frozen"),
                            ("not_needed", "Not needed any more"),
                        ],
                        max_length=16,
                        verbose_name="reason for the short pick",
                    ),
                ),
                ("picked_at", models.DateTimeField(blank=True, null=True, verbose_name="picked at")),
            ],
            options={
                "verbose_name": "pick",
                "verbose_name_plural": "picks",
                "ordering": ["line", "id"],
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
            },
        ),
        migrations.CreateModel(
            name="PromiseChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("promised_on", models.DateField(verbose_name="promised on")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "changed promise",
                "verbose_name_plural": "changed promises",
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProofOfDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("signed_by", models.CharField(max_length=100, verbose_name="signed by")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
            ],
            options={
                "verbose_name": "proof of delivery",
                "verbose_name_plural": "proofs of delivery",
                "ordering": ["shipment"],
            },
        ),
        migrations.CreateModel(
            name="Return",
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
                            ("requested", "Waiting for a decision"),
                            ("authorised", "Waiting to be sent"),
                            ("refused", "Refused"),
                            ("sent", "On its way back"),
                            ("received", "Waiting for inspection"),
                            ("inspected", "To be credited"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "asked_amount",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="requested incl. tax"
                    ),
                ),
                (
                    "asked_amount_company",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=19,
                        null=True,
                        verbose_name="requested, in the company's currency",
                    ),
                ),
                (
                    "rate_amount",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="of it under the return rate",
                    ),
                ),
                ("broken_rules", models.JSONField(blank=True, default=list, verbose_name="rules not met")),
                ("is_by_rule", models.BooleanField(default=False, verbose_name="authorised by rule")),
                ("requested_at", models.DateTimeField(verbose_name="requested at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("decision_note", models.CharField(blank=True, max_length=300, verbose_name="reason of the decision")),
                ("counts_on", models.DateField(blank=True, null=True, verbose_name="counts in the agreement year of")),
                ("tracking_number", models.CharField(blank=True, max_length=64, verbose_name="tracking number")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received at")),
                ("inspected_at", models.DateTimeField(blank=True, null=True, verbose_name="inspected at")),
                ("inspected_on", models.DateField(blank=True, null=True, verbose_name="inspected on")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
            ],
            options={
                "verbose_name": "return",
                "verbose_name_plural": "returns",
                "ordering": ["-requested_at", "-id"],
                "abstract": False,
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
            },
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="line")),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                ("returned", models.PositiveIntegerField(verbose_name="returned")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("unsold", "Unsold"),
                            ("near_expiry", "Near expiry"),
                            ("ordered_wrong", "Ordered by mistake"),
                            ("damaged", "Arrived damaged"),
                            ("defective", "Defective"),
                            ("wrong_goods", "Wrong product delivered"),
                            ("recall", "Recall"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("uses_rate", models.BooleanField(default=True, verbose_name="uses the return rate")),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("unopened", "Unopened"),
                            ("opened", "Opened"),
                            ("damaged", "Damaged"),
                            ("expired", "Expired"),
                        ],
                        max_length=16,
                        verbose_name="condition",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("last_received_on", models.DateField(verbose_name="received on")),
                (
                    "asked_amount",
                    models.DecimalField(decimal_places=4, max_digits=19, verbose_name="requested incl. tax"),
                ),
                ("sent", models.PositiveIntegerField(default=0, verbose_name="sent")),
                ("arrived", models.PositiveIntegerField(default=0, verbose_name="arrived")),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="accepted")),
                (
                    "gross_amount",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="at list price"
                    ),
                ),
                (
                    "discount_amount",
                    models.DecimalField(decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="discount"),
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
                    "cost_amount_company",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="cost in the company's currency",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a return",
                "verbose_name_plural": "lines of returns",
                "ordering": ["document", "position"],
            },
        ),
        migrations.CreateModel(
            name="ReturnPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "photo of returned goods",
                "verbose_name_plural": "photos of returned goods",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReturnPolicy",
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
                    "window_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days after the receipt"),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unsold", "Unsold"),
                                ("near_expiry", "Near expiry"),
                                ("ordered_wrong", "Ordered by mistake"),
                                ("damaged", "Arrived damaged"),
                                ("defective", "Defective"),
                                ("wrong_goods", "Wrong product delivered"),
                                ("recall", "Recall"),
                                ("other", "Other"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="reasons accepted",
                    ),
                ),
                (
                    "exempt_reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unsold", "Unsold"),
                                ("near_expiry", "Near expiry"),
                                ("ordered_wrong", "Ordered by mistake"),
                                ("damaged", "Arrived damaged"),
                                ("defective", "Defective"),
                                ("wrong_goods", "Wrong product delivered"),
                                ("recall", "Recall"),
                                ("other", "Other"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        help_text="Recalls and what is the seller's fault.",
                        size=None,
                        verbose_name="reasons that do not use the return rate",
                    ),
                ),
                (
                    "photo_reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unsold", "Unsold"),
                                ("near_expiry", "Near expiry"),
                                ("ordered_wrong", "Ordered by mistake"),
                                ("damaged", "Arrived damaged"),
                                ("defective", "Defective"),
                                ("wrong_goods", "Wrong product delivered"),
                                ("recall", "Recall"),
                                ("other", "Other"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="reasons that need a photo",
                    ),
                ),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("unopened", "Unopened"),
                                ("opened", "Opened"),
                                ("damaged", "Damaged"),
                                ("expired", "Expired"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="conditions accepted",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "return policy",
                "verbose_name_plural": "return policies",
                "ordering": ["code"],
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
                    "posts_sales",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="posted to the actual sales"
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
                ("damaged", models.PositiveIntegerField(db_default=0, default=0, verbose_name="damaged")),
                ("missing", models.PositiveIntegerField(db_default=0, default=0, verbose_name="missing")),
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
                    "gross_amount",
                    models.DecimalField(
                        db_default=Decimal("0"),
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="gross",
                    ),
                ),
                (
                    "discount_amount",
                    models.DecimalField(
                        db_default=Decimal("0"),
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="discount",
                    ),
                ),
                (
                    "net_amount",
                    models.DecimalField(
                        db_default=Decimal("0"),
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="net",
                    ),
                ),
                (
                    "cost_amount_company",
                    models.DecimalField(
                        db_default=Decimal("0"),
                        decimal_places=4,
                        default=Decimal("0"),
                        max_digits=19,
                        verbose_name="cost in the company's currency",
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
            name="ShipmentLot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
            ],
            options={
                "verbose_name": "lot of a shipment",
                "verbose_name_plural": "lots of shipments",
                "ordering": ["shipment_line", "id"],
            },
        ),
        migrations.CreateModel(
            name="ShipmentSerial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.CharField(max_length=64, verbose_name="serial number")),
                (
                    "normal",
                    models.GeneratedField(
                        db_persist=True, expression=core.codes.NormalCode("serial"), output_field=models.TextField()
                    ),
                ),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="came back at")),
            ],
            options={
                "verbose_name": "serial number shipped",
                "verbose_name_plural": "serial numbers shipped",
                "ordering": ["shipment_line", "id"],
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
            },
        ),
        migrations.CreateModel(
            name="Wave",
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
                            ("open", "To be picked"),
                            ("picked", "Ready to ship"),
                            ("shipped", "Shipped"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("picked_at", models.DateTimeField(blank=True, null=True, verbose_name="picked at")),
                ("shipped_at", models.DateTimeField(blank=True, null=True, verbose_name="shipped at")),
            ],
            options={
                "verbose_name": "wave",
                "verbose_name_plural": "waves",
                "ordering": ["-made_at", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaveLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                ("is_open", models.BooleanField(default=True, verbose_name="open")),
            ],
            options={
                "verbose_name": "order line of a wave",
                "verbose_name_plural": "order lines of waves",
                "ordering": ["wave", "id"],
            },
        ),
        migrations.CreateModel(
            name="Waybill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                ("tracking_number", models.CharField(blank=True, max_length=64, verbose_name="tracking number")),
                ("ship_to", models.JSONField(blank=True, default=dict, verbose_name="ship to")),
                ("left_on", models.DateField(verbose_name="left on")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "borne_by",
                    models.CharField(
                        choices=[("seller", "Seller"), ("buyer", "Distributor")],
                        default="seller",
                        max_length=16,
                        verbose_name="freight borne by",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "agreed_amount_company",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="agreed freight"
                    ),
                ),
                (
                    "actual_amount_company",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="actual freight"
                    ),
                ),
            ],
            options={
                "verbose_name": "waybill",
                "verbose_name_plural": "waybills",
                "ordering": ["-left_on", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WaybillShipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="weight (kg)"
                    ),
                ),
                (
                    "agreed_amount_company",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="agreed freight"
                    ),
                ),
                (
                    "actual_amount_company",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="actual freight"
                    ),
                ),
            ],
            options={
                "verbose_name": "shipment on a waybill",
                "verbose_name_plural": "shipments on waybills",
                "ordering": ["waybill", "id"],
            },
        ),
        migrations.CreateModel(
            name="ApprovalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
            },
        ),
        migrations.CreateModel(
            name="Carrier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
                    core.codes.CodeConstraint(core.codes.NormalCode("code"), name="carrier_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["manual", "http"])), name="carrier_kind_legal"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryClaim",
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
                            ("open", "To be decided"),
                            ("overdue", "Decision overdue"),
                            ("reshipping", "Being re-shipped"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="opened at")),
                ("due_on", models.DateField(verbose_name="to be decided by")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
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
            ],
            options={
                "verbose_name": "delivery claim",
                "verbose_name_plural": "delivery claims",
                "ordering": ["-opened_at", "-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeliveryClaimLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing", "Missing"),
                            ("damaged", "Damaged"),
                            ("surplus", "Surplus"),
                            ("wrong", "Wrong product"),
                        ],
                        max_length=16,
                        verbose_name="kind of difference",
                    ),
                ),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("short", "Short shipment"),
                            ("damaged", "Damaged"),
                            ("wrong", "Wrong product"),
                            ("expired", "Expired"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("net_amount", models.DecimalField(decimal_places=4, default=0, max_digits=19, verbose_name="net")),
                ("tax_amount", models.DecimalField(decimal_places=4, default=0, max_digits=19, verbose_name="tax")),
                ("credited", models.PositiveIntegerField(default=0, verbose_name="credited")),
                ("reshipped", models.PositiveIntegerField(default=0, verbose_name="re-shipped")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="accepted")),
                ("sent_back", models.PositiveIntegerField(default=0, verbose_name="sent back")),
                (
                    "block",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.stockblock",
                        verbose_name="blocked stock",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="orders.deliveryclaim",
                        verbose_name="delivery claim",
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
            ],
            options={
                "verbose_name": "line of a delivery claim",
                "verbose_name_plural": "lines of delivery claims",
                "ordering": ["claim", "id"],
            },
        ),
        migrations.CreateModel(
            name="ClaimPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="orders.deliveryclaimline",
                        verbose_name="line of a delivery claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo of a delivery claim",
                "verbose_name_plural": "photos of delivery claims",
                "ordering": ["line", "id"],
            },
        ),
        migrations.CreateModel(
            name="DeliveryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "secret_hash",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="hash of the secret"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery link",
                "verbose_name_plural": "delivery links",
                "ordering": ["shipment", "id"],
            },
        ),
        migrations.CreateModel(
            name="InspectedGoods",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                ("is_accepted", models.BooleanField(default=True, verbose_name="accepted")),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("unopened", "Unopened"),
                            ("opened", "Opened"),
                            ("damaged", "Damaged"),
                            ("expired", "Expired"),
                        ],
                        max_length=16,
                        verbose_name="condition",
                    ),
                ),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("restocked", "Restocked"),
                            ("blocked", "Blocked"),
                            ("scrapped", "Scrapped"),
                            ("sent_back", "Sent back to the distributor"),
                        ],
                        max_length=16,
                        verbose_name="what becomes of it",
                    ),
                ),
                ("lot_number", models.CharField(blank=True, max_length=64, verbose_name="lot number")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "block",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.stockblock",
                        verbose_name="blocked stock",
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
                        verbose_name="to warehouse",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspected pieces",
                "verbose_name_plural": "inspected pieces",
                "ordering": ["line", "id"],
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
                    "consignee_distributor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drop_shipments",
                        to="accounts.distributor",
                        verbose_name="sub-distributor that receives the goods",
                    ),
                ),
                (
                    "consignee_outlet",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drop_shipments",
                        to="outlets.outlet",
                        verbose_name="outlet that receives the goods",
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
            },
        ),
        migrations.AddField(
            model_name="deliveryclaim",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_claims",
                to="orders.order",
                verbose_name="order",
            ),
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
                            ("credit", "Over the credit limit"),
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
            },
        ),
        migrations.AddField(
            model_name="deliveryclaimline",
            name="order_line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claim_lines",
                to="orders.orderline",
                verbose_name="line paid for",
            ),
        ),
        migrations.CreateModel(
            name="ClaimDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reship", "Re-ship"),
                            ("credit", "Credit"),
                            ("refuse", "Refuse"),
                            ("accept", "Accept"),
                            ("send_back", "Send back"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                ("called_off", models.PositiveIntegerField(default=0, verbose_name="called off")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("carrier", "Lost by the carrier"),
                            ("mispick", "Picked wrongly: still in the warehouse"),
                            ("refused", "Claim refused"),
                        ],
                        max_length=16,
                        verbose_name="cause",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("net_amount", models.DecimalField(decimal_places=4, default=0, max_digits=19, verbose_name="net")),
                ("tax_amount", models.DecimalField(decimal_places=4, default=0, max_digits=19, verbose_name="tax")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="orders.deliveryclaimline",
                        verbose_name="line of a delivery claim",
                    ),
                ),
                (
                    "replacement_line",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="orders.orderline",
                        verbose_name="re-shipped by",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision about a delivery claim",
                "verbose_name_plural": "decisions about delivery claims",
                "ordering": ["line", "id"],
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
            },
        ),
        migrations.CreateModel(
            name="OrderType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
                    core.codes.CodeConstraint(core.codes.NormalCode("code"), name="order_type_code_once"),
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
            model_name="parcelline",
            name="parcel",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="orders.parcel",
                verbose_name="parcel",
            ),
        ),
        migrations.AddField(
            model_name="pick",
            name="lot",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.lot",
                verbose_name="lot",
            ),
        ),
        migrations.AddField(
            model_name="pick",
            name="picked_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="picked by",
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
            model_name="promisechange",
            name="changed_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="changed by",
            ),
        ),
        migrations.AddField(
            model_name="promisechange",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="promise_changes",
                to="orders.order",
                verbose_name="order",
            ),
        ),
        migrations.AddField(
            model_name="proofofdelivery",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proofs",
                to="orders.deliverylink",
                verbose_name="delivery link",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="channel.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="carrier",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.carrier",
                verbose_name="carrier",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="company.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="distributor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goods_returns",
                to="accounts.distributor",
                verbose_name="distributor",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="inspected_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="inspected by",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="received_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="received by",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="requested_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="requested by",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="sales_period",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="return",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sent by",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="warehouse",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inventory.warehouse",
                verbose_name="warehouse",
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
        migrations.AddField(
            model_name="returnline",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="orders.return",
                verbose_name="return",
            ),
        ),
        migrations.AddField(
            model_name="returnline",
            name="order_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_lines",
                to="orders.orderline",
                verbose_name="order line",
            ),
        ),
        migrations.AddField(
            model_name="inspectedgoods",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="inspected_goods",
                to="orders.returnline",
                verbose_name="line",
            ),
        ),
        migrations.AddField(
            model_name="returnphoto",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="photos",
                to="orders.returnline",
                verbose_name="line",
            ),
        ),
        migrations.AddField(
            model_name="returnpolicy",
            name="tier",
            field=models.ForeignKey(
                blank=True,
                help_text="Every tier where it is empty.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.tier",
                verbose_name="tier",
            ),
        ),
        migrations.AddField(
            model_name="return",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.returnpolicy",
                verbose_name="return policy",
            ),
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
            name="sales_period",
            field=models.ForeignKey(
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
            model_name="proofofdelivery",
            name="shipment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proof",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.AddField(
            model_name="parcel",
            name="shipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parcels",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.AddField(
            model_name="deliverylink",
            name="shipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_links",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.AddField(
            model_name="deliveryclaim",
            name="shipment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_claim",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.CreateModel(
            name="DropShipment",
            fields=[],
            options={
                "verbose_name": "drop shipment",
                "verbose_name_plural": "drop shipments",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("orders.shipment",),
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
        migrations.AddField(
            model_name="parcelline",
            name="shipment_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parcel_lines",
                to="orders.shipmentline",
                verbose_name="shipment line",
            ),
        ),
        migrations.AddField(
            model_name="deliveryclaimline",
            name="shipment_line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claim_lines",
                to="orders.shipmentline",
                verbose_name="shipment line",
            ),
        ),
        migrations.AddField(
            model_name="shipmentlot",
            name="lot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shipped",
                to="inventory.lot",
                verbose_name="lot",
            ),
        ),
        migrations.AddField(
            model_name="shipmentlot",
            name="shipment_line",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lots",
                to="orders.shipmentline",
                verbose_name="shipment line",
            ),
        ),
        migrations.AddField(
            model_name="shipmentserial",
            name="product",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.product",
                verbose_name="product",
            ),
        ),
        migrations.AddField(
            model_name="shipmentserial",
            name="shipment_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="serials",
                to="orders.shipmentline",
                verbose_name="shipment line",
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
        migrations.AddField(
            model_name="wave",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="company.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="made by",
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="shipped_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="shipped by",
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="warehouse",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waves",
                to="inventory.warehouse",
                verbose_name="warehouse",
            ),
        ),
        migrations.AddField(
            model_name="waveline",
            name="order_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wave_lines",
                to="orders.orderline",
                verbose_name="order line",
            ),
        ),
        migrations.AddField(
            model_name="waveline",
            name="shipment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wave_lines",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.AddField(
            model_name="waveline",
            name="wave",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.wave", verbose_name="wave"
            ),
        ),
        migrations.AddField(
            model_name="pick",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="picks",
                to="orders.waveline",
                verbose_name="line",
            ),
        ),
        migrations.AddField(
            model_name="waybill",
            name="carrier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waybills",
                to="orders.carrier",
                verbose_name="carrier",
            ),
        ),
        migrations.AddField(
            model_name="waybill",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="company.company",
                verbose_name="company",
            ),
        ),
        migrations.AddField(
            model_name="waybill",
            name="distributor",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.distributor",
                verbose_name="distributor",
            ),
        ),
        migrations.AddField(
            model_name="waybill",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="made by",
            ),
        ),
        migrations.AddField(
            model_name="waybill",
            name="seller_distributor",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.distributor",
                verbose_name="selling distributor",
            ),
        ),
        migrations.AddField(
            model_name="waybillshipment",
            name="shipment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carriage",
                to="orders.shipment",
                verbose_name="shipment",
            ),
        ),
        migrations.AddField(
            model_name="waybillshipment",
            name="waybill",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="carried",
                to="orders.waybill",
                verbose_name="waybill",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)), name="claim_photo_hashed"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__startswith", "image/")), name="claim_photo_is_picture"
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["unconfirmed", "requested", "accepted", "refused", "withdrawn"])),
                name="change_request_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("unconfirmed", "requested"))),
                fields=("order",),
                name="change_request_once_open",
                violation_error_message="Another change of this order is still to be decided.",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
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
        migrations.AddConstraint(
            model_name="approvalcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule__isnull", True), ("reasons", []), _connector="OR"),
                name="approval_check_rule_or_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderhold",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["manual", "reservation", "territory", "limit", "credit"])),
                name="order_hold_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderhold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)), fields=("order", "kind"), name="order_hold_once_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderhold",
            constraint=models.CheckConstraint(
                condition=models.Q(("lifted_by__isnull", True), ("lifted_at__isnull", False), _connector="OR"),
                name="order_hold_lifted_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="holdquestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer__isnull", True)), fields=("hold",), name="hold_question_once_unanswered"
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(
                condition=models.Q(("gift_of__isnull", False)), fields=["gift_of"], name="order_line_gift"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gift_of__isnull", True),
                    models.Q(("net_amount", 0), models.Q(("gift_of", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="order_line_gift_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.UniqueConstraint(fields=("order", "position"), name="order_line_position_once"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("when_short__in", ["", "wait", "part", "take", "drop", "successor"])),
                name="order_line_when_short_legal",
            ),
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
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
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
        migrations.AddConstraint(
            model_name="lineadjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["discount", "promotion", "manual", "gift", "free", "rounding"])),
                name="line_adjustment_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineadjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), _negated=True), name="line_adjustment_not_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="lineadjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source_id__isnull", True), ("source_type", "")),
                    models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                    _connector="OR",
                ),
                name="line_adjustment_source",
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
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["reship", "credit", "refuse", "accept", "send_back"])),
                name="claim_decision_outcome_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["", "carrier", "mispick", "refused"])),
                name="claim_decision_cause_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 1), ("called_off__lte", models.F("pieces"))),
                name="claim_decision_pieces",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "credit"), models.Q(("net_amount", 0), ("tax_amount", 0)), _connector="OR"
                ),
                name="claim_decision_only_credit_has_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "reship"), ("replacement_line__isnull", False)),
                    models.Q(
                        models.Q(("outcome", "reship"), _negated=True),
                        ("called_off", 0),
                        ("replacement_line__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="claim_decision_only_reship_has_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "refuse"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="claim_decision_refused_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="claimdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="adds_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (\n    SELECT line.id FROM orders_deliveryclaimline AS line\n    CROSS JOIN LATERAL (\n        SELECT\n            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'credit'), 0) AS credited,\n            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'reship'), 0) AS reshipped,\n            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'refuse'), 0) AS refused,\n            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'accept'), 0) AS accepted,\n            COALESCE(SUM(pieces - called_off) FILTER (WHERE outcome = 'send_back'), 0) AS sent_back\n        FROM orders_claimdecision AS decision WHERE decision.line_id = line.id\n    ) AS summed\n    WHERE (line.credited, line.reshipped, line.refused, line.accepted, line.sent_back)\n       <> (summed.credited, summed.reshipped, summed.refused, summed.accepted, summed.sent_back)\n AND line.id = NEW.line_id) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_decision_adds_up',\n        MESSAGE = 'claim_decision_adds_up: the decided pieces of a line are the sums of its decisions';\nEND IF;\nRETURN NULL;\n",
                    hash="2f9c2fdfaf18aaa4a834aa5b21832d3f6400d3bc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_adds_up_c5a49",
                    table="orders_claimdecision",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequestline",
            constraint=models.UniqueConstraint(fields=("request", "line"), name="change_request_line_once"),
        ),
        migrations.AddConstraint(
            model_name="changerequestline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quantity_before", models.F("quantity_after")), _negated=True),
                    models.Q(("wanted_after__isnull", False), ("wanted_before__isnull", True)),
                    models.Q(("wanted_after__isnull", True), ("wanted_before__isnull", False)),
                    models.Q(("wanted_before", models.F("wanted_after")), _negated=True),
                    _connector="OR",
                ),
                name="change_request_line_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertemplate",
            constraint=models.UniqueConstraint(
                models.F("distributor"),
                core.codes.NormalCode("name"),
                name="order_template_name_once",
                violation_error_message="Another template already has this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertemplateline",
            constraint=models.UniqueConstraint(
                fields=("template", "product", "unit"), name="order_template_product_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertemplateline",
            constraint=models.CheckConstraint(
                condition=models.Q(("units__gte", 1)), name="order_template_line_positive"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["-ordered_at", "-id"], name="order_newest"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("group_number", ""), _negated=True), fields=["group_number"], name="order_of_group"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["type", "-ordered_at", "-id"], name="order_of_type"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["number"], name="order_number_prefix", opclasses=["varchar_pattern_ops"]),
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
                django.contrib.postgres.indexes.OpClass(
                    core.codes.NormalCode("purchase_order_number"), name="text_pattern_ops"
                ),
                condition=models.Q(("purchase_order_number", ""), _negated=True),
                name="order_purchase_order_prefix",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("is_on_hold", True)), fields=["-ordered_at", "-id"], name="order_on_hold"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("consignee_distributor__isnull", False)),
                fields=["consignee_distributor", "-ordered_at", "-id"],
                name="order_to_sub_distributor",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("consignee_outlet__isnull", False)),
                fields=["consignee_outlet", "-ordered_at", "-id"],
                name="order_to_outlet",
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["promised_on", "id"], name="order_by_promised_day"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["net_amount", "id"], name="order_by_amount"),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(("status__in", ["submitted", "approved", "picking", "partly_shipped", "shipped"])),
                fields=["promised_on"],
                name="order_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="order_number_once"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="order_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="order_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("exchange_rate__gt", 0)), name="order_exchange_rate_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
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
                condition=models.Q(("freight_terms__in", ["", "seller", "seller_from", "buyer", "collected"])),
                name="order_freight_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_taxed", True), ("tax_amount", 0), _connector="OR"),
                name="order_untaxed_has_no_tax",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("group_position__gte", 1),
                    models.Q(models.Q(("group_number", ""), _negated=True), ("group_position", 1), _connector="OR"),
                ),
                name="order_position_in_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group_number", ""), _negated=True),
                fields=("group_number", "group_position"),
                name="order_group_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seller_company__isnull", False), ("seller_distributor__isnull", True)),
                    models.Q(("seller_company__isnull", True), ("seller_distributor__isnull", False)),
                    _connector="OR",
                ),
                name="order_one_seller",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consignee_distributor__isnull", True), ("consignee_outlet__isnull", True), _connector="OR"
                ),
                name="order_one_consignee",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consignee_distributor__isnull", True),
                    models.Q(("consignee_distributor", models.F("distributor")), _negated=True),
                    _connector="OR",
                ),
                name="order_consignee_is_not_the_buyer",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("status", "draft")),
                    ("status", "cancelled"),
                    models.Q(models.Q(("status", "draft"), _negated=True), ("number__isnull", False)),
                    _connector="OR",
                ),
                name="order_number_when_placed",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                models.F("distributor"),
                core.codes.NormalCode("purchase_order_number"),
                condition=models.Q(
                    models.Q(("purchase_order_number", ""), _negated=True),
                    models.Q(("status", "cancelled"), _negated=True),
                    models.Q(("source", "import"), _negated=True),
                    ("group_position", 1),
                ),
                name="order_purchase_order_number_once",
                violation_error_message="Another order already has this purchase order number.",
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
        migrations.AddConstraint(
            model_name="approvalrule",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="approval_rule_code_once"),
        ),
        migrations.AddConstraint(
            model_name="approvalrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_amount_company__isnull", True), ("most_amount_company__gt", 0), _connector="OR"
                ),
                name="approval_rule_amount_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="approvalrule",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="approvalrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="approval_rule_ends_after_start",
                violation_error_message="The end date must not be before the start date.",
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
        migrations.AddConstraint(
            model_name="pricedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["keep", "reprice"])), name="price_decision_choice_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="promisechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="promise_change_reason"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="promisechange",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1d0eaac2d1771695b2ccab7fe6e688fe859823c5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_73475",
                    table="orders_promisechange",
                    when="BEFORE",
                ),
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
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "unsold",
                            "near_expiry",
                            "ordered_wrong",
                            "damaged",
                            "defective",
                            "wrong_goods",
                            "recall",
                            "other",
                        ],
                    )
                ),
                name="return_line_reason_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(("condition__in", ["unopened", "opened", "damaged", "expired"])),
                name="return_line_condition_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.UniqueConstraint(fields=("document", "position"), name="return_line_position_once"),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.UniqueConstraint(fields=("document", "order_line", "reason"), name="return_line_once"),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 1)), name="return_line_pieces_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted__lte", models.F("arrived")),
                    ("arrived__lte", models.F("sent")),
                    ("returned__lte", models.F("pieces")),
                    ("sent__lte", models.F("pieces")),
                ),
                name="return_line_quantities",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnline",
            trigger=pgtrigger.compiler.Trigger(
                name="return_line_within_received",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nPERFORM 1 FROM orders_orderline AS line\nWHERE line.id IN (SELECT order_line_id FROM made) ORDER BY line.id FOR NO KEY UPDATE;\nIF EXISTS (\n    SELECT FROM orders_orderline AS line\n    JOIN orders_returnline AS part ON part.order_line_id = line.id\n    WHERE line.id IN (SELECT order_line_id FROM made)\n    GROUP BY line.id HAVING SUM(part.returned) > line.received\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'return_line_within_received',\n        MESSAGE = 'return_line_within_received: only what was received and not returned before can be returned';\nEND IF;\nRETURN NULL;\n",
                    hash="0b98aab61ef4b8cc871119991fe734cdde6c3277",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_return_line_within_received_93a88",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="orders_returnline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnline",
            trigger=pgtrigger.compiler.Trigger(
                name="return_line_within_received_after",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nPERFORM 1 FROM orders_orderline AS line\nWHERE line.id IN (SELECT order_line_id FROM made) ORDER BY line.id FOR NO KEY UPDATE;\nIF EXISTS (\n    SELECT FROM orders_orderline AS line\n    JOIN orders_returnline AS part ON part.order_line_id = line.id\n    WHERE line.id IN (SELECT order_line_id FROM made)\n    GROUP BY line.id HAVING SUM(part.returned) > line.received\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'return_line_within_received',\n        MESSAGE = 'return_line_within_received: only what was received and not returned before can be returned';\nEND IF;\nRETURN NULL;\n",
                    hash="c79d9284dcbf9b0aa687bb75e3200580b238bb3b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_return_line_within_received_after_054de",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="orders_returnline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnline",
            trigger=pgtrigger.compiler.Trigger(
                name="return_line_adds_up",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (\n    SELECT FROM orders_return AS document\n    LEFT JOIN orders_returnline AS line ON line.document_id = document.id\n    WHERE document.id = NEW.document_id\n    GROUP BY document.id\n    HAVING (document.net_amount, document.tax_amount)\n        IS DISTINCT FROM (COALESCE(SUM(line.net_amount), 0), COALESCE(SUM(line.tax_amount), 0))\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'return_is_sum_of_lines',\n        MESSAGE = 'return_is_sum_of_lines: the amounts of a return are the sums of its lines';\nEND IF;\nRETURN NULL;\n",
                    hash="7165c8961058fa079657471f4e8fb7c8588a24e2",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_return_line_adds_up_42218",
                    table="orders_returnline",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(("condition__in", ["unopened", "opened", "damaged", "expired"])),
                name="inspected_goods_condition_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 1)), name="inspected_goods_pieces_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposition__in", ("restocked", "blocked", "scrapped")), ("is_accepted", True)),
                    models.Q(("disposition__in", ("sent_back", "scrapped")), ("is_accepted", False)),
                    _connector="OR",
                ),
                name="inspected_goods_disposition_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disposition", "restocked"), ("warehouse__isnull", False)),
                    models.Q(models.Q(("disposition", "restocked"), _negated=True), ("warehouse__isnull", True)),
                    _connector="OR",
                ),
                name="inspected_goods_restocked_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspectedgoods",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("block__isnull", False), ("disposition", "blocked")),
                    models.Q(models.Q(("disposition", "blocked"), _negated=True), ("block__isnull", True)),
                    _connector="OR",
                ),
                name="inspected_goods_blocked_by_a_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)), name="return_photo_hashed"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpolicy",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="return_policy_code_once"),
        ),
        migrations.AddConstraint(
            model_name="returnpolicy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("tier",),
                name="return_policy_one_of_a_tier",
                nulls_distinct=False,
                violation_error_message="There is an active return policy for this tier already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reasons__contained_by",
                        [
                            "unsold",
                            "near_expiry",
                            "ordered_wrong",
                            "damaged",
                            "defective",
                            "wrong_goods",
                            "recall",
                            "other",
                        ],
                    )
                ),
                name="return_policy_reasons_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "exempt_reasons__contained_by",
                        [
                            "unsold",
                            "near_expiry",
                            "ordered_wrong",
                            "damaged",
                            "defective",
                            "wrong_goods",
                            "recall",
                            "other",
                        ],
                    )
                ),
                name="return_policy_exempt_reasons_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "photo_reasons__contained_by",
                        [
                            "unsold",
                            "near_expiry",
                            "ordered_wrong",
                            "damaged",
                            "defective",
                            "wrong_goods",
                            "recall",
                            "other",
                        ],
                    )
                ),
                name="return_policy_photo_reasons_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("conditions__contained_by", ["unopened", "opened", "damaged", "expired"])),
                name="return_policy_conditions_legal",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnpolicy",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="225812b0f2ef2ec03002bdd15a65e20408b3f091",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_3a1f9",
                    table="orders_returnpolicy",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["-requested_at", "-id"], name="return_newest"),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["distributor", "-requested_at"], name="return_of_distributor"),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["status", "-requested_at"], name="return_by_status"),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["distributor", "counts_on"], name="return_room"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="return_number_once"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="return_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="return_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("exchange_rate__gt", 0)), name="return_exchange_rate_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total_amount",
                        django.db.models.expressions.CombinedExpression(
                            models.F("net_amount"), "+", models.F("tax_amount")
                        ),
                    )
                ),
                name="return_total_is_net_and_tax",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["requested", "authorised", "refused", "sent", "received", "inspected", "closed", "cancelled"],
                    )
                ),
                name="return_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(condition=models.Q(("number__isnull", False)), name="return_has_number"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate_amount__gte", 0), ("rate_amount__lte", models.F("asked_amount"))),
                name="return_rate_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("inspected_on__isnull", False), ("status__in", ("inspected", "closed"))),
                    models.Q(
                        models.Q(("status__in", ("inspected", "closed")), _negated=True),
                        ("inspected_on__isnull", True),
                        ("total_amount", 0),
                    ),
                    _connector="OR",
                ),
                name="return_credited_when_inspected",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["requested", "refused", "cancelled"]), ("counts_on__isnull", False), _connector="OR"
                ),
                name="return_counts_when_authorised",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["received", "inspected", "closed"]), _negated=True),
                    models.Q(("received_at__isnull", False), ("warehouse__isnull", False)),
                    _connector="OR",
                ),
                name="return_received_somewhere",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="322910a90ea29f179658e5e3a0ba0ce0e976a674",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_47cc0",
                    table="orders_return",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="return_is_sum_of_lines",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\nIF EXISTS (\n    SELECT FROM orders_return AS document\n    LEFT JOIN orders_returnline AS line ON line.document_id = document.id\n    WHERE document.id = NEW.id\n    GROUP BY document.id\n    HAVING (document.net_amount, document.tax_amount)\n        IS DISTINCT FROM (COALESCE(SUM(line.net_amount), 0), COALESCE(SUM(line.tax_amount), 0))\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'return_is_sum_of_lines',\n        MESSAGE = 'return_is_sum_of_lines: the amounts of a return are the sums of its lines';\nEND IF;\nRETURN NULL;\n",
                    hash="622160f9cb47731b0520c123432fc7b86d4db68c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_return_is_sum_of_lines_2af16",
                    table="orders_return",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="shipment",
            index=models.Index(fields=["shipped_at"], name="shipment_shipped"),
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
            model_name="proofofdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)),
                name="proof_of_delivery_hashed",
            ),
        ),
        migrations.AddConstraint(
            model_name="proofofdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("signed_by", ""), _negated=True), name="proof_of_delivery_signed"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proofofdelivery",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c0dc85b8b8336dc78eadca0957cfa2540d677ff1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5e24e",
                    table="orders_proofofdelivery",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.UniqueConstraint(fields=("shipment", "position"), name="parcel_position_once"),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1), ("weight__gt", 0)),
                name="parcel_weighs",
                violation_error_message="A parcel weighs more than nothing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("length__isnull", True), models.Q(("length__gte", 1), ("length__lte", 10000)), _connector="OR"
                ),
                name="parcel_length_sensible",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("width__isnull", True), models.Q(("width__gte", 1), ("width__lte", 10000)), _connector="OR"
                ),
                name="parcel_width_sensible",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("height__isnull", True), models.Q(("height__gte", 1), ("height__lte", 10000)), _connector="OR"
                ),
                name="parcel_height_sensible",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("secret_hash__regex", "^[0-9a-f]{64}$")), name="delivery_link_hash"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="delivery_link_expires"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                name="delivery_link_used_or_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverylink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                fields=("shipment",),
                name="delivery_link_open_once",
            ),
        ),
        migrations.AddIndex(
            model_name="deliveryclaim",
            index=models.Index(fields=["-opened_at", "-id"], name="delivery_claim_newest"),
        ),
        migrations.AddIndex(
            model_name="deliveryclaim",
            index=models.Index(fields=["distributor", "-opened_at", "-id"], name="delivery_claim_of_distributor"),
        ),
        migrations.AddIndex(
            model_name="deliveryclaim",
            index=models.Index(condition=models.Q(("status", "open")), fields=["due_on"], name="delivery_claim_due"),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="deliveryclaim_number_once"),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="deliveryclaim_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="deliveryclaim_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("exchange_rate__gt", 0)), name="deliveryclaim_exchange_rate_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total_amount",
                        django.db.models.expressions.CombinedExpression(
                            models.F("net_amount"), "+", models.F("tax_amount")
                        ),
                    )
                ),
                name="deliveryclaim_total_is_net_and_tax",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "overdue", "reshipping", "closed"])),
                name="delivery_claim_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", False)), name="delivery_claim_has_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status", "closed")),
                    models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_claim_closed_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deliveryclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="da1382a82c6b248b493579beb37a595e7cfdc6c2",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_8c8f8",
                    table="orders_deliveryclaim",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="shipmentline",
            index=models.Index(
                condition=models.Q(("difference_kind", ""), _negated=True),
                fields=["shipment"],
                name="shipment_line_differs",
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
                    models.Q(("damaged", 0), ("missing", 0), ("received__isnull", True)),
                    models.Q(
                        (
                            "quantity",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("received"), "+", models.F("damaged")
                                ),
                                "+",
                                models.F("missing"),
                            ),
                        ),
                        ("received__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="shipment_line_accounted_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentline",
            constraint=models.CheckConstraint(
                condition=models.Q(("difference_kind__in", ["", "short", "damaged", "wrong", "expired", "other"])),
                name="shipment_line_difference_legal",
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
        migrations.AddConstraint(
            model_name="parcelline",
            constraint=models.UniqueConstraint(fields=("parcel", "shipment_line"), name="parcel_line_once"),
        ),
        migrations.AddConstraint(
            model_name="parcelline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 1)), name="parcel_line_pieces_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parcelline",
            trigger=pgtrigger.compiler.Trigger(
                name="parcels_within_shipment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM (SELECT DISTINCT shipment_line_id FROM made) AS changed\n    JOIN orders_shipmentline AS line ON line.id = changed.shipment_line_id\n    JOIN orders_parcelline AS packed ON packed.shipment_line_id = line.id\n    JOIN orders_parcel AS parcel ON parcel.id = packed.parcel_id\n    GROUP BY line.id, line.quantity, line.shipment_id\n    HAVING SUM(packed.pieces) > line.quantity OR bool_or(parcel.shipment_id <> line.shipment_id)\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'parcels_within_shipment',\n        MESSAGE = 'parcels_within_shipment: parcels hold no more of a line than its shipment does';\nEND IF;\nRETURN NULL;\n",
                    hash="b9d55050c7d69136830bdb23066f563965e605a7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_parcels_within_shipment_38440",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="orders_parcelline",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parcelline",
            trigger=pgtrigger.compiler.Trigger(
                name="parcel_line_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c746f29b48b2b216a1fab80dd0d0b643633944ba",
                    operation="UPDATE",
                    pgid="pgtrigger_parcel_line_stays_3e3f9",
                    table="orders_parcelline",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaimline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["missing", "damaged", "surplus", "wrong"])),
                name="delivery_claim_line_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaimline",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["", "short", "damaged", "wrong", "expired", "other"])),
                name="delivery_claim_line_reason_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaimline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pieces__gte", 1),
                    (
                        "pieces__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("credited"), "+", models.F("reshipped")
                                    ),
                                    "+",
                                    models.F("refused"),
                                ),
                                "+",
                                models.F("accepted"),
                            ),
                            "+",
                            models.F("sent_back"),
                        ),
                    ),
                ),
                name="delivery_claim_line_decided_once",
                violation_error_message="These pieces are decided already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaimline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("block__isnull", True),
                        ("credited", 0),
                        ("kind__in", ["surplus", "wrong"]),
                        ("net_amount", 0),
                        ("order_line__isnull", True),
                        ("refused", 0),
                        ("reshipped", 0),
                        ("shipment_line__isnull", True),
                        ("tax_amount", 0),
                    ),
                    models.Q(
                        models.Q(("kind__in", ["surplus", "wrong"]), _negated=True),
                        ("accepted", 0),
                        ("order_line__isnull", False),
                        ("sent_back", 0),
                        ("shipment_line__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="delivery_claim_line_ends_by_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaimline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shipment_line__isnull", False)),
                fields=("shipment_line", "kind"),
                name="delivery_claim_line_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryclaimline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("shipment_line__isnull", True)),
                fields=("claim", "product", "kind"),
                name="delivery_claim_line_product_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentlot",
            constraint=models.UniqueConstraint(fields=("shipment_line", "lot"), name="shipment_lot_once"),
        ),
        migrations.AddConstraint(
            model_name="shipmentlot",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 1)), name="shipment_lot_pieces_positive"
            ),
        ),
        migrations.AddIndex(
            model_name="shipmentserial",
            index=models.Index(fields=["normal"], name="shipment_serial_by_number"),
        ),
        migrations.AddConstraint(
            model_name="shipmentserial",
            constraint=models.CheckConstraint(
                condition=models.Q(("normal", ""), _negated=True), name="shipment_serial_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="shipmentserial",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_at__isnull", True)),
                fields=("product", "normal"),
                name="shipment_serial_once",
                violation_error_message="A serial number of these was shipped already and has not come back.",
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
        migrations.AddIndex(
            model_name="wave",
            index=models.Index(fields=["-made_at", "-id"], name="wave_newest"),
        ),
        migrations.AddIndex(
            model_name="wave",
            index=models.Index(fields=["warehouse", "-made_at", "-id"], name="wave_of_warehouse"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="wave_number_once"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="wave_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "picked", "shipped", "cancelled"])), name="wave_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(condition=models.Q(("number__isnull", False)), name="wave_has_number"),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shipped_at__isnull", False), ("status", "shipped")),
                    models.Q(models.Q(("status", "shipped"), _negated=True), ("shipped_at__isnull", True)),
                    _connector="OR",
                ),
                name="wave_shipped_when",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wave",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="fc3c687d1729e7a5da442a6119003cd609a092cd",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_77f72",
                    table="orders_wave",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="waveline",
            constraint=models.UniqueConstraint(fields=("wave", "order_line"), name="wave_line_once"),
        ),
        migrations.AddConstraint(
            model_name="waveline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_open", True)),
                fields=("order_line",),
                name="wave_line_in_one_open_wave",
                violation_error_message="A line of these orders is in another open wave.",
            ),
        ),
        migrations.AddConstraint(
            model_name="waveline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="wave_line_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="waveline",
            constraint=models.CheckConstraint(
                condition=models.Q(("shipment__isnull", True), ("is_open", False), _connector="OR"),
                name="wave_line_shipped_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pick",
            constraint=models.UniqueConstraint(fields=("line", "lot"), name="pick_once", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="pick",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("short_reason__in", ["", "not_found", "damaged", "miscounted", "frozen", "not_needed"])
                ),
                name="pick_short_reason_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="pick",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gte", 1)), name="pick_quantity_positive"),
        ),
        migrations.AddConstraint(
            model_name="pick",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("picked__isnull", True), ("short_reason", "")),
                    models.Q(("picked", models.F("quantity")), ("short_reason", "")),
                    models.Q(("picked__lt", models.F("quantity")), models.Q(("short_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="pick_short_has_reason",
                violation_error_message="Enter a reason where fewer pieces were picked than listed.",
            ),
        ),
        migrations.AddIndex(
            model_name="waybill",
            index=models.Index(fields=["-left_on", "-id"], name="waybill_newest"),
        ),
        migrations.AddIndex(
            model_name="waybill",
            index=models.Index(fields=["distributor", "-left_on", "-id"], name="waybill_of_distributor"),
        ),
        migrations.AddConstraint(
            model_name="waybill",
            constraint=models.UniqueConstraint(fields=("number", "company"), name="waybill_number_once"),
        ),
        migrations.AddConstraint(
            model_name="waybill",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="waybill_number_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="waybill",
            constraint=models.CheckConstraint(
                condition=models.Q(("borne_by__in", ["seller", "buyer"])), name="waybill_borne_by_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="waybill",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="waybill_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="waybill",
            constraint=models.CheckConstraint(condition=models.Q(("number__isnull", False)), name="waybill_has_number"),
        ),
        migrations.AddConstraint(
            model_name="waybill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agreed_amount_company__isnull", True), ("agreed_amount_company__gte", 0), _connector="OR"
                    ),
                    models.Q(
                        ("actual_amount_company__isnull", True), ("actual_amount_company__gte", 0), _connector="OR"
                    ),
                ),
                name="waybill_freight_not_negative",
                violation_error_message="Freight is not negative.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waybill",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="c162d7dbe5cfec1ea209a71c838589fc44129a54",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_42086",
                    table="orders_waybill",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="waybillshipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weight__isnull", True), ("weight__gte", 0), _connector="OR"),
                    models.Q(
                        ("agreed_amount_company__isnull", True), ("agreed_amount_company__gte", 0), _connector="OR"
                    ),
                    models.Q(
                        ("actual_amount_company__isnull", True), ("actual_amount_company__gte", 0), _connector="OR"
                    ),
                ),
                name="waybill_shipment_not_negative",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waybillshipment",
            trigger=pgtrigger.compiler.Trigger(
                name="waybill_of_one_recipient",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM made\n    JOIN orders_waybill AS waybill ON waybill.id = made.waybill_id\n    JOIN orders_shipment AS shipment ON shipment.id = made.shipment_id\n    JOIN orders_order AS placed ON placed.id = shipment.order_id\n    WHERE (placed.company_id, placed.distributor_id) <> (waybill.company_id, waybill.distributor_id)\n       OR placed.seller_distributor_id IS DISTINCT FROM waybill.seller_distributor_id\n       OR shipment.carrier_id IS DISTINCT FROM waybill.carrier_id\n) THEN\n    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'waybill_of_one_recipient',\n        MESSAGE = 'waybill_of_one_recipient: the shipments of a waybill have its distributor, seller and carrier';\nEND IF;\nRETURN NULL;\n",
                    hash="3447c7ad9c7c04c33cfbe49a17f67e45519837c5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_waybill_of_one_recipient_32230",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="orders_waybillshipment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(
            "CREATE STATISTICS order_purchase_order_number ON core_normal_code(purchase_order_number) FROM orders_order",
            "DROP STATISTICS order_purchase_order_number",
        ),
    ]
