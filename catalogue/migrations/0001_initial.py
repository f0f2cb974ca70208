import catalogue.gtin
import core.codes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import re
from decimal import Decimal
from django.db import migrations, models


from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
            ],
            options={
                "verbose_name": "brand",
                "verbose_name_plural": "brands",
                "ordering": ["code"],
                "constraints": [core.codes.CodeConstraint(core.codes.NormalCode("code"), name="brand_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
                    "last_order_on",
                    models.DateField(
                        blank=True,
                        help_text="Orders of later days are refused.",
                        null=True,
                        verbose_name="last day to order",
                    ),
                ),
                (
                    "shelf_life_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="shelf life (days)"),
                ),
                (
                    "tracks_lots",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Every piece of it lies in a lot.",
                        verbose_name="stock by lot",
                    ),
                ),
                (
                    "tracks_serials",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Each piece shipped is recorded by its number.",
                        verbose_name="serial numbers",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="weight (kg)"
                    ),
                ),
                (
                    "volume",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="volume (m³)"
                    ),
                ),
                (
                    "variant",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Keyed by attribute code.",
                        verbose_name="values of the family's attributes",
                    ),
                ),
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
                                core.codes.NormalCode("code"),
                                models.Value("\n"),
                                django.db.models.functions.comparison.Coalesce(
                                    core.codes.NormalCode("barcode"), models.Value("")
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
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        help_text="What is ordered instead, once this product is not ordered any more.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="predecessors",
                        to="catalogue.product",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["code"],
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
            },
        ),
        migrations.CreateModel(
            name="ProductAttribute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    core.codes.CodeField(
                        max_length=32,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="The first makes the rows of a grid, the second its columns.",
                        verbose_name="position",
                    ),
                ),
                (
                    "choices",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="If there are none, values are free text.",
                        verbose_name="values",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attributes",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "attribute of products",
                "verbose_name_plural": "attributes of products",
                "ordering": ["category", "position", "code"],
            },
        ),
        migrations.CreateModel(
            name="ProductAttributeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    core.codes.CodeField(
                        max_length=32,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-a-zA-Z0-9_]+\\Z"),
                                "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="The first makes the rows of a grid, the second its columns.",
                        verbose_name="position",
                    ),
                ),
                (
                    "choices",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="If there are none, values are free text.",
                        verbose_name="values",
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
                        to="catalogue.productattribute",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProductFamily",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="families",
                        to="catalogue.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "product family",
                "verbose_name_plural": "product families",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ProductEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
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
                    "last_order_on",
                    models.DateField(
                        blank=True,
                        help_text="Orders of later days are refused.",
                        null=True,
                        verbose_name="last day to order",
                    ),
                ),
                (
                    "shelf_life_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="shelf life (days)"),
                ),
                (
                    "tracks_lots",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Every piece of it lies in a lot.",
                        verbose_name="stock by lot",
                    ),
                ),
                (
                    "tracks_serials",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Each piece shipped is recorded by its number.",
                        verbose_name="serial numbers",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="weight (kg)"
                    ),
                ),
                (
                    "volume",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="volume (m³)"
                    ),
                ),
                (
                    "variant",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Keyed by attribute code.",
                        verbose_name="values of the family's attributes",
                    ),
                ),
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
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="What is ordered instead, once this product is not ordered any more.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.product",
                        verbose_name="successor",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.productfamily",
                        verbose_name="product family",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="product",
            name="family",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="catalogue.productfamily",
                verbose_name="product family",
            ),
        ),
        migrations.CreateModel(
            name="ProductFamilyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
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
                        to="catalogue.productfamily",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProductFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                ("position", models.PositiveIntegerField(default=1, verbose_name="position")),
                ("alt", models.CharField(blank=True, max_length=200, verbose_name="text instead of the picture")),
                (
                    "alt_zh",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="text instead of the picture, in Chinese"
                    ),
                ),
                (
                    "thumbnail",
                    models.FileField(
                        blank=True, editable=False, upload_to="thumbnails/%Y/%m/", verbose_name="small picture"
                    ),
                ),
                (
                    "thumbnail_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="small picture tried at"),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a product",
                "verbose_name_plural": "files of products",
                "ordering": ["product", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProductUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(help_text="Such as case, carton or pallet.", max_length=16, verbose_name="unit"),
                ),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                (
                    "barcode",
                    models.CharField(
                        blank=True,
                        help_text="A GTIN of 8, 12, 13 or 14 digits.",
                        max_length=14,
                        null=True,
                        verbose_name="barcode",
                    ),
                ),
                (
                    "is_default",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Offered first when ordering.",
                        verbose_name="usual unit of orders",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="weight (kg)"
                    ),
                ),
                (
                    "volume",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="volume (m³)"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="catalogue.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit of a product",
                "verbose_name_plural": "units of products",
                "ordering": ["product", "pieces", "code"],
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
                            ("further_barcode", "Further barcode"),
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
                        db_persist=True, expression=core.codes.NormalCode("code"), output_field=models.TextField()
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
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="The unit that the code stands for. Leave blank for a piece.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="catalogue.productunit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "product code",
                "verbose_name_plural": "product codes",
                "ordering": ["product", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProductUnitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.CharField(help_text="Such as case, carton or pallet.", max_length=16, verbose_name="unit"),
                ),
                ("pieces", models.PositiveIntegerField(verbose_name="pieces")),
                (
                    "barcode",
                    models.CharField(
                        blank=True,
                        help_text="A GTIN of 8, 12, 13 or 14 digits.",
                        max_length=14,
                        null=True,
                        verbose_name="barcode",
                    ),
                ),
                (
                    "is_default",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Offered first when ordering.",
                        verbose_name="usual unit of orders",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=12, null=True, verbose_name="weight (kg)"
                    ),
                ),
                (
                    "volume",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=12, null=True, verbose_name="volume (m³)"
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
                        to="catalogue.productunit",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="category_code_once"),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="category_not_its_own_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="buyingright",
            index=models.Index(fields=["distributor", "brand"], name="buying_right_brand"),
        ),
        migrations.AddIndex(
            model_name="buyingright",
            index=models.Index(fields=["distributor", "product"], name="buying_right_product"),
        ),
        migrations.AddIndex(
            model_name="buyingright",
            index=models.Index(
                condition=models.Q(("source_type", ""), _negated=True),
                fields=["source_type", "source_id"],
                name="buying_right_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingright",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="buying_right_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingright",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("brand__isnull", False), ("product__isnull", True)),
                    models.Q(("brand__isnull", True), ("product__isnull", False)),
                    _connector="OR",
                ),
                name="buying_right_brand_or_product",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingright",
            constraint=models.UniqueConstraint(
                fields=("distributor", "brand", "product", "starts_on", "source_type", "source_id"),
                name="buying_right_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingright",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source_id__isnull", True), ("source_type", "")),
                    models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                    _connector="OR",
                ),
                name="buying_right_source_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="productattribute",
            constraint=core.codes.CodeConstraint(
                models.F("category"), core.codes.NormalCode("code"), name="product_attribute_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="productattribute",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="product_attribute_position"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productattribute",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_productattributeevent" ("category_id", "choices", "code", "id", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."category_id", NEW."choices", NEW."code", NEW."id", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="805f0d60f8d19c77096621a0d53c495939c0eb70",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ab65b",
                    table="catalogue_productattribute",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productattribute",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_productattributeevent" ("category_id", "choices", "code", "id", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."category_id", NEW."choices", NEW."code", NEW."id", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                    hash="b20cd0f2ce536b5ccfdc0d74ed6da5c9922c3cc1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d3b91",
                    table="catalogue_productattribute",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="productfamily",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="product_family_code_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_productfamilyevent" ("category_id", "code", "id", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."category_id", NEW."code", NEW."id", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="dc3813bd139a83616feafbab702709f1225c198e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3a380",
                    table="catalogue_productfamily",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productfamily",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_productfamilyevent" ("category_id", "code", "id", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."category_id", NEW."code", NEW."id", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="9357d8ef351cb95800f0f2f4d87cd6eb8b3a7f20",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_db635",
                    table="catalogue_productfamily",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["code"], name="product_in_order"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(core.codes.NormalCode("code"), name="product_by_code"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["active", "paused", "discontinued"])), name="product_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("pack_size__gte", 1), ("minimum_quantity__gte", 1), ("order_multiple__gte", 1)),
                name="product_steps_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weight__isnull", True), ("weight__gt", 0), _connector="OR"),
                    models.Q(("volume__isnull", True), ("volume__gt", 0), _connector="OR"),
                    models.Q(("shelf_life_days__isnull", True), ("shelf_life_days__gt", 0), _connector="OR"),
                ),
                name="product_measures_positive",
                violation_error_message="Enter a number above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True), models.Q(("successor", models.F("id")), _negated=True), _connector="OR"
                ),
                name="product_not_its_own_successor",
                violation_error_message="A product cannot be its own successor.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("family__isnull", False), ("variant", {}), _connector="OR"),
                name="product_variant_of_family",
                violation_error_message="Only products of a family have attribute values.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                condition=models.Q(("variant", {}), _negated=True),
                fields=("family", "variant"),
                name="product_variant_once",
                violation_error_message="The family already has a product with these values.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="product",
            trigger=pgtrigger.compiler.Trigger(
                name="add_codes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nINSERT INTO catalogue_productcode (product_id, kind, code)\nSELECT product.id, kept.kind, kept.code\nFROM made AS product\nCROSS JOIN LATERAL (VALUES ('code', product.code), ('barcode', product.barcode)) AS kept (kind, code)\nWHERE kept.kind = 'code' OR core_normal_code(kept.code) NOT IN ('', core_normal_code(product.code));\nRETURN NULL;\n",
                    hash="5ab967c322887c3b2c055942c5ffb0781690a05a",
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
                    func="\nDELETE FROM catalogue_productcode AS known USING (\n    SELECT made.id, made.code, made.barcode\n    FROM made JOIN was ON was.id = made.id\n    WHERE (made.code, made.barcode) IS DISTINCT FROM (was.code, was.barcode)\n) AS product\nWHERE known.product_id = product.id AND known.kind IN ('code', 'barcode');\n\nINSERT INTO catalogue_productcode (product_id, kind, code)\nSELECT product.id, kept.kind, kept.code\nFROM (\n    SELECT made.id, made.code, made.barcode\n    FROM made JOIN was ON was.id = made.id\n    WHERE (made.code, made.barcode) IS DISTINCT FROM (was.code, was.barcode)\n) AS product\nCROSS JOIN LATERAL (VALUES ('code', product.code), ('barcode', product.barcode)) AS kept (kind, code)\nWHERE kept.kind = 'code' OR core_normal_code(kept.code) NOT IN ('', core_normal_code(product.code));\nRETURN NULL;\n\n",
                    hash="37ca51351a9b3fb0d58095fbec9d888352dbc171",
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
                    func='INSERT INTO "catalogue_productevent" ("barcode", "brand_id", "category_id", "code", "description", "description_zh", "family_id", "id", "last_order_on", "minimum_quantity", "name", "name_zh", "order_multiple", "pack_size", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "shelf_life_days", "status", "successor_id", "tracks_lots", "tracks_serials", "unit", "unit_cost", "variant", "volume", "weight") VALUES (NEW."barcode", NEW."brand_id", NEW."category_id", NEW."code", NEW."description", NEW."description_zh", NEW."family_id", NEW."id", NEW."last_order_on", NEW."minimum_quantity", NEW."name", NEW."name_zh", NEW."order_multiple", NEW."pack_size", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pinyin", NEW."shelf_life_days", NEW."status", NEW."successor_id", NEW."tracks_lots", NEW."tracks_serials", NEW."unit", NEW."unit_cost", NEW."variant", NEW."volume", NEW."weight"); RETURN NULL;',
                    hash="c9fe8e25f35021981b9c3fa07561239ab5833346",
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
                    condition='WHEN (OLD."barcode" IS DISTINCT FROM (NEW."barcode") OR OLD."brand_id" IS DISTINCT FROM (NEW."brand_id") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."description_zh" IS DISTINCT FROM (NEW."description_zh") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_order_on" IS DISTINCT FROM (NEW."last_order_on") OR OLD."minimum_quantity" IS DISTINCT FROM (NEW."minimum_quantity") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."order_multiple" IS DISTINCT FROM (NEW."order_multiple") OR OLD."pack_size" IS DISTINCT FROM (NEW."pack_size") OR OLD."pinyin" IS DISTINCT FROM (NEW."pinyin") OR OLD."shelf_life_days" IS DISTINCT FROM (NEW."shelf_life_days") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."successor_id" IS DISTINCT FROM (NEW."successor_id") OR OLD."tracks_lots" IS DISTINCT FROM (NEW."tracks_lots") OR OLD."tracks_serials" IS DISTINCT FROM (NEW."tracks_serials") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."unit_cost" IS DISTINCT FROM (NEW."unit_cost") OR OLD."variant" IS DISTINCT FROM (NEW."variant") OR OLD."volume" IS DISTINCT FROM (NEW."volume") OR OLD."weight" IS DISTINCT FROM (NEW."weight"))',
                    func='INSERT INTO "catalogue_productevent" ("barcode", "brand_id", "category_id", "code", "description", "description_zh", "family_id", "id", "last_order_on", "minimum_quantity", "name", "name_zh", "order_multiple", "pack_size", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "shelf_life_days", "status", "successor_id", "tracks_lots", "tracks_serials", "unit", "unit_cost", "variant", "volume", "weight") VALUES (NEW."barcode", NEW."brand_id", NEW."category_id", NEW."code", NEW."description", NEW."description_zh", NEW."family_id", NEW."id", NEW."last_order_on", NEW."minimum_quantity", NEW."name", NEW."name_zh", NEW."order_multiple", NEW."pack_size", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pinyin", NEW."shelf_life_days", NEW."status", NEW."successor_id", NEW."tracks_lots", NEW."tracks_serials", NEW."unit", NEW."unit_cost", NEW."variant", NEW."volume", NEW."weight"); RETURN NULL;',
                    hash="1792d603cfe8e0ec928935dd7994eb8c7b1bef54",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0454b",
                    table="catalogue_product",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="productfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)), name="product_file_hashed"
            ),
        ),
        migrations.AddConstraint(
            model_name="productfile",
            constraint=models.CheckConstraint(condition=models.Q(("position__gte", 1)), name="product_file_position"),
        ),
        migrations.AddConstraint(
            model_name="productfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("thumbnail", ""), ("thumbnail_at__gte", models.F("added_at")), _connector="OR"),
                name="product_file_thumbnail_tried",
            ),
        ),
        migrations.AddConstraint(
            model_name="productfile",
            constraint=models.UniqueConstraint(
                fields=("product", "sha256"),
                name="product_file_once",
                violation_error_message="The product already has this file.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productunit",
            constraint=models.UniqueConstraint(fields=("product", "code"), name="product_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="productunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)), fields=("product",), name="product_unit_one_default"
            ),
        ),
        migrations.AddConstraint(
            model_name="productunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("pieces__gte", 2), ("pieces__lte", 1000000)),
                name="product_unit_pieces",
                violation_error_message="A unit has between two and a million pieces.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[^[:space:][:punct:]]+$")),
                name="product_unit_code",
                violation_error_message="A unit is one word of letters and digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("barcode__isnull", True), catalogue.gtin.IsGtin("barcode"), _connector="OR"),
                name="product_unit_gtin",
                violation_error_message="This is no GTIN: it has 8, 12, 13 or 14 digits, and the last one checks the others.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("weight__isnull", True), ("weight__gt", 0), _connector="OR"),
                    models.Q(("volume__isnull", True), ("volume__gt", 0), _connector="OR"),
                ),
                name="product_unit_measures_positive",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="add_barcodes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nINSERT INTO catalogue_productcode (product_id, unit_id, kind, code)\nSELECT unit.product_id, unit.id, 'unit_barcode', unit.barcode FROM made AS unit WHERE unit.barcode IS NOT NULL;\nRETURN NULL;\n",
                    hash="9ba1f43866a0a0d011caa5c626b39ebec1da964f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_add_barcodes_81713",
                    referencing="REFERENCING NEW TABLE AS made ",
                    table="catalogue_productunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="renew_barcodes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nDELETE FROM catalogue_productcode AS known USING (\n    SELECT made.id, made.product_id, made.barcode\n    FROM made JOIN was ON was.id = made.id\n    WHERE (made.barcode, made.product_id) IS DISTINCT FROM (was.barcode, was.product_id)\n) AS unit\nWHERE known.unit_id = unit.id AND known.kind = 'unit_barcode';\n\nINSERT INTO catalogue_productcode (product_id, unit_id, kind, code)\nSELECT unit.product_id, unit.id, 'unit_barcode', unit.barcode FROM (\n    SELECT made.id, made.product_id, made.barcode\n    FROM made JOIN was ON was.id = made.id\n    WHERE (made.barcode, made.product_id) IS DISTINCT FROM (was.barcode, was.product_id)\n) AS unit WHERE unit.barcode IS NOT NULL;\nRETURN NULL;\n\n",
                    hash="bad68fd7085c50c6da43a84153bbfecda2182244",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_renew_barcodes_a38f1",
                    referencing="REFERENCING OLD TABLE AS was  NEW TABLE AS made ",
                    table="catalogue_productunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "catalogue_productunitevent" ("barcode", "code", "id", "is_default", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "product_id", "volume", "weight") VALUES (NEW."barcode", NEW."code", NEW."id", NEW."is_default", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pieces", NEW."product_id", NEW."volume", NEW."weight"); RETURN NULL;',
                    hash="fa24f97311210fd8336dcca4fffcf959620f8a62",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_50be4",
                    table="catalogue_productunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="productunit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "catalogue_productunitevent" ("barcode", "code", "id", "is_default", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pieces", "product_id", "volume", "weight") VALUES (NEW."barcode", NEW."code", NEW."id", NEW."is_default", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pieces", NEW."product_id", NEW."volume", NEW."weight"); RETURN NULL;',
                    hash="860a0cb130634b0f3d91500d00cbd578bfc3013b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_85a82",
                    table="catalogue_productunit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="productcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["code", "barcode", "unit_barcode", "further_barcode", "own"])),
                name="product_code_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="productcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("distributor__isnull", False), ("kind", "own")),
                    models.Q(models.Q(("kind", "own"), _negated=True), ("distributor__isnull", True)),
                    _connector="OR",
                ),
                name="product_code_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="productcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("normal", ""), _negated=True), name="product_code_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="productcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "unit_barcode"), ("unit__isnull", False)),
                    ("kind", "own"),
                    models.Q(models.Q(("kind__in", ["unit_barcode", "own"]), _negated=True), ("unit__isnull", True)),
                    _connector="OR",
                ),
                name="product_code_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="productcode",
            constraint=models.UniqueConstraint(
                fields=("normal", "distributor"), name="product_code_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="productcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["code", "barcode"])),
                fields=("product", "kind"),
                name="product_code_one_of_kind",
            ),
        ),
    ]
