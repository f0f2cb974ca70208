import catalogue.querysets
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION catalogue_normal_code(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN upper(upper(regexp_replace(normalize(written, NFKC), '[[:space:]\\u00AD\\u034F\\u061C\\u115F\\u1160\\u180B-\\u180F\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0]+', '', 'g') COLLATE \"C\") COLLATE \"default\")",
            "DROP FUNCTION catalogue_normal_code(text)",
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
            ],
            options={
                "verbose_name": "brand",
                "verbose_name_plural": "brands",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="catalogue.category",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="category_not_its_own_parent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "barcode",
                    models.CharField(blank=True, max_length=64, null=True, unique=True, verbose_name="barcode"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "On sale"), ("paused", "Paused"), ("discontinued", "Discontinued")],
                        default="active",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("unit", models.CharField(default="pcs", max_length=16, verbose_name="unit")),
                ("pack_size", models.PositiveIntegerField(default=1, verbose_name="pack size")),
                ("minimum_quantity", models.PositiveIntegerField(default=1, verbose_name="minimum quantity")),
                ("order_multiple", models.PositiveIntegerField(default=1, verbose_name="order multiple")),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="unit cost"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_zh", models.TextField(blank=True, verbose_name="description, in Chinese")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=64, verbose_name="pinyin initials")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Concat(
                                models.F("code"),
                                models.Value("\n"),
                                models.F("barcode"),
                                models.Value("\n"),
                                catalogue.querysets.NormalCode("code"),
                                models.Value("\n"),
                                django.db.models.functions.comparison.Coalesce(
                                    catalogue.querysets.NormalCode("barcode"), models.Value("")
                                ),
                                models.Value("\n"),
                                models.F("name"),
                                models.Value("\n"),
                                models.F("name_zh"),
                                models.Value("\n"),
                                models.F("pinyin"),
                                models.Value("\n"),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "paused", "discontinued"])),
                        name="product_status_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pack_size__gte", 1), ("minimum_quantity__gte", 1), ("order_multiple__gte", 1)
                        ),
                        name="product_steps_positive",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuyingRight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "source_type",
                    models.CharField(
                        blank=True, db_default="", default="", editable=False, max_length=32, verbose_name="source"
                    ),
                ),
                (
                    "source_id",
                    models.BigIntegerField(blank=True, editable=False, null=True, verbose_name="number of the source"),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buying_rights",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "buying right",
                "verbose_name_plural": "buying rights",
                "ordering": ["distributor", "id"],
                "indexes": [
                    models.Index(fields=["distributor", "brand"], name="buying_right_brand"),
                    models.Index(fields=["distributor", "product"], name="buying_right_product"),
                    models.Index(
                        condition=models.Q(("source_type", ""), _negated=True),
                        fields=["source_type", "source_id"],
                        name="buying_right_source",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="buying_right_dates",
                        violation_error_message="The end date must not be before the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("brand__isnull", False), ("product__isnull", True)),
                            models.Q(("brand__isnull", True), ("product__isnull", False)),
                            _connector="OR",
                        ),
                        name="buying_right_brand_or_product",
                    ),
                    models.UniqueConstraint(
                        fields=("distributor", "brand", "product", "starts_on", "source_type", "source_id"),
                        name="buying_right_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_id__isnull", True), ("source_type", "")),
                            models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="buying_right_source_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("code", "Code"),
                            ("barcode", "Barcode"),
                            ("unit_barcode", "Barcode of a unit"),
                            ("own", "Distributor's own code"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=64, verbose_name="code")),
                (
                    "normal",
                    models.GeneratedField(
                        db_persist=True,
                        expression=catalogue.querysets.NormalCode("code"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        blank=True,
                        help_text="The distributor whose own code it is. Leave blank for a shared code.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="product_codes",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "product code",
                "verbose_name_plural": "product codes",
                "ordering": ["product", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["code", "barcode", "unit_barcode", "own"])),
                        name="product_code_kind_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("distributor__isnull", False), ("kind", "own")),
                            models.Q(models.Q(("kind", "own"), _negated=True), ("distributor__isnull", True)),
                            _connector="OR",
                        ),
                        name="product_code_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("normal", ""), _negated=True), name="product_code_not_empty"
                    ),
                    models.UniqueConstraint(
                        fields=("normal", "distributor"), name="product_code_once", nulls_distinct=False
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["code", "barcode"])),
                        fields=("product", "kind"),
                        name="product_code_one_of_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.CharField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                ("barcode", models.CharField(blank=True, max_length=64, null=True, verbose_name="barcode")),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "On sale"), ("paused", "Paused"), ("discontinued", "Discontinued")],
                        default="active",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("unit", models.CharField(default="pcs", max_length=16, verbose_name="unit")),
                ("pack_size", models.PositiveIntegerField(default=1, verbose_name="pack size")),
                ("minimum_quantity", models.PositiveIntegerField(default=1, verbose_name="minimum quantity")),
                ("order_multiple", models.PositiveIntegerField(default=1, verbose_name="order multiple")),
                (
                    "unit_cost",
                    models.DecimalField(
                        decimal_places=4, default=Decimal("0"), max_digits=19, verbose_name="unit cost"
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("description_zh", models.TextField(blank=True, verbose_name="description, in Chinese")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=64, verbose_name="pinyin initials")),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.category",
                        verbose_name="category",
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
                        to="catalogue.product",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="add_codes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nINSERT INTO catalogue_productcode (product_id, kind, code)\nSELECT product.id, kept.kind, kept.code\nFROM made AS product\nCROSS JOIN LATERAL (VALUES ('code', product.code), ('barcode', product.barcode)) AS kept (kind, code)\nWHERE kept.kind = 'code' OR catalogue_normal_code(kept.code) NOT IN ('', catalogue_normal_code(product.code));\nRETURN NULL;\n",
                    hash="672a9168c7f745c1dd52d58c1c50d50270e76f2a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_add_codes_a99c7",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="renew_codes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nDELETE FROM catalogue_productcode AS known USING (\n    SELECT made.id, made.code, made.barcode\n    FROM made JOIN was ON was.id = made.id\n    WHERE (made.code, made.barcode) IS DISTINCT FROM (was.code, was.barcode)\n) AS product\nWHERE known.product_id = product.id AND known.kind IN ('code', 'barcode');\n\nINSERT INTO catalogue_productcode (product_id, kind, code)\nSELECT product.id, kept.kind, kept.code\nFROM (\n    SELECT made.id, made.code, made.barcode\n    FROM made JOIN was ON was.id = made.id\n    WHERE (made.code, made.barcode) IS DISTINCT FROM (was.code, was.barcode)\n) AS product\nCROSS JOIN LATERAL (VALUES ('code', product.code), ('barcode', product.barcode)) AS kept (kind, code)\nWHERE kept.kind = 'code' OR catalogue_normal_code(kept.code) NOT IN ('', catalogue_normal_code(product.code));\nRETURN NULL;\n\n",
                    hash="d4db99eeec5908a408866cc93d112b7764a0a57a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_renew_codes_7d63d",
                    referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS made ",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_productevent" ("barcode", "brand_id", "category_id", "code", "description", "description_zh", "id", "minimum_quantity", "name", "name_zh", "order_multiple", "pack_size", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "status", "unit", "unit_cost") VALUES (NEW."barcode", NEW."brand_id", NEW."category_id", NEW."code", NEW."description", NEW."description_zh", NEW."id", NEW."minimum_quantity", NEW."name", NEW."name_zh", NEW."order_multiple", NEW."pack_size", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pinyin", NEW."status", NEW."unit", NEW."unit_cost"); RETURN NULL;',
                    hash="6061fe594c121da289be3bebec2f1794245a418a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cd102",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."barcode" IS DISTINCT FROM (NEW."barcode") OR OLD."brand_id" IS DISTINCT FROM (NEW."brand_id") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."description_zh" IS DISTINCT FROM (NEW."description_zh") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."minimum_quantity" IS DISTINCT FROM (NEW."minimum_quantity") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."order_multiple" IS DISTINCT FROM (NEW."order_multiple") OR OLD."pack_size" IS DISTINCT FROM (NEW."pack_size") OR OLD."pinyin" IS DISTINCT FROM (NEW."pinyin") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."unit_cost" IS DISTINCT FROM (NEW."unit_cost"))',
                    func='INSERT INTO "catalogue_productevent" ("barcode", "brand_id", "category_id", "code", "description", "description_zh", "id", "minimum_quantity", "name", "name_zh", "order_multiple", "pack_size", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "status", "unit", "unit_cost") VALUES (NEW."barcode", NEW."brand_id", NEW."category_id", NEW."code", NEW."description", NEW."description_zh", NEW."id", NEW."minimum_quantity", NEW."name", NEW."name_zh", NEW."order_multiple", NEW."pack_size", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pinyin", NEW."status", NEW."unit", NEW."unit_cost"); RETURN NULL;',
                    hash="fe41eee6b193ab7bae89cba0f2d55766d2f95560",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0454b",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
    ]
