import channel.models.agreement
import channel.models.coverage
import company.iso_codes
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
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
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoveredCategory",
            fields=[],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("catalogue.category",),
        ),
        migrations.CreateModel(
            name="CoveredTerritory",
            fields=[],
            options={
                "verbose_name": "territory",
                "verbose_name_plural": "territories",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("accounts.territory",),
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivery", "Delivery address"),
                            ("invoice", "Invoice address"),
                            ("office", "Office address"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=200, verbose_name="recipient")),
                ("contact", models.CharField(blank=True, max_length=150, verbose_name="contact person")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
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
                "verbose_name": "address",
                "verbose_name_plural": "addresses",
                "ordering": ["distributor", "kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="AddressEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivery", "Delivery address"),
                            ("invoice", "Invoice address"),
                            ("office", "Office address"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=200, verbose_name="recipient")),
                ("contact", models.CharField(blank=True, max_length=150, verbose_name="contact person")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="channel.address",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.territory",
                        verbose_name="territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, verbose_name="number")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("accepted", "Accepted"),
                            ("in_force", "In force"),
                            ("in_grace", "In grace period"),
                            ("ended", "Ended"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                ("grace_days", models.PositiveSmallIntegerField(default=0, verbose_name="days of grace")),
                ("last_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="reason of the end")),
                (
                    "orders_until",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            models.F("last_on"), channel.models.agreement._DaysLater("ends_on", "grace_days")
                        ),
                        output_field=models.DateField(),
                        verbose_name="orders until",
                    ),
                ),
                (
                    "warned_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="warned so many days ahead"),
                ),
                (
                    "channel_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="channel kinds",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "payment_base",
                    models.CharField(
                        choices=[
                            ("ordered", "Day of the order"),
                            ("shipped", "Day of shipment"),
                            ("invoiced", "Day of the invoice"),
                            ("received", "Day of receipt"),
                        ],
                        default="invoiced",
                        max_length=16,
                        verbose_name="payment counts from",
                    ),
                ),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days of payment"),
                ),
                (
                    "payment_cut_day",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="What comes after this day of the month counts as of the next.",
                        null=True,
                        verbose_name="cut day",
                    ),
                ),
                (
                    "payment_from_month_end",
                    models.BooleanField(default=False, verbose_name="from the end of the month"),
                ),
                (
                    "credit_limit",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="credit limit"
                    ),
                ),
                (
                    "deposit_amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="deposit"),
                ),
                (
                    "discount_rate",
                    models.DecimalField(blank=True, decimal_places=5, max_digits=6, null=True, verbose_name="discount"),
                ),
                (
                    "return_rate",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=6, null=True, verbose_name="return rate"
                    ),
                ),
                (
                    "order_minimum_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="order minimum"
                    ),
                ),
                (
                    "order_minimum_weight",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="order minimum (kg)"
                    ),
                ),
                (
                    "order_minimum_pallets",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="order minimum (pallets)"),
                ),
                (
                    "full_truck_weight",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="A truck is full by its weight or by its pallets.",
                        max_digits=12,
                        null=True,
                        verbose_name="full truck (kg)",
                    ),
                ),
                (
                    "full_truck_pallets",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="full truck (pallets)"),
                ),
                (
                    "below_minimum",
                    models.CharField(
                        choices=[
                            ("refused", "It is refused"),
                            ("surcharge", "It is accepted, with a freight surcharge"),
                            ("warned", "It is accepted, with a warning"),
                        ],
                        default="refused",
                        max_length=16,
                        verbose_name="below the minimum",
                    ),
                ),
                (
                    "freight_surcharge",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="freight surcharge"
                    ),
                ),
                (
                    "freight_terms",
                    models.CharField(
                        choices=[
                            ("seller", "Paid by the seller"),
                            ("seller_from", "Paid by the seller from an order amount on"),
                            ("buyer", "Paid by the distributor"),
                            ("collected", "Collected by the distributor"),
                        ],
                        default="seller",
                        max_length=16,
                        verbose_name="freight",
                    ),
                ),
                (
                    "freight_free_from",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="freight paid from"
                    ),
                ),
                (
                    "least_remaining_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Goods that expire sooner after their arrival are not shipped. Leave blank where there is no rule.",
                        null=True,
                        verbose_name="least remaining life (days)",
                    ),
                ),
                (
                    "report_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="So many days after the delivery a shipment counts as received whole. Leave blank to use the company's setting.",
                        null=True,
                        verbose_name="days to report a difference",
                    ),
                ),
                (
                    "claim_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From the receipt. Leave blank to use the company's setting.",
                        null=True,
                        verbose_name="days to decide a delivery claim",
                    ),
                ),
                (
                    "never_older",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="No goods are shipped that were produced before those of the product's last delivery.",
                        verbose_name="never older than the last delivery",
                    ),
                ),
                ("clauses", models.TextField(blank=True, verbose_name="further clauses")),
                (
                    "agent_reason",
                    models.CharField(
                        blank=True,
                        help_text="Why the distributor is a true agent, whose resale price may be fixed. Set by an administrator.",
                        max_length=300,
                        verbose_name="reason for a true agent",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                (
                    "accepted_name",
                    models.CharField(blank=True, max_length=200, verbose_name="name under the agreement"),
                ),
                ("accepted_text", models.TextField(blank=True, verbose_name="text that was accepted")),
                ("in_force_at", models.DateTimeField(blank=True, null=True, verbose_name="put in force at")),
                (
                    "signature_reference",
                    models.CharField(blank=True, max_length=200, verbose_name="signature reference"),
                ),
                ("scan", models.FileField(blank=True, upload_to="agreements/%Y/%m/", verbose_name="stamped scan")),
                ("scan_name", models.CharField(blank=True, max_length=200, verbose_name="file name of the scan")),
                ("scan_type", models.CharField(blank=True, max_length=40, verbose_name="media type of the scan")),
                ("scan_hash", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the scan")),
                (
                    "is_imported",
                    models.BooleanField(
                        default=False,
                        help_text="It was agreed before it came here; nobody accepted it online.",
                        verbose_name="imported",
                    ),
                ),
                ("imported_at", models.DateTimeField(blank=True, null=True, verbose_name="imported at")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company.company",
                        verbose_name="seller",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="channel.agreement",
                        verbose_name="supersedes",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AddressClearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=600, verbose_name="place")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("cleared_at", models.DateTimeField(verbose_name="cleared at")),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channel.address",
                        verbose_name="delivery address",
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cleared by",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "cleared delivery address",
                "verbose_name_plural": "cleared delivery addresses",
                "ordering": ["agreement", "-cleared_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementCarveOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "effect",
                    models.CharField(
                        choices=[
                            ("both", "Both sell here"),
                            ("other", "Only the other distributor sells here"),
                            ("alone", "Only this distributor sells here"),
                        ],
                        max_length=8,
                        verbose_name="who sells here",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carve_outs",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="other distributor",
                    ),
                ),
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
                "verbose_name": "carve-out",
                "verbose_name_plural": "carve-outs",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementCoverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel_kind",
                    models.CharField(
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
                    "kind_number",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(channel_kind="direct", then=models.Value(1)),
                            models.When(channel_kind="wholesale", then=models.Value(2)),
                            models.When(channel_kind="retail", then=models.Value(3)),
                            models.When(channel_kind="e_commerce", then=models.Value(4)),
                            models.When(channel_kind="agent", then=models.Value(5)),
                            models.When(channel_kind="chain", then=models.Value(6)),
                            models.When(channel_kind="franchise", then=models.Value(7)),
                            models.When(channel_kind="direct_marketing", then=models.Value(8)),
                            models.When(channel_kind="international", then=models.Value(9)),
                            default=models.Value(0),
                            output_field=models.BigIntegerField(),
                        ),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                ("is_exclusive", models.BooleanField(default=False, verbose_name="exclusive")),
                ("parties", channel.models.coverage.PartiesField(editable=False, verbose_name="kept apart by")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.territory",
                        verbose_name="territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "coverage of an agreement",
                "verbose_name_plural": "coverage of agreements",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementShop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("platform", models.CharField(max_length=100, verbose_name="platform")),
                ("name", models.CharField(max_length=200, verbose_name="shop")),
                (
                    "url",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address of the shop",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shops",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "shop on a platform",
                "verbose_name_plural": "shops on platforms",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_exclusive", models.BooleanField(default=False, verbose_name="exclusive")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subjects",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of an agreement",
                "verbose_name_plural": "subjects of agreements",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementTerritory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="territories",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.territory",
                        verbose_name="territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "territory of an agreement",
                "verbose_name_plural": "territories of agreements",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("bank_name", models.CharField(max_length=200, verbose_name="bank")),
                ("account_number", models.CharField(max_length=40, verbose_name="account number")),
                ("bank_code", models.CharField(blank=True, max_length=20, verbose_name="bank code")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "bank account",
                "verbose_name_plural": "bank accounts",
                "ordering": ["distributor", "name"],
            },
        ),
        migrations.CreateModel(
            name="BankAccountEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("bank_name", models.CharField(max_length=200, verbose_name="bank")),
                ("account_number", models.CharField(max_length=40, verbose_name="account number")),
                ("bank_code", models.CharField(blank=True, max_length=20, verbose_name="bank code")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="channel.bankaccount",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("purchasing", "Purchasing"),
                            ("finance", "Finance"),
                            ("warehouse", "Warehouse"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("chat_id", models.CharField(blank=True, max_length=100, verbose_name="chat account")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["distributor", "kind", "name"],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("purchasing", "Purchasing"),
                            ("finance", "Finance"),
                            ("warehouse", "Warehouse"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("chat_id", models.CharField(blank=True, max_length=100, verbose_name="chat account")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "distributor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="channel.contact",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ControlDeparture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("outlets", "Number of outlets"),
                            ("territory", "Territory"),
                            ("display", "Display"),
                            ("data", "Data"),
                            ("resale_price", "Resale price"),
                        ],
                        max_length=16,
                        verbose_name="subject",
                    ),
                ),
                ("noticed_on", models.DateField(verbose_name="noticed on")),
                ("text", models.CharField(max_length=1000, verbose_name="what was seen")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("remedied", "Remedied"), ("dismissed", "Dismissed")],
                        default="open",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("outcome", models.CharField(blank=True, max_length=1000, verbose_name="outcome")),
                ("evidence", models.FileField(blank=True, upload_to="departures/%Y/%m/", verbose_name="evidence")),
                (
                    "evidence_name",
                    models.CharField(blank=True, max_length=200, verbose_name="file name of the evidence"),
                ),
                (
                    "evidence_type",
                    models.CharField(blank=True, max_length=40, verbose_name="media type of the evidence"),
                ),
                ("evidence_hash", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the evidence")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "departure from an agreement",
                "verbose_name_plural": "departures from agreements",
                "ordering": ["-noticed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ControlRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("outlets", "Number of outlets"),
                            ("territory", "Territory"),
                            ("display", "Display"),
                            ("data", "Data"),
                            ("resale_price", "Resale price"),
                        ],
                        max_length=16,
                        verbose_name="subject",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ordered", "Decided by the brand"),
                            ("agreed", "Agreed together"),
                            ("free", "Left to the distributor"),
                        ],
                        max_length=8,
                        verbose_name="control mode",
                    ),
                ),
                (
                    "price_rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recommended", "Recommended price"),
                            ("maximum", "Maximum price"),
                            ("fixed", "Fixed price, of a true agent"),
                        ],
                        max_length=16,
                        verbose_name="resale price",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="control_rules",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "control mode",
                "verbose_name_plural": "control modes",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="DataDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("stock", "Stock"),
                            ("sales", "Sales to outlets"),
                            ("outlets", "List of outlets"),
                            ("prices", "Resale prices"),
                        ],
                        max_length=16,
                        verbose_name="data",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Every day"),
                            ("weekly", "Every week"),
                            ("monthly", "Every month"),
                            ("quarterly", "Every quarter"),
                        ],
                        max_length=16,
                        verbose_name="how often",
                    ),
                ),
                ("days_after", models.PositiveSmallIntegerField(default=0, verbose_name="days after the period")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data_duties",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "data to be delivered",
                "verbose_name_plural": "data to be delivered",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="InvoiceTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("tax_number", models.CharField(max_length=40, verbose_name="tax number")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="registered address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("bank_name", models.CharField(blank=True, max_length=200, verbose_name="bank")),
                ("account_number", models.CharField(blank=True, max_length=40, verbose_name="account number")),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice title",
                "verbose_name_plural": "invoice titles",
                "ordering": ["distributor", "name"],
            },
        ),
        migrations.CreateModel(
            name="InvoiceTitleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("tax_number", models.CharField(max_length=40, verbose_name="tax number")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="registered address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("bank_name", models.CharField(blank=True, max_length=200, verbose_name="bank")),
                ("account_number", models.CharField(blank=True, max_length=40, verbose_name="account number")),
                (
                    "distributor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="channel.invoicetitle",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KindTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
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
                    "commission_rate",
                    models.DecimalField(
                        blank=True, decimal_places=5, max_digits=6, null=True, verbose_name="commission"
                    ),
                ),
                (
                    "commission_basis",
                    models.CharField(
                        blank=True,
                        choices=[("shipped", "Shipped"), ("invoiced", "Invoiced"), ("collected", "Collected")],
                        max_length=16,
                        verbose_name="commission on",
                    ),
                ),
                ("head_office", models.CharField(blank=True, max_length=300, verbose_name="head office")),
                ("sites", models.PositiveIntegerField(blank=True, null=True, verbose_name="number of sites")),
                (
                    "billing",
                    models.CharField(
                        blank=True,
                        choices=[("one", "One bill to the head office"), ("each", "A bill to each site")],
                        max_length=16,
                        verbose_name="bills",
                    ),
                ),
                ("programme", models.TextField(blank=True, verbose_name="allowed programme")),
                (
                    "incoterm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("EXW", "EXW"),
                            ("FCA", "FCA"),
                            ("CPT", "CPT"),
                            ("CIP", "CIP"),
                            ("DAP", "DAP"),
                            ("DPU", "DPU"),
                            ("DDP", "DDP"),
                            ("FAS", "FAS"),
                            ("FOB", "FOB"),
                            ("CFR", "CFR"),
                            ("CIF", "CIF"),
                        ],
                        max_length=3,
                        verbose_name="Incoterm",
                    ),
                ),
                ("incoterm_place", models.CharField(blank=True, max_length=200, verbose_name="named place")),
                (
                    "export_papers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("commercial_invoice", "Commercial invoice"),
                                ("packing_list", "Packing list"),
                                ("certificate_of_origin", "Certificate of origin"),
                                ("bill_of_lading", "Bill of lading"),
                                ("insurance", "Insurance certificate"),
                                ("health_certificate", "Health certificate"),
                                ("export_declaration", "Export declaration"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="export papers",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kind_terms",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a channel kind",
                "verbose_name_plural": "terms of channel kinds",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="MinimumPurchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "amount_a_year",
                    models.DecimalField(decimal_places=4, max_digits=19, verbose_name="minimum of a year"),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("shipped", "Shipped"), ("invoiced", "Invoiced"), ("collected", "Collected")],
                        max_length=16,
                        verbose_name="basis",
                    ),
                ),
                ("with_tax", models.BooleanField(default=False, verbose_name="with tax")),
                ("net_of_returns", models.BooleanField(default=True, verbose_name="net of returns")),
                ("gifts_count", models.BooleanField(default=False, verbose_name="gifts count")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minimums",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
            ],
            options={
                "verbose_name": "minimum purchase",
                "verbose_name_plural": "minimum purchases",
                "ordering": ["agreement", "id"],
            },
        ),
        migrations.CreateModel(
            name="PaymentInstalment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("share", models.DecimalField(decimal_places=5, max_digits=6, verbose_name="share")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instalments",
                        to="channel.agreement",
                        verbose_name="agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "instalment",
                "verbose_name_plural": "instalments",
                "ordering": ["agreement", "position"],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coveredcategory",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_made",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE affected bigint[];",
                    func="\naffected := (\n    WITH RECURSIVE line (id) AS (\n        SELECT parent.id FROM (SELECT parent_id FROM made) AS parent (id) WHERE parent.id IS NOT NULL\n        UNION\n        SELECT above.parent_id FROM line JOIN catalogue_category AS above ON above.id = line.id WHERE above.parent_id IS NOT NULL\n    )\n    SELECT array_agg(agreement.id ORDER BY agreement.id) FROM channel_agreement AS agreement\n    WHERE agreement.status IN ('in_force', 'in_grace') AND agreement.id IN (SELECT agreement_id FROM channel_agreementsubject WHERE category_id IN (SELECT id FROM line))\n    );\nIF affected IS NOT NULL THEN\n    DELETE FROM channel_agreementcoverage WHERE agreement_id = ANY(affected);\n    \nWITH RECURSIVE agreement AS (\n    SELECT id, distributor_id, channel_kinds, starts_on, COALESCE(last_on, ends_on) AS ends_on, (distributor_id * 1000 + mod(company_id, 1000)) AS party\n    FROM channel_agreement\n    WHERE id IN (SELECT unnest(affected)) AND starts_on <= COALESCE(last_on, ends_on, 'infinity')\n), area (root, id) AS (\n    SELECT territory_id, territory_id FROM (\n        SELECT given.territory_id\n        FROM channel_agreementterritory AS given JOIN agreement ON agreement.id = given.agreement_id\n        UNION\n        SELECT carve.territory_id\n        FROM channel_agreementcarveout AS carve JOIN agreement ON agreement.id = carve.agreement_id\n        WHERE carve.territory_id IS NOT NULL\n    ) AS named\n    UNION\n    SELECT area.root, child.id FROM area JOIN accounts_territory AS child ON child.parent_id = area.id\n), range_of_goods (subject_id, id) AS (\n    SELECT subject.id, subject.category_id\n    FROM channel_agreementsubject AS subject JOIN agreement ON agreement.id = subject.agreement_id\n    WHERE subject.category_id IS NOT NULL\n    UNION\n    SELECT goods.subject_id, child.id\n    FROM range_of_goods AS goods JOIN catalogue_category AS child ON child.parent_id = goods.id\n), cell AS (\n    SELECT agreement.id AS agreement_id, subject.brand_id, goods.id AS category_id, area.id AS territory_id,\n           kind.name AS channel_kind, bool_or(subject.is_exclusive) AS is_exclusive\n    FROM agreement\n    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id\n    LEFT JOIN range_of_goods AS goods ON goods.subject_id = subject.id\n    JOIN channel_agreementterritory AS given ON given.agreement_id = agreement.id\n    JOIN area ON area.root = given.territory_id\n    CROSS JOIN unnest(agreement.channel_kinds) AS kind (name)\n    WHERE NOT EXISTS (SELECT FROM accounts_territory AS child WHERE child.parent_id = area.id)\n      AND NOT EXISTS (SELECT FROM catalogue_category AS child WHERE child.parent_id = goods.id)\n    GROUP BY 1, 2, 3, 4, 5\n), carved AS (\n    SELECT cell.*, COALESCE(met.others, '{}'::int8multirange) AS others, met.is_mentioned IS TRUE AS is_mentioned,\n           met.is_left IS TRUE AS is_left\n    FROM cell\n    LEFT JOIN LATERAL (\n        SELECT range_agg(int8range(other.id * 1000, other.id * 1000 + 999, '[]'))\n                   FILTER (WHERE carve.effect = 'both') AS others,\n               bool_or(carve.effect = 'both') AS is_mentioned, bool_or(carve.effect = 'other') AS is_left\n        FROM channel_agreementcarveout AS carve\n        JOIN accounts_distributor AS other ON other.id = carve.other_id\n        WHERE carve.agreement_id = cell.agreement_id\n          AND (carve.brand_id IS NULL OR carve.brand_id = cell.brand_id)\n          AND (carve.channel_kind = '' OR carve.channel_kind = cell.channel_kind)\n          AND (carve.territory_id IS NULL OR EXISTS (\n              SELECT FROM area WHERE area.root = carve.territory_id AND area.id = cell.territory_id\n          ))\n    ) AS met ON TRUE\n), covered AS (\n    SELECT agreement.id AS agreement_id, agreement.distributor_id, carved.brand_id, carved.category_id,\n           carved.territory_id, carved.channel_kind, agreement.starts_on, agreement.ends_on, carved.is_exclusive,\n           CASE\n               WHEN carved.is_exclusive THEN '{(,)}'::int8multirange - carved.others\n               WHEN carved.is_mentioned THEN int8multirange(int8range(agreement.party, agreement.party, '[]'))\n               ELSE int8multirange(\n                   int8range(-agreement.party, -agreement.party, '[]'), int8range(agreement.party, agreement.party, '[]')\n               )\n           END AS parties\n    FROM agreement JOIN carved ON carved.agreement_id = agreement.id\n    WHERE NOT carved.is_left\n)\n\nINSERT INTO channel_agreementcoverage\n    (agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties)\nSELECT agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties\nFROM covered\n;\nEND IF;\nRETURN NULL;\n",
                    hash="c910c10e26e79db86656688bf4a6d221186fef3d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_leaves_made_f2a23",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="catalogue_category",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coveredcategory",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_moved",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE affected bigint[];",
                    func="\naffected := (\n    WITH RECURSIVE line (id) AS (\n        SELECT parent.id FROM (\nSELECT unnest(ARRAY[was.parent_id, made.parent_id]) FROM was JOIN made USING (id)\nWHERE was.parent_id IS DISTINCT FROM made.parent_id\n) AS parent (id) WHERE parent.id IS NOT NULL\n        UNION\n        SELECT above.parent_id FROM line JOIN catalogue_category AS above ON above.id = line.id WHERE above.parent_id IS NOT NULL\n    )\n    SELECT array_agg(agreement.id ORDER BY agreement.id) FROM channel_agreement AS agreement\n    WHERE agreement.status IN ('in_force', 'in_grace') AND agreement.id IN (SELECT agreement_id FROM channel_agreementsubject WHERE category_id IN (SELECT id FROM line))\n    );\nIF affected IS NOT NULL THEN\n    DELETE FROM channel_agreementcoverage WHERE agreement_id = ANY(affected);\n    \nWITH RECURSIVE agreement AS (\n    SELECT id, distributor_id, channel_kinds, starts_on, COALESCE(last_on, ends_on) AS ends_on, (distributor_id * 1000 + mod(company_id, 1000)) AS party\n    FROM channel_agreement\n    WHERE id IN (SELECT unnest(affected)) AND starts_on <= COALESCE(last_on, ends_on, 'infinity')\n), area (root, id) AS (\n    SELECT territory_id, territory_id FROM (\n        SELECT given.territory_id\n        FROM channel_agreementterritory AS given JOIN agreement ON agreement.id = given.agreement_id\n        UNION\n        SELECT carve.territory_id\n        FROM channel_agreementcarveout AS carve JOIN agreement ON agreement.id = carve.agreement_id\n        WHERE carve.territory_id IS NOT NULL\n    ) AS named\n    UNION\n    SELECT area.root, child.id FROM area JOIN accounts_territory AS child ON child.parent_id = area.id\n), range_of_goods (subject_id, id) AS (\n    SELECT subject.id, subject.category_id\n    FROM channel_agreementsubject AS subject JOIN agreement ON agreement.id = subject.agreement_id\n    WHERE subject.category_id IS NOT NULL\n    UNION\n    SELECT goods.subject_id, child.id\n    FROM range_of_goods AS goods JOIN catalogue_category AS child ON child.parent_id = goods.id\n), cell AS (\n    SELECT agreement.id AS agreement_id, subject.brand_id, goods.id AS category_id, area.id AS territory_id,\n           kind.name AS channel_kind, bool_or(subject.is_exclusive) AS is_exclusive\n    FROM agreement\n    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id\n    LEFT JOIN range_of_goods AS goods ON goods.subject_id = subject.id\n    JOIN channel_agreementterritory AS given ON given.agreement_id = agreement.id\n    JOIN area ON area.root = given.territory_id\n    CROSS JOIN unnest(agreement.channel_kinds) AS kind (name)\n    WHERE NOT EXISTS (SELECT FROM accounts_territory AS child WHERE child.parent_id = area.id)\n      AND NOT EXISTS (SELECT FROM catalogue_category AS child WHERE child.parent_id = goods.id)\n    GROUP BY 1, 2, 3, 4, 5\n), carved AS (\n    SELECT cell.*, COALESCE(met.others, '{}'::int8multirange) AS others, met.is_mentioned IS TRUE AS is_mentioned,\n           met.is_left IS TRUE AS is_left\n    FROM cell\n    LEFT JOIN LATERAL (\n        SELECT range_agg(int8range(other.id * 1000, other.id * 1000 + 999, '[]'))\n                   FILTER (WHERE carve.effect = 'both') AS others,\n               bool_or(carve.effect = 'both') AS is_mentioned, bool_or(carve.effect = 'other') AS is_left\n        FROM channel_agreementcarveout AS carve\n        JOIN accounts_distributor AS other ON other.id = carve.other_id\n        WHERE carve.agreement_id = cell.agreement_id\n          AND (carve.brand_id IS NULL OR carve.brand_id = cell.brand_id)\n          AND (carve.channel_kind = '' OR carve.channel_kind = cell.channel_kind)\n          AND (carve.territory_id IS NULL OR EXISTS (\n              SELECT FROM area WHERE area.root = carve.territory_id AND area.id = cell.territory_id\n          ))\n    ) AS met ON TRUE\n), covered AS (\n    SELECT agreement.id AS agreement_id, agreement.distributor_id, carved.brand_id, carved.category_id,\n           carved.territory_id, carved.channel_kind, agreement.starts_on, agreement.ends_on, carved.is_exclusive,\n           CASE\n               WHEN carved.is_exclusive THEN '{(,)}'::int8multirange - carved.others\n               WHEN carved.is_mentioned THEN int8multirange(int8range(agreement.party, agreement.party, '[]'))\n               ELSE int8multirange(\n                   int8range(-agreement.party, -agreement.party, '[]'), int8range(agreement.party, agreement.party, '[]')\n               )\n           END AS parties\n    FROM agreement JOIN carved ON carved.agreement_id = agreement.id\n    WHERE NOT carved.is_left\n)\n\nINSERT INTO channel_agreementcoverage\n    (agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties)\nSELECT agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties\nFROM covered\n;\nEND IF;\nRETURN NULL;\n",
                    hash="836c56f62c3b07504e954a06a8ce46aee4ec4b8c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_leaves_moved_8f546",
                    referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS made ",
                    table="catalogue_category",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coveredterritory",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_made",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE affected bigint[];",
                    func="\naffected := (\n    WITH RECURSIVE line (id) AS (\n        SELECT parent.id FROM (SELECT parent_id FROM made) AS parent (id) WHERE parent.id IS NOT NULL\n        UNION\n        SELECT above.parent_id FROM line JOIN accounts_territory AS above ON above.id = line.id WHERE above.parent_id IS NOT NULL\n    )\n    SELECT array_agg(agreement.id ORDER BY agreement.id) FROM channel_agreement AS agreement\n    WHERE agreement.status IN ('in_force', 'in_grace') AND agreement.id IN (\nSELECT agreement_id FROM channel_agreementterritory WHERE territory_id IN (SELECT id FROM line)\nUNION\nSELECT agreement_id FROM channel_agreementcarveout WHERE territory_id IN (SELECT id FROM line)\n)\n    );\nIF affected IS NOT NULL THEN\n    DELETE FROM channel_agreementcoverage WHERE agreement_id = ANY(affected);\n    \nWITH RECURSIVE agreement AS (\n    SELECT id, distributor_id, channel_kinds, starts_on, COALESCE(last_on, ends_on) AS ends_on, (distributor_id * 1000 + mod(company_id, 1000)) AS party\n    FROM channel_agreement\n    WHERE id IN (SELECT unnest(affected)) AND starts_on <= COALESCE(last_on, ends_on, 'infinity')\n), area (root, id) AS (\n    SELECT territory_id, territory_id FROM (\n        SELECT given.territory_id\n        FROM channel_agreementterritory AS given JOIN agreement ON agreement.id = given.agreement_id\n        UNION\n        SELECT carve.territory_id\n        FROM channel_agreementcarveout AS carve JOIN agreement ON agreement.id = carve.agreement_id\n        WHERE carve.territory_id IS NOT NULL\n    ) AS named\n    UNION\n    SELECT area.root, child.id FROM area JOIN accounts_territory AS child ON child.parent_id = area.id\n), range_of_goods (subject_id, id) AS (\n    SELECT subject.id, subject.category_id\n    FROM channel_agreementsubject AS subject JOIN agreement ON agreement.id = subject.agreement_id\n    WHERE subject.category_id IS NOT NULL\n    UNION\n    SELECT goods.subject_id, child.id\n    FROM range_of_goods AS goods JOIN catalogue_category AS child ON child.parent_id = goods.id\n), cell AS (\n    SELECT agreement.id AS agreement_id, subject.brand_id, goods.id AS category_id, area.id AS territory_id,\n           kind.name AS channel_kind, bool_or(subject.is_exclusive) AS is_exclusive\n    FROM agreement\n    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id\n    LEFT JOIN range_of_goods AS goods ON goods.subject_id = subject.id\n    JOIN channel_agreementterritory AS given ON given.agreement_id = agreement.id\n    JOIN area ON area.root = given.territory_id\n    CROSS JOIN unnest(agreement.channel_kinds) AS kind (name)\n    WHERE NOT EXISTS (SELECT FROM accounts_territory AS child WHERE child.parent_id = area.id)\n      AND NOT EXISTS (SELECT FROM catalogue_category AS child WHERE child.parent_id = goods.id)\n    GROUP BY 1, 2, 3, 4, 5\n), carved AS (\n    SELECT cell.*, COALESCE(met.others, '{}'::int8multirange) AS others, met.is_mentioned IS TRUE AS is_mentioned,\n           met.is_left IS TRUE AS is_left\n    FROM cell\n    LEFT JOIN LATERAL (\n        SELECT range_agg(int8range(other.id * 1000, other.id * 1000 + 999, '[]'))\n                   FILTER (WHERE carve.effect = 'both') AS others,\n               bool_or(carve.effect = 'both') AS is_mentioned, bool_or(carve.effect = 'other') AS is_left\n        FROM channel_agreementcarveout AS carve\n        JOIN accounts_distributor AS other ON other.id = carve.other_id\n        WHERE carve.agreement_id = cell.agreement_id\n          AND (carve.brand_id IS NULL OR carve.brand_id = cell.brand_id)\n          AND (carve.channel_kind = '' OR carve.channel_kind = cell.channel_kind)\n          AND (carve.territory_id IS NULL OR EXISTS (\n              SELECT FROM area WHERE area.root = carve.territory_id AND area.id = cell.territory_id\n          ))\n    ) AS met ON TRUE\n), covered AS (\n    SELECT agreement.id AS agreement_id, agreement.distributor_id, carved.brand_id, carved.category_id,\n           carved.territory_id, carved.channel_kind, agreement.starts_on, agreement.ends_on, carved.is_exclusive,\n           CASE\n               WHEN carved.is_exclusive THEN '{(,)}'::int8multirange - carved.others\n               WHEN carved.is_mentioned THEN int8multirange(int8range(agreement.party, agreement.party, '[]'))\n               ELSE int8multirange(\n                   int8range(-agreement.party, -agreement.party, '[]'), int8range(agreement.party, agreement.party, '[]')\n               )\n           END AS parties\n    FROM agreement JOIN carved ON carved.agreement_id = agreement.id\n    WHERE NOT carved.is_left\n)\n\nINSERT INTO channel_agreementcoverage\n    (agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties)\nSELECT agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties\nFROM covered\n;\nEND IF;\nRETURN NULL;\n",
                    hash="03e0e9b9c683c98b8372acf5792c6467c0cc0c72",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_leaves_made_05594",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="accounts_territory",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="coveredterritory",
            trigger=pgtrigger.compiler.Trigger(
                name="leaves_moved",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE affected bigint[];",
                    func="\naffected := (\n    WITH RECURSIVE line (id) AS (\n        SELECT parent.id FROM (\nSELECT unnest(ARRAY[was.parent_id, made.parent_id]) FROM was JOIN made USING (id)\nWHERE was.parent_id IS DISTINCT FROM made.parent_id\n) AS parent (id) WHERE parent.id IS NOT NULL\n        UNION\n        SELECT above.parent_id FROM line JOIN accounts_territory AS above ON above.id = line.id WHERE above.parent_id IS NOT NULL\n    )\n    SELECT array_agg(agreement.id ORDER BY agreement.id) FROM channel_agreement AS agreement\n    WHERE agreement.status IN ('in_force', 'in_grace') AND agreement.id IN (\nSELECT agreement_id FROM channel_agreementterritory WHERE territory_id IN (SELECT id FROM line)\nUNION\nSELECT agreement_id FROM channel_agreementcarveout WHERE territory_id IN (SELECT id FROM line)\n)\n    );\nIF affected IS NOT NULL THEN\n    DELETE FROM channel_agreementcoverage WHERE agreement_id = ANY(affected);\n    \nWITH RECURSIVE agreement AS (\n    SELECT id, distributor_id, channel_kinds, starts_on, COALESCE(last_on, ends_on) AS ends_on, (distributor_id * 1000 + mod(company_id, 1000)) AS party\n    FROM channel_agreement\n    WHERE id IN (SELECT unnest(affected)) AND starts_on <= COALESCE(last_on, ends_on, 'infinity')\n), area (root, id) AS (\n    SELECT territory_id, territory_id FROM (\n        SELECT given.territory_id\n        FROM channel_agreementterritory AS given JOIN agreement ON agreement.id = given.agreement_id\n        UNION\n        SELECT carve.territory_id\n        FROM channel_agreementcarveout AS carve JOIN agreement ON agreement.id = carve.agreement_id\n        WHERE carve.territory_id IS NOT NULL\n    ) AS named\n    UNION\n    SELECT area.root, child.id FROM area JOIN accounts_territory AS child ON child.parent_id = area.id\n), range_of_goods (subject_id, id) AS (\n    SELECT subject.id, subject.category_id\n    FROM channel_agreementsubject AS subject JOIN agreement ON agreement.id = subject.agreement_id\n    WHERE subject.category_id IS NOT NULL\n    UNION\n    SELECT goods.subject_id, child.id\n    FROM range_of_goods AS goods JOIN catalogue_category AS child ON child.parent_id = goods.id\n), cell AS (\n    SELECT agreement.id AS agreement_id, subject.brand_id, goods.id AS category_id, area.id AS territory_id,\n           kind.name AS channel_kind, bool_or(subject.is_exclusive) AS is_exclusive\n    FROM agreement\n    JOIN channel_agreementsubject AS subject ON subject.agreement_id = agreement.id\n    LEFT JOIN range_of_goods AS goods ON goods.subject_id = subject.id\n    JOIN channel_agreementterritory AS given ON given.agreement_id = agreement.id\n    JOIN area ON area.root = given.territory_id\n    CROSS JOIN unnest(agreement.channel_kinds) AS kind (name)\n    WHERE NOT EXISTS (SELECT FROM accounts_territory AS child WHERE child.parent_id = area.id)\n      AND NOT EXISTS (SELECT FROM catalogue_category AS child WHERE child.parent_id = goods.id)\n    GROUP BY 1, 2, 3, 4, 5\n), carved AS (\n    SELECT cell.*, COALESCE(met.others, '{}'::int8multirange) AS others, met.is_mentioned IS TRUE AS is_mentioned,\n           met.is_left IS TRUE AS is_left\n    FROM cell\n    LEFT JOIN LATERAL (\n        SELECT range_agg(int8range(other.id * 1000, other.id * 1000 + 999, '[]'))\n                   FILTER (WHERE carve.effect = 'both') AS others,\n               bool_or(carve.effect = 'both') AS is_mentioned, bool_or(carve.effect = 'other') AS is_left\n        FROM channel_agreementcarveout AS carve\n        JOIN accounts_distributor AS other ON other.id = carve.other_id\n        WHERE carve.agreement_id = cell.agreement_id\n          AND (carve.brand_id IS NULL OR carve.brand_id = cell.brand_id)\n          AND (carve.channel_kind = '' OR carve.channel_kind = cell.channel_kind)\n          AND (carve.territory_id IS NULL OR EXISTS (\n              SELECT FROM area WHERE area.root = carve.territory_id AND area.id = cell.territory_id\n          ))\n    ) AS met ON TRUE\n), covered AS (\n    SELECT agreement.id AS agreement_id, agreement.distributor_id, carved.brand_id, carved.category_id,\n           carved.territory_id, carved.channel_kind, agreement.starts_on, agreement.ends_on, carved.is_exclusive,\n           CASE\n               WHEN carved.is_exclusive THEN '{(,)}'::int8multirange - carved.others\n               WHEN carved.is_mentioned THEN int8multirange(int8range(agreement.party, agreement.party, '[]'))\n               ELSE int8multirange(\n                   int8range(-agreement.party, -agreement.party, '[]'), int8range(agreement.party, agreement.party, '[]')\n               )\n           END AS parties\n    FROM agreement JOIN carved ON carved.agreement_id = agreement.id\n    WHERE NOT carved.is_left\n)\n\nINSERT INTO channel_agreementcoverage\n    (agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties)\nSELECT agreement_id, distributor_id, brand_id, category_id, territory_id, channel_kind, starts_on, ends_on, is_exclusive, parties\nFROM covered\n;\nEND IF;\nRETURN NULL;\n",
                    hash="2dec3b24e97caf97444402988c083b8794781444",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_leaves_moved_7a470",
                    referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS made ",
                    table="accounts_territory",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["delivery", "invoice", "office"])), name="address_kind_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="address_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("territory__isnull", False), models.Q(("kind", "delivery"), _negated=True), _connector="OR"
                ),
                name="address_delivery_in_territory",
                violation_error_message="Select the territory in which this delivery address lies.",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("distributor", "kind"), name="address_one_default"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                fields=("distributor", "kind", "name"),
                name="address_name_once",
                violation_error_message="There is already an address of this kind with this name.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="28ea5c7df5c2b78a489050f4b0dfec380134a60c",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_ee49f",
                    table="channel_address",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "channel_addressevent" ("address", "city", "contact", "country", "distributor_id", "ends_on", "id", "is_default", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "recipient", "starts_on", "territory_id") VALUES (NEW."address", NEW."city", NEW."contact", NEW."country", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."is_default", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_code", NEW."recipient", NEW."starts_on", NEW."territory_id"); RETURN NULL;',
                    hash="5b8eaadce119141484efba1dab80809b9381714c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0440d",
                    table="channel_address",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="address",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."distributor_id" IS DISTINCT FROM (NEW."distributor_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."territory_id" IS DISTINCT FROM (NEW."territory_id"))',
                    func='INSERT INTO "channel_addressevent" ("address", "city", "contact", "country", "distributor_id", "ends_on", "id", "is_default", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "recipient", "starts_on", "territory_id") VALUES (NEW."address", NEW."city", NEW."contact", NEW."country", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."is_default", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_code", NEW."recipient", NEW."starts_on", NEW."territory_id"); RETURN NULL;',
                    hash="8a94fd16cbee2d69e27c9795fbfc29d042ad48c7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_108a1",
                    table="channel_address",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["distributor", "-starts_on"], name="agreement_of_distributor"),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["status", "ends_on"], name="agreement_to_move"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "sent", "accepted", "in_force", "in_grace", "ended"])),
                name="agreement_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("payment_base__in", ["ordered", "shipped", "invoiced", "received"])),
                name="agreement_payment_base_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("freight_terms__in", ["seller", "seller_from", "buyer", "collected"])),
                name="agreement_freight_terms_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("below_minimum__in", ["refused", "surcharge", "warned"])),
                name="agreement_below_minimum_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("number", "company", "revision"), name="agreement_number_once"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(("number__isnull", False), models.Q(("number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agreement_numbered_when_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("previous__isnull", True), ("revision", 1)),
                    models.Q(("previous__isnull", False), ("revision__gt", 1)),
                    _connector="OR",
                ),
                name="agreement_revision_has_previous",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="agreement_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel_kinds__contained_by",
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
                    )
                ),
                name="agreement_channel_kinds_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="agreement_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("payment_cut_day__gte", 1), ("payment_cut_day__lte", 31)),
                name="agreement_cut_day",
                violation_error_message="The cut day is a day of the month, from 1 to 31.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credit_limit__isnull", True), ("credit_limit__gte", 0), _connector="OR"),
                    models.Q(("deposit_amount__isnull", True), ("deposit_amount__gte", 0), _connector="OR"),
                    models.Q(("order_minimum_amount__isnull", True), ("order_minimum_amount__gte", 0), _connector="OR"),
                    models.Q(("freight_free_from__isnull", True), ("freight_free_from__gte", 0), _connector="OR"),
                ),
                name="agreement_amounts_not_negative",
                violation_error_message="An amount cannot be below zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("freight_free_from__isnull", False), ("freight_terms", "seller_from")),
                    models.Q(
                        models.Q(("freight_terms", "seller_from"), _negated=True), ("freight_free_from__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="agreement_freight_amount",
                violation_error_message="Give the order amount exactly where freight is paid from an amount on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("order_minimum_weight__isnull", True), ("order_minimum_weight__gt", 0), _connector="OR"),
                    models.Q(
                        ("order_minimum_pallets__isnull", True), ("order_minimum_pallets__gt", 0), _connector="OR"
                    ),
                    models.Q(("full_truck_weight__isnull", True), ("full_truck_weight__gt", 0), _connector="OR"),
                    models.Q(("full_truck_pallets__isnull", True), ("full_truck_pallets__gt", 0), _connector="OR"),
                ),
                name="agreement_minimums_positive",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("below_minimum", "surcharge"), ("freight_surcharge__gt", 0)),
                    models.Q(
                        models.Q(("below_minimum", "surcharge"), _negated=True), ("freight_surcharge__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="agreement_freight_surcharge",
                violation_error_message="Give the freight surcharge exactly where one is charged below the minimum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("discount_rate__gte", 0), ("discount_rate__lte", 1)),
                name="agreement_discount_rate",
                violation_error_message="A discount is between 0 and 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("return_rate__gte", 0), ("return_rate__lte", 1)),
                name="agreement_return_rate",
                violation_error_message="A return rate is between 0 and 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("report_days__isnull", True),
                    models.Q(("report_days__gte", 1), ("report_days__lte", 365)),
                    _connector="OR",
                ),
                name="agreement_report_days",
                violation_error_message="Enter a number of days between 1 and 365.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("claim_days__isnull", True),
                    models.Q(("claim_days__gte", 1), ("claim_days__lte", 365)),
                    _connector="OR",
                ),
                name="agreement_claim_days",
                violation_error_message="Enter a number of days between 1 and 365.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("status__in", ["draft", "sent"])),
                    models.Q(
                        ("accepted_at__isnull", False),
                        ("accepted_by__isnull", False),
                        ("status__in", ["accepted", "in_force", "in_grace", "ended"]),
                        models.Q(("accepted_name", ""), _negated=True),
                        models.Q(("accepted_text", ""), _negated=True),
                    ),
                    models.Q(("accepted_at__isnull", True), ("is_imported", True)),
                    _connector="OR",
                ),
                name="agreement_accepted_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("imported_at__isnull", False), ("is_imported", True)),
                    models.Q(("imported_at__isnull", True), ("imported_by__isnull", True), ("is_imported", False)),
                    _connector="OR",
                ),
                name="agreement_imported_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_force_at__isnull", True), ("status__in", ["draft", "sent", "accepted"])),
                    models.Q(
                        ("in_force_at__isnull", False),
                        ("status__in", ["in_force", "in_grace", "ended"]),
                        models.Q(
                            models.Q(("signature_reference", ""), _negated=True),
                            ("scan_hash__regex", "^[0-9a-f]{64}$"),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="agreement_in_force_is_signed",
                violation_error_message="Add the stamped scan or a signature reference.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="0c76a3b9374f48bac07d2ee3d3b4a8b50fe19f09",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_c9c94",
                    table="channel_agreement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_terms",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF (OLD.status <> 'draft' AND (OLD.company_id, OLD.distributor_id, OLD.revision, OLD.previous_id, OLD.starts_on, OLD.ends_on, OLD.grace_days, OLD.channel_kinds, OLD.currency, OLD.payment_base, OLD.payment_days, OLD.payment_cut_day, OLD.payment_from_month_end, OLD.credit_limit, OLD.deposit_amount, OLD.discount_rate, OLD.return_rate, OLD.order_minimum_amount, OLD.order_minimum_weight, OLD.order_minimum_pallets, OLD.full_truck_weight, OLD.full_truck_pallets, OLD.below_minimum, OLD.freight_surcharge, OLD.freight_terms, OLD.freight_free_from, OLD.least_remaining_days, OLD.never_older, OLD.report_days, OLD.claim_days, OLD.clauses, OLD.agent_reason) IS DISTINCT FROM (NEW.company_id, NEW.distributor_id, NEW.revision, NEW.previous_id, NEW.starts_on, NEW.ends_on, NEW.grace_days, NEW.channel_kinds, NEW.currency, NEW.payment_base, NEW.payment_days, NEW.payment_cut_day, NEW.payment_from_month_end, NEW.credit_limit, NEW.deposit_amount, NEW.discount_rate, NEW.return_rate, NEW.order_minimum_amount, NEW.order_minimum_weight, NEW.order_minimum_pallets, NEW.full_truck_weight, NEW.full_truck_pallets, NEW.below_minimum, NEW.freight_surcharge, NEW.freight_terms, NEW.freight_free_from, NEW.least_remaining_days, NEW.never_older, NEW.report_days, NEW.claim_days, NEW.clauses, NEW.agent_reason))\n   OR (OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number)\n   OR (OLD.status IN ('in_force', 'in_grace', 'ended') AND (NEW.status NOT IN ('in_force', 'in_grace', 'ended') OR (OLD.accepted_at, OLD.accepted_by_id, OLD.accepted_name, OLD.accepted_text, OLD.in_force_at, OLD.signature_reference, OLD.scan, OLD.scan_name, OLD.scan_type, OLD.scan_hash, OLD.is_imported, OLD.imported_at, OLD.imported_by_id) IS DISTINCT FROM (NEW.accepted_at, NEW.accepted_by_id, NEW.accepted_name, NEW.accepted_text, NEW.in_force_at, NEW.signature_reference, NEW.scan, NEW.scan_name, NEW.scan_type, NEW.scan_hash, NEW.is_imported, NEW.imported_at, NEW.imported_by_id)))\nTHEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nRETURN NEW;\n",
                    hash="bd879ecacb4ca5fbb8b133781f5e1dfed25d46b2",
                    operation="UPDATE",
                    pgid="pgtrigger_freeze_terms_f6324",
                    table="channel_agreement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreement",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_agreements",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.status <> 'draft' THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF; RETURN OLD;",
                    hash="d364360e9cffe72aee4d97f0e285a452eb91ffd9",
                    operation="DELETE",
                    pgid="pgtrigger_keep_agreements_ea958",
                    table="channel_agreement",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="addressclearance",
            constraint=models.UniqueConstraint(fields=("agreement", "address", "place"), name="address_clearance_once"),
        ),
        migrations.AddConstraint(
            model_name="addressclearance",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="address_clearance_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementcarveout",
            constraint=models.CheckConstraint(
                condition=models.Q(("effect__in", ["both", "other", "alone"])), name="agreement_carve_out_effect_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementcarveout",
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
                name="agreement_carve_out_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementcarveout",
            constraint=models.UniqueConstraint(
                fields=("agreement", "other", "brand", "territory", "channel_kind"),
                name="agreement_carve_out_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementcarveout",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="4e62afcbce6bac14ce303bb16cef3d3ad5fc2822",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_d24ee",
                    table="channel_agreementcarveout",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementcoverage",
            constraint=models.CheckConstraint(
                condition=models.Q(
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
                    )
                ),
                name="agreement_coverage_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementcoverage",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="agreement_coverage_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementcoverage",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("territory_id"),
                            models.F("territory_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("brand_id"),
                            models.F("brand_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("category_id"),
                            models.F("category_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("kind_number"),
                            models.F("kind_number"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    ("parties", "&&"),
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
                name="agreement_exclusivity",
                violation_error_code="agreement_exclusivity",
                violation_error_message="This agreement overlaps with an exclusive one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementshop",
            constraint=models.UniqueConstraint(fields=("agreement", "platform", "name"), name="agreement_shop_once"),
        ),
        migrations.AddConstraint(
            model_name="agreementshop",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("url__regex", "^https?://"), _connector="OR"),
                name="agreement_shop_url",
                violation_error_message="Give an address that begins with http:// or https://.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementshop",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("platform", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="agreement_shop_named",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementshop",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="b8cb729060f130421ea4574b4f65c517a90c9b93",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_85ea5",
                    table="channel_agreementshop",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementsubject",
            constraint=models.CheckConstraint(
                condition=models.Q(("brand__isnull", False), ("category__isnull", False), _connector="OR"),
                name="agreement_subject_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementsubject",
            constraint=models.UniqueConstraint(
                fields=("agreement", "brand", "category"), name="agreement_subject_once", nulls_distinct=False
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementsubject",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="3f36f3522249cc075946b354527f7517c6bb23c3",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_0be21",
                    table="channel_agreementsubject",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementterritory",
            constraint=models.UniqueConstraint(fields=("agreement", "territory"), name="agreement_territory_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agreementterritory",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="0dc807e3c6e6b1cf3eb6a0781be8f698dc4e60bc",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_d3059",
                    table="channel_agreementterritory",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="bank_account_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="bank_account_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("distributor",), name="bank_account_one_default"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.UniqueConstraint(
                fields=("distributor", "account_number"),
                name="bank_account_number_once",
                violation_error_message="There is already a bank account with this number.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="6ea19ab280c42dda2927ace7ea2ca72d924b4762",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_1f7de",
                    table="channel_bankaccount",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "channel_bankaccountevent" ("account_number", "bank_code", "bank_name", "currency", "distributor_id", "ends_on", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."account_number", NEW."bank_code", NEW."bank_name", NEW."currency", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."is_default", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="d532dda7e709e2c48102e4d742d3659d22e437d3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4d0c2",
                    table="channel_bankaccount",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bankaccount",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."account_number" IS DISTINCT FROM (NEW."account_number") OR OLD."bank_code" IS DISTINCT FROM (NEW."bank_code") OR OLD."bank_name" IS DISTINCT FROM (NEW."bank_name") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."distributor_id" IS DISTINCT FROM (NEW."distributor_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "channel_bankaccountevent" ("account_number", "bank_code", "bank_name", "currency", "distributor_id", "ends_on", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."account_number", NEW."bank_code", NEW."bank_name", NEW."currency", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."is_default", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="27f41e4708c5b93ea4247c82986c29904bac9011",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_90a8d",
                    table="channel_bankaccount",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["owner", "purchasing", "finance", "warehouse"])),
                name="contact_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="contact_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("distributor", "kind"), name="contact_one_default"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="5f2c1b8c6a69ab65748993aefc4012d9f2563f66",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_efa74",
                    table="channel_contact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "channel_contactevent" ("chat_id", "distributor_id", "email", "ends_on", "id", "is_default", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "starts_on") VALUES (NEW."chat_id", NEW."distributor_id", NEW."email", NEW."ends_on", NEW."id", NEW."is_default", NEW."kind", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."starts_on"); RETURN NULL;',
                    hash="0170f5417586e26318a1ba524dd1afba0000d3d1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f0898",
                    table="channel_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."chat_id" IS DISTINCT FROM (NEW."chat_id") OR OLD."distributor_id" IS DISTINCT FROM (NEW."distributor_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "channel_contactevent" ("chat_id", "distributor_id", "email", "ends_on", "id", "is_default", "kind", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "starts_on") VALUES (NEW."chat_id", NEW."distributor_id", NEW."email", NEW."ends_on", NEW."id", NEW."is_default", NEW."kind", NEW."name", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."starts_on"); RETURN NULL;',
                    hash="c2ef452e4ee9ccb056bd9b9860da2f8903bf05d3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2371",
                    table="channel_contact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="controldeparture",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__in", ["outlets", "territory", "display", "data", "resale_price"])),
                name="control_departure_subject_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="controldeparture",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "remedied", "dismissed"])),
                name="control_departure_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="controldeparture",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="control_departure_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="controldeparture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True), ("status", "open")),
                    models.Q(
                        models.Q(("status", "open"), _negated=True),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="control_departure_closed_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="controldeparture",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="2b4acaae3cc0c3572186546e37d340a9a089f6ca",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_61fe7",
                    table="channel_controldeparture",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="controlrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__in", ["outlets", "territory", "display", "data", "resale_price"])),
                name="control_rule_subject_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["ordered", "agreed", "free"])), name="control_rule_mode_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="controlrule",
            constraint=models.UniqueConstraint(fields=("agreement", "subject"), name="control_rule_once"),
        ),
        migrations.AddConstraint(
            model_name="controlrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode", "free"), ("price_rule", ""), ("subject", "resale_price")),
                    models.Q(
                        ("mode__in", ["ordered", "agreed"]),
                        ("price_rule__in", ["recommended", "maximum", "fixed"]),
                        ("subject", "resale_price"),
                    ),
                    models.Q(models.Q(("subject", "resale_price"), _negated=True), ("price_rule", "")),
                    _connector="OR",
                ),
                name="control_rule_price_never_fixed",
                violation_error_message="A resale price can be recommended or capped, never fixed.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="controlrule",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="df9d2461c5543017d3703df880468a6c5e418425",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_17bfc",
                    table="channel_controlrule",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="controlrule",
            trigger=pgtrigger.compiler.Trigger(
                name="fix_no_price",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.price_rule = 'fixed' AND NOT EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.id = NEW.agreement_id AND agreement.agent_reason <> '' AND agreement.channel_kinds = ARRAY['agent']::varchar[]\n) THEN\n    RAISE EXCEPTION 'control_rule_price_never_fixed'\n        USING ERRCODE = '23514', CONSTRAINT = 'control_rule_price_never_fixed';\nEND IF;\nRETURN NEW;\n",
                    hash="d61a753b0650d9bb938451e8e6e06b7b7c566a3c",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_fix_no_price_fb7fb",
                    table="channel_controlrule",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="dataduty",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["stock", "sales", "outlets", "prices"])), name="data_duty_kind_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="dataduty",
            constraint=models.CheckConstraint(
                condition=models.Q(("frequency__in", ["daily", "weekly", "monthly", "quarterly"])),
                name="data_duty_frequency_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="dataduty",
            constraint=models.UniqueConstraint(fields=("agreement", "kind"), name="data_duty_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="dataduty",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="c6d80033680cc96261fcda80d75fed56fcb53aa7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_32e88",
                    table="channel_dataduty",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicetitle",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="invoice_title_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicetitle",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("distributor",), name="invoice_title_one_default"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicetitle",
            constraint=models.UniqueConstraint(
                fields=("distributor", "tax_number"),
                name="invoice_title_tax_number_once",
                violation_error_message="There is already an invoice title with this tax number.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoicetitle",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="974d91f8a688dd54c0289a10e0a21bb644715ec1",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_4b948",
                    table="channel_invoicetitle",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoicetitle",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "channel_invoicetitleevent" ("account_number", "address", "bank_name", "distributor_id", "ends_on", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "starts_on", "tax_number") VALUES (NEW."account_number", NEW."address", NEW."bank_name", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."is_default", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."starts_on", NEW."tax_number"); RETURN NULL;',
                    hash="950cb18de1582495caa5e9c4a393e31060e9a3a2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cdf34",
                    table="channel_invoicetitle",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoicetitle",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."account_number" IS DISTINCT FROM (NEW."account_number") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."bank_name" IS DISTINCT FROM (NEW."bank_name") OR OLD."distributor_id" IS DISTINCT FROM (NEW."distributor_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."tax_number" IS DISTINCT FROM (NEW."tax_number"))',
                    func='INSERT INTO "channel_invoicetitleevent" ("account_number", "address", "bank_name", "distributor_id", "ends_on", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "starts_on", "tax_number") VALUES (NEW."account_number", NEW."address", NEW."bank_name", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."is_default", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."starts_on", NEW."tax_number"); RETURN NULL;',
                    hash="97c97dc47c9b5fc41bec50acf7b10c6029272f14",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_91127",
                    table="channel_invoicetitle",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="kindterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
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
                    )
                ),
                name="kind_terms_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindterms",
            constraint=models.UniqueConstraint(fields=("agreement", "kind"), name="kind_terms_once"),
        ),
        migrations.AddConstraint(
            model_name="kindterms",
            constraint=models.CheckConstraint(
                condition=models.Q(("commission_rate__gte", 0), ("commission_rate__lte", 1)),
                name="kind_terms_commission",
                violation_error_message="A commission is between 0 and 100 %.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "export_papers__contained_by",
                        [
                            "commercial_invoice",
                            "packing_list",
                            "certificate_of_origin",
                            "bill_of_lading",
                            "insurance",
                            "health_certificate",
                            "export_declaration",
                        ],
                    )
                ),
                name="kind_terms_export_papers_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="kindterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "agent"),
                        ("commission_basis__in", ["shipped", "invoiced", "collected"]),
                        ("commission_rate__isnull", False),
                        ("billing", ""),
                        ("head_office", ""),
                        ("sites__isnull", True),
                        ("programme", ""),
                        ("export_papers", []),
                        ("incoterm", ""),
                        ("incoterm_place", ""),
                    ),
                    models.Q(
                        ("kind__in", ["chain", "franchise"]),
                        models.Q(("head_office", ""), _negated=True),
                        ("billing__in", ["one", "each"]),
                        ("commission_basis", ""),
                        ("commission_rate__isnull", True),
                        ("programme", ""),
                        ("export_papers", []),
                        ("incoterm", ""),
                        ("incoterm_place", ""),
                    ),
                    models.Q(
                        ("kind", "direct_marketing"),
                        models.Q(("programme", ""), _negated=True),
                        ("commission_basis", ""),
                        ("commission_rate__isnull", True),
                        ("billing", ""),
                        ("head_office", ""),
                        ("sites__isnull", True),
                        ("export_papers", []),
                        ("incoterm", ""),
                        ("incoterm_place", ""),
                    ),
                    models.Q(
                        ("kind", "international"),
                        ("incoterm__in", ["EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"]),
                        models.Q(("incoterm_place", ""), _negated=True),
                        ("commission_basis", ""),
                        ("commission_rate__isnull", True),
                        ("billing", ""),
                        ("head_office", ""),
                        ("sites__isnull", True),
                        ("programme", ""),
                    ),
                    _connector="OR",
                ),
                name="kind_terms_of_its_kind",
                violation_error_message="Each channel kind has terms of its own, and all of them that it needs.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kindterms",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="4fc06872bc9ed326d5f4d941b4e16eceeea29811",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_25766",
                    table="channel_kindterms",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="minimumpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["shipped", "invoiced", "collected"])),
                name="minimum_purchase_basis_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="minimumpurchase",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_a_year__gt", 0)),
                name="minimum_purchase_positive",
                violation_error_message="A minimum is more than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minimumpurchase",
            constraint=models.UniqueConstraint(
                fields=("agreement", "brand"), name="minimum_purchase_once", nulls_distinct=False
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minimumpurchase",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="f565ad870f2be6117fb8ded5a57cb7a3c347f69b",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_f8991",
                    table="channel_minimumpurchase",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentinstalment",
            constraint=models.UniqueConstraint(fields=("agreement", "position"), name="payment_instalment_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentinstalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gt", 0), ("share__lte", 1)), name="payment_instalment_share"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="paymentinstalment",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_rows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM channel_agreement AS agreement\n    WHERE agreement.status <> 'draft'\n      AND agreement.id IN (\n          CASE WHEN TG_OP = 'INSERT' THEN NEW.agreement_id ELSE OLD.agreement_id END,\n          CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END\n      )\n) THEN RAISE EXCEPTION 'agreement_terms_frozen' USING ERRCODE = '23514', CONSTRAINT = 'agreement_terms_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="18c56a5c80b180c7fc73b245431e4ada0b4531d7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_rows_afa14",
                    table="channel_paymentinstalment",
                    when="BEFORE",
                ),
            ),
        ),
    ]
