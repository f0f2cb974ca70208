import company.iso_codes
import core.codes
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_quantity", models.PositiveIntegerField(default=1, verbose_name="from quantity")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="unit price")),
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prices",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave blank for the price of a piece.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="catalogue.productunit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "price",
                "verbose_name_plural": "prices",
                "ordering": ["price_list", "product", "unit", "from_quantity", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="PriceList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                ("source_type", models.CharField(blank=True, max_length=32, verbose_name="source")),
                ("source_id", models.BigIntegerField(blank=True, null=True, verbose_name="source number")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
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
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "distributor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="price_lists",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="The seller at these prices. Leave blank for the company.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seller_price_lists",
                        to="accounts.distributor",
                        verbose_name="seller",
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
                (
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.tier",
                        verbose_name="tier",
                    ),
                ),
            ],
            options={
                "verbose_name": "price list",
                "verbose_name_plural": "price lists",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="PriceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("from_quantity", models.PositiveIntegerField(default=1, verbose_name="from quantity")),
                ("amount", models.DecimalField(decimal_places=4, max_digits=19, verbose_name="unit price")),
                ("starts_on", models.DateField(verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                        to="pricing.price",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave blank for the price of a piece.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.productunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "price_list",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="pricing.pricelist",
                        verbose_name="price list",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="price",
            name="price_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="prices",
                to="pricing.pricelist",
                verbose_name="price list",
            ),
        ),
        migrations.CreateModel(
            name="PriceListEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                ("source_type", models.CharField(blank=True, max_length=32, verbose_name="source")),
                ("source_id", models.BigIntegerField(blank=True, null=True, verbose_name="source number")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
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
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "distributor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The seller at these prices. Leave blank for the company.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.distributor",
                        verbose_name="seller",
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
                        to="pricing.pricelist",
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
                (
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.tier",
                        verbose_name="tier",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Promotion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                ("source_type", models.CharField(blank=True, max_length=32, verbose_name="source")),
                ("source_id", models.BigIntegerField(blank=True, null=True, verbose_name="source number")),
                ("discount_rate", models.DecimalField(decimal_places=6, max_digits=7, verbose_name="discount rate")),
                ("minimum_quantity", models.PositiveIntegerField(default=0, verbose_name="minimum quantity")),
                (
                    "maximum_quantity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="maximum quantity"),
                ),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "promotion",
                "verbose_name_plural": "promotions",
                "ordering": ["-starts_on", "code"],
                "constraints": [
                    core.codes.CodeConstraint(core.codes.NormalCode("code"), name="promotion_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_id__isnull", True), ("source_type", "")),
                            models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="promotion_source_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="promotion_dates",
                        violation_error_message="The end date must not be before the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("discount_rate__gte", 0), ("discount_rate__lte", 1)),
                        name="promotion_rate_is_a_fraction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("maximum_quantity__isnull", True),
                            ("maximum_quantity__gte", models.F("minimum_quantity")),
                            _connector="OR",
                        ),
                        name="promotion_quantities",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="price_list_code_once"),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source_id__isnull", True), ("source_type", "")),
                    models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                    _connector="OR",
                ),
                name="price_list_source_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="price_list_currency_iso"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
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
                name="price_list_channel_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("owner__isnull", True),
                    ("distributor__isnull", True),
                    models.Q(("owner", models.F("distributor")), _negated=True),
                    _connector="OR",
                ),
                name="price_list_not_for_its_owner",
                violation_error_message="The seller cannot be the buyer.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "pricing_pricelistevent" ("channel_kind", "code", "currency", "distributor_id", "id", "is_active", "name", "name_zh", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "source_id", "source_type", "territory_id", "tier_id") VALUES (NEW."channel_kind", NEW."code", NEW."currency", NEW."distributor_id", NEW."id", NEW."is_active", NEW."name", NEW."name_zh", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."source_id", NEW."source_type", NEW."territory_id", NEW."tier_id"); RETURN NULL;',
                    hash="e0ef838b78971f432d6783f9684edab9276dccd4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d5093",
                    table="pricing_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pricelist",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "pricing_pricelistevent" ("channel_kind", "code", "currency", "distributor_id", "id", "is_active", "name", "name_zh", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "source_id", "source_type", "territory_id", "tier_id") VALUES (NEW."channel_kind", NEW."code", NEW."currency", NEW."distributor_id", NEW."id", NEW."is_active", NEW."name", NEW."name_zh", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."source_id", NEW."source_type", NEW."territory_id", NEW."tier_id"); RETURN NULL;',
                    hash="02ddcce8dd269a50c52e9e0479a5963bba9bf1c3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6d494",
                    table="pricing_pricelist",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="price",
            index=models.Index(fields=["product", "price_list", "from_quantity"], name="price_lookup"),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="price_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="price_not_negative"),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_quantity__gte", 1)), name="price_from_quantity_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("unit__isnull", True)),
                expressions=[
                    (
                        models.Func(
                            models.F("price_list_id"),
                            models.F("price_list_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("product_id"),
                            models.F("product_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("from_quantity"),
                            models.F("from_quantity"),
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
                name="one_price_per_day",
                violation_error_message="Another price for this quantity step is valid in that period.",
            ),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("unit__isnull", False)),
                expressions=[
                    (
                        models.Func(
                            models.F("price_list_id"),
                            models.F("price_list_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("unit_id"),
                            models.F("unit_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("from_quantity"),
                            models.F("from_quantity"),
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
                name="one_unit_price_per_day",
                violation_error_message="Another price for this quantity step is valid in that period.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="price",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "pricing_priceevent" ("amount", "ends_on", "from_quantity", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "starts_on", "unit_id") VALUES (NEW."amount", NEW."ends_on", NEW."from_quantity", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_list_id", NEW."product_id", NEW."starts_on", NEW."unit_id"); RETURN NULL;',
                    hash="241e661c95d058e5fc3d27a768af14e34d5ec5d1",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_12aba",
                    table="pricing_price",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="price",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "pricing_priceevent" ("amount", "ends_on", "from_quantity", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_list_id", "product_id", "starts_on", "unit_id") VALUES (NEW."amount", NEW."ends_on", NEW."from_quantity", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_list_id", NEW."product_id", NEW."starts_on", NEW."unit_id"); RETURN NULL;',
                    hash="05f709145fb13693d99891579c8ca800111fdf08",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c5d0c",
                    table="pricing_price",
                    when="AFTER",
                ),
            ),
        ),
    ]
