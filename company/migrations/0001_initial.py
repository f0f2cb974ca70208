import company.iso_codes
import core.codes
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("is_working", models.BooleanField(default=False, verbose_name="working day")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
            ],
            options={
                "verbose_name": "calendar day",
                "verbose_name_plural": "calendar days",
                "ordering": ["calendar", "day"],
            },
        ),
        migrations.CreateModel(
            name="CompanyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "logo",
                    models.FileField(
                        blank=True,
                        editable=False,
                        help_text="It stands on printed documents.",
                        upload_to="logos/",
                        verbose_name="logo",
                    ),
                ),
                ("tax_number", models.CharField(blank=True, max_length=64, verbose_name="tax number")),
                (
                    "follows_chinese_new_year",
                    models.BooleanField(
                        default=False,
                        help_text="Forecasts compare days by their distance from the New Year.",
                        verbose_name="buys around the Chinese New Year",
                    ),
                ),
                (
                    "claim_days",
                    models.PositiveSmallIntegerField(
                        db_default=7,
                        default=7,
                        help_text="Within so many days after the receipt a delivery claim is to be decided.",
                        verbose_name="days to decide a delivery claim",
                    ),
                ),
                (
                    "receipt_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="So many days after the delivery a shipment counts as received whole. Leave blank to switch it off.",
                        null=True,
                        verbose_name="days until receipt by itself",
                    ),
                ),
                (
                    "credit_hold_days",
                    models.PositiveSmallIntegerField(
                        db_default=3,
                        default=3,
                        help_text="An order that is over the credit limit gives its stock back after so many days.",
                        verbose_name="days of stock over the credit limit",
                    ),
                ),
                ("is_default", models.BooleanField(default=True, verbose_name="default")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="from currency"
                    ),
                ),
                (
                    "to_currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="to currency"
                    ),
                ),
                ("valid_on", models.DateField(verbose_name="valid from")),
                ("rate", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="exchange rate")),
            ],
            options={
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
                "ordering": ["from_currency", "to_currency", "-valid_on"],
            },
        ),
        migrations.CreateModel(
            name="ExchangeRateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "from_currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="from currency"
                    ),
                ),
                (
                    "to_currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="to currency"
                    ),
                ),
                ("valid_on", models.DateField(verbose_name="valid from")),
                ("rate", models.DecimalField(decimal_places=12, max_digits=24, verbose_name="exchange rate")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("order", "Order"),
                            ("order_group", "Group of orders"),
                            ("shipment", "Shipment"),
                            ("agreement", "Agreement"),
                            ("application", "Application"),
                            ("distributor", "Distributor"),
                            ("outlet", "Outlet"),
                            ("transfer", "Transfer"),
                            ("stock_count", "Stock count"),
                            ("scrap", "Scrap"),
                            ("stock_block", "Blocked stock"),
                            ("delivery_claim", "Delivery claim"),
                            ("return", "Return"),
                            ("waybill", "Waybill"),
                            ("wave", "Wave"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The document's calendar year. Leave blank for every year.",
                        null=True,
                        verbose_name="year",
                    ),
                ),
                ("prefix", models.CharField(max_length=12, verbose_name="prefix")),
                ("width", models.PositiveSmallIntegerField(default=6, verbose_name="digits")),
                ("next_number", models.PositiveBigIntegerField(default=1, verbose_name="next number")),
                ("gapless", models.BooleanField(default=False, verbose_name="without gaps")),
            ],
            options={
                "verbose_name": "number series",
                "verbose_name_plural": "number series",
                "ordering": ["company", "kind", "year"],
            },
        ),
        migrations.CreateModel(
            name="TaxCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "rate",
                    models.DecimalField(decimal_places=6, help_text="0.13 is 13%.", max_digits=7, verbose_name="rate"),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
            ],
            options={
                "verbose_name": "tax code",
                "verbose_name_plural": "tax codes",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="TaxCodeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "rate",
                    models.DecimalField(decimal_places=6, help_text="0.13 is 13%.", max_digits=7, verbose_name="rate"),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkingCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "weekdays",
                    models.CharField(
                        default="12345",
                        help_text="1 is Monday, 7 is Sunday: 12345 is Monday to Friday.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-7]+$", "Enter digits from 1 (Monday) to 7 (Sunday)."
                            )
                        ],
                        verbose_name="working weekdays",
                    ),
                ),
            ],
            options={
                "verbose_name": "working calendar",
                "verbose_name_plural": "working calendars",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="BusinessYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=16, verbose_name="code")),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
            ],
            options={
                "verbose_name": "business year",
                "verbose_name_plural": "business years",
                "ordering": ["starts_on"],
                "constraints": [
                    core.codes.CodeConstraint(core.codes.NormalCode("code"), name="business_year_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="business_year_dates",
                        violation_error_message="The end date must not be before the start date.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            )
                        ],
                        name="business_years_apart",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BusinessPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="company.businessyear",
                        verbose_name="business year",
                    ),
                ),
            ],
            options={
                "verbose_name": "business period",
                "verbose_name_plural": "business periods",
                "ordering": ["starts_on"],
            },
        ),
        migrations.CreateModel(
            name="Company",
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
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "logo",
                    models.FileField(
                        blank=True,
                        editable=False,
                        help_text="It stands on printed documents.",
                        upload_to="logos/",
                        verbose_name="logo",
                    ),
                ),
                ("tax_number", models.CharField(blank=True, max_length=64, verbose_name="tax number")),
                (
                    "follows_chinese_new_year",
                    models.BooleanField(
                        default=False,
                        help_text="Forecasts compare days by their distance from the New Year.",
                        verbose_name="buys around the Chinese New Year",
                    ),
                ),
                (
                    "claim_days",
                    models.PositiveSmallIntegerField(
                        db_default=7,
                        default=7,
                        help_text="Within so many days after the receipt a delivery claim is to be decided.",
                        verbose_name="days to decide a delivery claim",
                    ),
                ),
                (
                    "receipt_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="So many days after the delivery a shipment counts as received whole. Leave blank to switch it off.",
                        null=True,
                        verbose_name="days until receipt by itself",
                    ),
                ),
                (
                    "credit_hold_days",
                    models.PositiveSmallIntegerField(
                        db_default=3,
                        default=3,
                        help_text="An order that is over the credit limit gives its stock back after so many days.",
                        verbose_name="days of stock over the credit limit",
                    ),
                ),
                ("is_default", models.BooleanField(default=True, verbose_name="default")),
            ],
            options={
                "verbose_name": "company",
                "verbose_name_plural": "companies",
                "ordering": ["code"],
                "constraints": [
                    core.codes.CodeConstraint(core.codes.NormalCode("code"), name="company_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                        name="company_currency_iso",
                        violation_error_message="A currency is three capital letters.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("is_default",), name="company_one_default"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claim_days__gte", 1), ("claim_days__lte", 365)), name="company_claim_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receipt_days__isnull", True),
                            models.Q(("receipt_days__gte", 1), ("receipt_days__lte", 365)),
                            _connector="OR",
                        ),
                        name="company_receipt_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit_hold_days__gte", 1), ("credit_hold_days__lte", 365)),
                        name="company_credit_hold_days",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="1319ccab5ac56ff768543a59cc6e44c7f30f5cbc",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_1948b",
                    table="company_company",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_currency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."currency" IS DISTINCT FROM (NEW."currency"))',
                    func="RAISE EXCEPTION 'company_currency_frozen' USING ERRCODE = '23514', CONSTRAINT = 'company_currency_frozen';",
                    hash="a1e7d6e3421829e7b55edae186546d57be2550bd",
                    operation="UPDATE",
                    pgid="pgtrigger_freeze_currency_817c7",
                    table="company_company",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "company_companyevent" ("address", "claim_days", "code", "country", "credit_hold_days", "currency", "follows_chinese_new_year", "id", "is_default", "logo", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "receipt_days", "tax_number") VALUES (NEW."address", NEW."claim_days", NEW."code", NEW."country", NEW."credit_hold_days", NEW."currency", NEW."follows_chinese_new_year", NEW."id", NEW."is_default", NEW."logo", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."receipt_days", NEW."tax_number"); RETURN NULL;',
                    hash="d1ec6e0a8efafc0294d7af93722df31d70c8588b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bd932",
                    table="company_company",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="company",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."claim_days" IS DISTINCT FROM (NEW."claim_days") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."credit_hold_days" IS DISTINCT FROM (NEW."credit_hold_days") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."follows_chinese_new_year" IS DISTINCT FROM (NEW."follows_chinese_new_year") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."logo" IS DISTINCT FROM (NEW."logo") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."receipt_days" IS DISTINCT FROM (NEW."receipt_days") OR OLD."tax_number" IS DISTINCT FROM (NEW."tax_number"))',
                    func='INSERT INTO "company_companyevent" ("address", "claim_days", "code", "country", "credit_hold_days", "currency", "follows_chinese_new_year", "id", "is_default", "logo", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "receipt_days", "tax_number") VALUES (NEW."address", NEW."claim_days", NEW."code", NEW."country", NEW."credit_hold_days", NEW."currency", NEW."follows_chinese_new_year", NEW."id", NEW."is_default", NEW."logo", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."receipt_days", NEW."tax_number"); RETURN NULL;',
                    hash="c962139b7004fd254a14ba40560be0ebad6bee2e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f1fc9",
                    table="company_company",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="companyevent",
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
            model_name="companyevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="company.company",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_currency__regex", "^[A-Z]{3}$")),
                name="exchange_rate_from_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_currency__regex", "^[A-Z]{3}$")),
                name="exchange_rate_to_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_currency", models.F("from_currency")), _negated=True),
                name="exchange_rate_two_currencies",
                violation_error_message="A rate needs two different currencies.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__gt", 0)),
                name="exchange_rate_positive",
                violation_error_message="A rate must be greater than zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exchangerate",
            constraint=models.UniqueConstraint(
                fields=("from_currency", "to_currency", "valid_on"), name="exchange_rate_one_per_day"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "company_exchangerateevent" ("from_currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "to_currency", "valid_on") VALUES (NEW."from_currency", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."to_currency", NEW."valid_on"); RETURN NULL;',
                    hash="981c573a363b45b13bd5449970ec1fe561b1f37d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9da61",
                    table="company_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exchangerate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "company_exchangerateevent" ("from_currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "to_currency", "valid_on") VALUES (NEW."from_currency", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."to_currency", NEW."valid_on"); RETURN NULL;',
                    hash="a84b156512193b435b15b98d8e2603b4394929da",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b7815",
                    table="company_exchangerate",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="exchangerateevent",
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
            model_name="exchangerateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="company.exchangerate",
            ),
        ),
        migrations.AddField(
            model_name="numberseries",
            name="company",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="number_series",
                to="company.company",
                verbose_name="company",
            ),
        ),
        migrations.AddConstraint(
            model_name="taxcode",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="tax_code_once"),
        ),
        migrations.AddConstraint(
            model_name="taxcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("rate__gte", 0), ("rate__lt", 1)),
                name="tax_code_rate",
                violation_error_message="Enter the tax rate as a share from 0 to below 1, such as 0.13.",
            ),
        ),
        migrations.AddConstraint(
            model_name="taxcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="tax_code_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taxcode",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "company_taxcodeevent" ("code", "country", "ends_on", "id", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "starts_on") VALUES (NEW."code", NEW."country", NEW."ends_on", NEW."id", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."starts_on"); RETURN NULL;',
                    hash="26380b5a359fc57d840c6fc3f7fbd89f1f2c6357",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ec2df",
                    table="company_taxcode",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="taxcode",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "company_taxcodeevent" ("code", "country", "ends_on", "id", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "starts_on") VALUES (NEW."code", NEW."country", NEW."ends_on", NEW."id", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."starts_on"); RETURN NULL;',
                    hash="e43ffc1324012d38dc4c16da78fc9dea71a3216e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c34cc",
                    table="company_taxcode",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="taxcodeevent",
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
            model_name="taxcodeevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="company.taxcode",
            ),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="working_calendar_code_once"),
        ),
        migrations.AddConstraint(
            model_name="workingcalendar",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__regex", "^[1-7]+$")),
                name="working_calendar_weekdays",
                violation_error_message="Enter digits from 1 (Monday) to 7 (Sunday).",
            ),
        ),
        migrations.AddField(
            model_name="calendarday",
            name="calendar",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="days",
                to="company.workingcalendar",
                verbose_name="working calendar",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessperiod",
            constraint=models.UniqueConstraint(fields=("year", "number"), name="business_period_number"),
        ),
        migrations.AddConstraint(
            model_name="businessperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="business_period_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    )
                ],
                name="business_periods_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "order",
                            "order_group",
                            "shipment",
                            "agreement",
                            "application",
                            "distributor",
                            "outlet",
                            "transfer",
                            "stock_count",
                            "scrap",
                            "stock_block",
                            "delivery_claim",
                            "return",
                            "waybill",
                            "wave",
                        ],
                    )
                ),
                name="number_series_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.CheckConstraint(condition=models.Q(("width__lte", 12)), name="number_series_width"),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_number__gte", 1)), name="number_series_next_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(
                fields=("company", "kind", "year"), name="number_series_once", nulls_distinct=False
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="numberseries",
            trigger=pgtrigger.compiler.Trigger(
                name="make_sequence",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT NEW."gapless")',
                    func="EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', 'company_number_' || NEW.id); PERFORM setval(('company_number_' || NEW.id)::regclass, NEW.next_number, false); RETURN NULL;",
                    hash="1e3816a6bf66aa5a368821e3b302210c9fd210df",
                    operation="INSERT",
                    pgid="pgtrigger_make_sequence_b5fce",
                    table="company_numberseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="numberseries",
            trigger=pgtrigger.compiler.Trigger(
                name="drop_sequence",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT OLD."gapless")',
                    func="EXECUTE format('DROP SEQUENCE IF EXISTS %I', 'company_number_' || OLD.id); RETURN NULL;",
                    hash="69cdced5325a78c5d509e25fce3ac469d7c62c74",
                    operation="DELETE",
                    pgid="pgtrigger_drop_sequence_3e396",
                    table="company_numberseries",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="numberseries",
            trigger=pgtrigger.compiler.Trigger(
                name="never_back",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."next_number" > (NEW."next_number") OR OLD."gapless" IS DISTINCT FROM (NEW."gapless") OR OLD."company_id" IS DISTINCT FROM (NEW."company_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind"))',
                    func="RAISE EXCEPTION 'number_series_never_back' USING ERRCODE = '23514', CONSTRAINT = 'number_series_never_back';",
                    hash="d4312d346c15cafa6eec90585c36e8e1ac5d4eb0",
                    operation="UPDATE",
                    pgid="pgtrigger_never_back_c9d77",
                    table="company_numberseries",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(fields=("calendar", "day"), name="calendar_day_once"),
        ),
    ]
