import company.iso_codes
import core.codes
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
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
            name="BusinessDirection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "Product expert"),
                            ("channel", "Channel expert"),
                            ("margin", "Earns by margin"),
                            ("volume", "Earns by volume"),
                        ],
                        max_length=16,
                        verbose_name="direction of business",
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
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                        related_name="directions",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "direction of business",
                "verbose_name_plural": "directions of business",
                "ordering": ["distributor", "kind", "starts_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="BusinessDirectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("product", "Product expert"),
                            ("channel", "Channel expert"),
                            ("margin", "Earns by margin"),
                            ("volume", "Earns by volume"),
                        ],
                        max_length=16,
                        verbose_name="direction of business",
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
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.category",
                        verbose_name="category",
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
                        to="outlets.businessdirection",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Outlet",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("shop", "Shop"),
                            ("supermarket", "Supermarket"),
                            ("chain_store", "Chain store"),
                            ("restaurant", "Restaurant"),
                            ("online_shop", "Online shop"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                        default="planned",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("contact", models.CharField(blank=True, max_length=150, verbose_name="contact person")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("close_reason", models.CharField(blank=True, max_length=300, verbose_name="reason for closing")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=64, verbose_name="pinyin initials")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Concat(
                                models.F("code"),
                                models.Value("\n"),
                                models.F("name"),
                                models.Value("\n"),
                                models.F("name_zh"),
                                models.Value("\n"),
                                models.F("pinyin"),
                                models.Value("\n"),
                                models.F("city"),
                                models.Value("\n"),
                                models.F("contact"),
                                models.Value("\n"),
                                models.F("phone"),
                                models.Value("\n"),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "head_office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="outlets.outlet",
                        verbose_name="head office",
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
                "verbose_name": "outlet",
                "verbose_name_plural": "outlets",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="OutletEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", core.codes.CodeField(max_length=64, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("shop", "Shop"),
                            ("supermarket", "Supermarket"),
                            ("chain_store", "Chain store"),
                            ("restaurant", "Restaurant"),
                            ("online_shop", "Online shop"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                        default="planned",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("contact", models.CharField(blank=True, max_length=150, verbose_name="contact person")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=20, verbose_name="postal code")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("close_reason", models.CharField(blank=True, max_length=300, verbose_name="reason for closing")),
                (
                    "head_office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outlets.outlet",
                        verbose_name="head office",
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
                        to="outlets.outlet",
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
            name="OutletLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlet_links",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="outlets.outlet",
                        verbose_name="outlet",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of an outlet",
                "verbose_name_plural": "links of outlets",
                "ordering": ["outlet", "distributor", "starts_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="OutletLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalogue.brand",
                        verbose_name="brand",
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
                    "outlet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="outlets.outlet",
                        verbose_name="outlet",
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
                        to="outlets.outletlink",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="businessdirection",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["product", "channel", "margin", "volume"])),
                name="direction_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessdirection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("category__isnull", True),
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
                        ("kind", "channel"),
                    ),
                    models.Q(
                        models.Q(("kind", "channel"), _negated=True), ("category__isnull", False), ("channel_kind", "")
                    ),
                    _connector="OR",
                ),
                name="direction_category_or_channel",
                violation_error_message="A channel expert has a channel kind, all else a category.",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessdirection",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="direction_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessdirection",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind__in", ["margin", "volume"])),
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
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="direction_one_aim",
                violation_error_code="agreed_already",
                violation_error_message="Margin or volume is agreed for this category on some of these days.",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessdirection",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind", "product")),
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
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="direction_product_once",
                violation_error_code="agreed_already",
                violation_error_message="This is agreed on some of these days already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="businessdirection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True), ("kind", "channel")),
                fields=("distributor", "channel_kind"),
                name="direction_channel_once",
                violation_error_message="This is agreed on some of these days already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="businessdirection",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="4423c75873858b80cc490e079d1381975fd9461b",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_eda91",
                    table="outlets_businessdirection",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="businessdirection",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outlets_businessdirectionevent" ("category_id", "channel_kind", "distributor_id", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."category_id", NEW."channel_kind", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="8fa22940c5d690906522bef76a85efbc6b708bb6",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9c246",
                    table="outlets_businessdirection",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="businessdirection",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."channel_kind" IS DISTINCT FROM (NEW."channel_kind") OR OLD."distributor_id" IS DISTINCT FROM (NEW."distributor_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "outlets_businessdirectionevent" ("category_id", "channel_kind", "distributor_id", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."category_id", NEW."channel_kind", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="6411841679e8a940ea398ed58d523e366a9cd6e5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3476c",
                    table="outlets_businessdirection",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(fields=["code"], name="outlet_in_order"),
        ),
        migrations.AddIndex(
            model_name="outlet",
            index=models.Index(fields=["status", "code"], name="outlet_status"),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["shop", "supermarket", "chain_store", "restaurant", "online_shop", "other"])
                ),
                name="outlet_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "open", "closed"])), name="outlet_status_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="outlet_code_once"),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(("head_office", models.F("id")), _negated=True),
                name="outlet_not_its_own_head_office",
                violation_error_message="An outlet is not its own head office.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outlet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on__isnull", False),
                        ("status", "closed"),
                        models.Q(("close_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "closed"), _negated=True), ("close_reason", ""), ("closed_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="outlet_closed_with_reason",
                violation_error_message="A closed outlet has its last day and the reason; no other one has them.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outlet",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="80c5ddc5246871a259ea6e970f4066d420332133",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_c507a",
                    table="outlets_outlet",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outlet",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outlets_outletevent" ("address", "city", "close_reason", "closed_on", "code", "contact", "country", "head_office_id", "id", "kind", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "status", "territory_id") VALUES (NEW."address", NEW."city", NEW."close_reason", NEW."closed_on", NEW."code", NEW."contact", NEW."country", NEW."head_office_id", NEW."id", NEW."kind", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_code", NEW."status", NEW."territory_id"); RETURN NULL;',
                    hash="3a55d0a4fd1bd483e22ff2ce695ebf87a9bfcb11",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c7dc5",
                    table="outlets_outlet",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outlet",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."close_reason" IS DISTINCT FROM (NEW."close_reason") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."country" IS DISTINCT FROM (NEW."country") OR OLD."head_office_id" IS DISTINCT FROM (NEW."head_office_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_zh" IS DISTINCT FROM (NEW."name_zh") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."territory_id" IS DISTINCT FROM (NEW."territory_id"))',
                    func='INSERT INTO "outlets_outletevent" ("address", "city", "close_reason", "closed_on", "code", "contact", "country", "head_office_id", "id", "kind", "name", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_code", "status", "territory_id") VALUES (NEW."address", NEW."city", NEW."close_reason", NEW."closed_on", NEW."code", NEW."contact", NEW."country", NEW."head_office_id", NEW."id", NEW."kind", NEW."name", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_code", NEW."status", NEW."territory_id"); RETURN NULL;',
                    hash="35479fc4b230fa7ce4a2e4e95332364df1e169c2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_71b37",
                    table="outlets_outlet",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="outletlink",
            index=models.Index(fields=["distributor", "outlet"], name="outlet_link_of_distributor"),
        ),
        migrations.AddConstraint(
            model_name="outletlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="outlet_link_dates",
                violation_error_message="The end date must not be before the start date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outletlink",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("outlet_id"),
                            models.F("outlet_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
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
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="outlet_link_once",
                violation_error_code="linked_already",
                violation_error_message="The outlet already buys this from this distributor on some of these days.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outletlink",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="dc97d4469718e34b3ceaea491824b81dc785bde5",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_c2f03",
                    table="outlets_outletlink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outletlink",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "outlets_outletlinkevent" ("brand_id", "distributor_id", "ends_on", "id", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."brand_id", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."outlet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="ae0b9511f7c67d562bb6194f365605318f04778a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1681e",
                    table="outlets_outletlink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outletlink",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."brand_id" IS DISTINCT FROM (NEW."brand_id") OR OLD."distributor_id" IS DISTINCT FROM (NEW."distributor_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."outlet_id" IS DISTINCT FROM (NEW."outlet_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))',
                    func='INSERT INTO "outlets_outletlinkevent" ("brand_id", "distributor_id", "ends_on", "id", "outlet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."brand_id", NEW."distributor_id", NEW."ends_on", NEW."id", NEW."outlet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="221190bab1e43dfe10ced57e9d82f152dcc5725e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2af7c",
                    table="outlets_outletlink",
                    when="AFTER",
                ),
            ),
        ),
    ]
