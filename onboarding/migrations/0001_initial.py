import company.iso_codes
import core.codes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
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
        ("inventory", "0001_initial"),
        ("pricing", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("number", models.CharField(blank=True, max_length=32, null=True, unique=True, verbose_name="number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("received", "Received"),
                            ("checked", "Documents checked"),
                            ("assessed", "Assessed"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("company_name", models.CharField(max_length=200, verbose_name="company name")),
                (
                    "country",
                    models.CharField(
                        blank=True, max_length=2, validators=[company.iso_codes.check_country], verbose_name="country"
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("tax_number", models.CharField(blank=True, max_length=40, verbose_name="tax number")),
                ("contact_name", models.CharField(max_length=150, verbose_name="contact")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("zh-hans", "Simplified Chinese")],
                        default="en",
                        max_length=16,
                        verbose_name="language",
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
                ("categories", models.CharField(blank=True, max_length=300, verbose_name="categories")),
                ("sales_staff", models.PositiveIntegerField(blank=True, null=True, verbose_name="sales staff")),
                (
                    "warehouse_area",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="warehouse area in m²"),
                ),
                (
                    "years_in_business",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="years in business"),
                ),
                ("present_brands", models.CharField(blank=True, max_length=300, verbose_name="present brands")),
                ("message", models.TextField(blank=True, max_length=5000, verbose_name="message")),
                ("secret_hash", models.CharField(max_length=64, unique=True, verbose_name="hash of the link")),
                ("link_expires_at", models.DateTimeField(verbose_name="link expires at")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("covered", "The territory is covered"),
                            ("documents", "The documents are incomplete or not valid"),
                            ("score", "Another applicant fits better"),
                            ("duplicate", "There is an application or an agreement already"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("refusal_text", models.CharField(blank=True, max_length=1000, verbose_name="reason in words")),
                ("question", models.CharField(blank=True, max_length=1000, verbose_name="what is still needed")),
                (
                    "company_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                django.db.models.functions.text.Lower(models.F("company_name")),
                                models.Value(
                                    "(有限责任公司|股份有限公司|有限公司|公司|\\m(co|company|corp|corporation|inc|incorporated|ltd|limited|llc|gmbh|plc|sa)\\M\\.?)"
                                ),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                                output_field=models.TextField(),
                            ),
                            models.Value("[^[:alnum:]]"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "tax_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Lower(models.F("tax_number")),
                            models.Value("[^[:alnum:]]"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "phone_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.Func(
                                models.F("phone"),
                                models.Value("[^0-9]"),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                                output_field=models.TextField(),
                            ),
                            models.Value(8),
                            function="right",
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=64, verbose_name="pinyin initials")),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Concat(
                                models.F("company_name"),
                                models.Value("\n"),
                                models.F("pinyin"),
                                models.Value("\n"),
                                models.F("contact_name"),
                                models.Value("\n"),
                                models.F("city"),
                                models.Value("\n"),
                                models.F("tax_number"),
                                models.Value("\n"),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "assessed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assessed by",
                    ),
                ),
                (
                    "brands",
                    models.ManyToManyField(blank=True, related_name="+", to="catalogue.brand", verbose_name="brands"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "distributor",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
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
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Onboarding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                ("started_on", models.DateField(verbose_name="started on")),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ready to order since")),
                (
                    "application",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onboarding",
                        to="onboarding.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "distributor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="onboarding",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opened by",
                    ),
                ),
            ],
            options={
                "verbose_name": "onboarding",
                "verbose_name_plural": "onboardings",
                "ordering": ["-started_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="OnboardingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("task", "Step"), ("training", "Training")],
                        default="task",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("brand", "Brand"), ("distributor", "Distributor")], max_length=16, verbose_name="side"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("is_required", models.BooleanField(default=True, verbose_name="required before the first order")),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="months that a certificate is valid"
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "onboarding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="onboarding.onboarding",
                        verbose_name="onboarding",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an onboarding",
                "verbose_name_plural": "steps of onboardings",
                "ordering": ["onboarding", "position"],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course", models.CharField(max_length=200, verbose_name="training")),
                ("holder", models.CharField(max_length=150, verbose_name="who was trained")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "warned_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="warned so many days ahead"),
                ),
                ("lapsed_at", models.DateTimeField(blank=True, null=True, verbose_name="lapse recorded at")),
                ("file", models.FileField(blank=True, upload_to="certificates/%Y/%m/", verbose_name="file")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="file name")),
                ("file_type", models.CharField(blank=True, max_length=80, verbose_name="media type")),
                ("file_hash", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="certificates",
                        to="onboarding.onboardingstep",
                        verbose_name="training",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["distributor", "course", "-issued_on"],
            },
        ),
        migrations.CreateModel(
            name="ScreeningPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(unique=True, verbose_name="revision")),
                ("reputation", models.PositiveSmallIntegerField(verbose_name="reputation")),
                ("capability", models.PositiveSmallIntegerField(verbose_name="capability")),
                ("resources", models.PositiveSmallIntegerField(verbose_name="resources")),
                ("market_coverage", models.PositiveSmallIntegerField(verbose_name="market coverage")),
                ("sales_ability", models.PositiveSmallIntegerField(verbose_name="sales ability")),
                ("service_quality", models.PositiveSmallIntegerField(verbose_name="service quality")),
                (
                    "needs_second_person",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever finishes an assessment neither approves nor refuses the application.",
                        verbose_name="another person decides",
                    ),
                ),
                ("set_at", models.DateTimeField(verbose_name="set at")),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
            ],
            options={
                "verbose_name": "weights of the screening",
                "verbose_name_plural": "weights of the screening",
                "ordering": ["-revision"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="onboarding.screeningpolicy",
                verbose_name="weights",
            ),
        ),
        migrations.CreateModel(
            name="Template",
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
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[company.iso_codes.check_currency], verbose_name="currency"
                    ),
                ),
                ("lead_days", models.PositiveSmallIntegerField(default=7, verbose_name="lead time in days")),
                ("term_months", models.PositiveSmallIntegerField(default=12, verbose_name="months of the agreement")),
                ("grace_days", models.PositiveSmallIntegerField(default=30, verbose_name="days of grace")),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days of payment"),
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
                    "order_minimum_amount",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=19, null=True, verbose_name="order minimum"
                    ),
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
                    "freight_terms",
                    models.CharField(
                        choices=[
                            ("seller", "Paid by the seller"),
                            ("buyer", "Paid by the distributor"),
                            ("collected", "Collected by the distributor"),
                        ],
                        default="seller",
                        max_length=16,
                        verbose_name="freight",
                    ),
                ),
                ("clauses", models.TextField(blank=True, verbose_name="further clauses")),
                ("brands", models.ManyToManyField(related_name="+", to="catalogue.brand", verbose_name="brands")),
                (
                    "price_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pricing.pricelist",
                        verbose_name="price list",
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
                (
                    "warehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inventory.warehouse",
                        verbose_name="supplied from",
                    ),
                ),
            ],
            options={
                "verbose_name": "onboarding template",
                "verbose_name_plural": "onboarding templates",
                "ordering": ["code"],
            },
        ),
        migrations.AddField(
            model_name="onboarding",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="onboarding.template",
                verbose_name="template",
            ),
        ),
        migrations.CreateModel(
            name="TemplateDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accountable person",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="onboarding.template",
                        verbose_name="template",
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
                "verbose_name": "responsibility of a template",
                "verbose_name_plural": "responsibilities of templates",
                "ordering": ["template", "duty", "territory"],
            },
        ),
        migrations.CreateModel(
            name="TemplateStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("task", "Step"), ("training", "Training")],
                        default="task",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("brand", "Brand"), ("distributor", "Distributor")],
                        default="brand",
                        max_length=16,
                        verbose_name="side",
                    ),
                ),
                ("due_days", models.PositiveSmallIntegerField(default=14, verbose_name="due after days")),
                ("is_required", models.BooleanField(default=True, verbose_name="required before the first order")),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Of trainings. Leave blank where it never runs out.",
                        null=True,
                        verbose_name="months that a certificate is valid",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="onboarding.template",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a template",
                "verbose_name_plural": "steps of templates",
                "ordering": ["template", "position"],
            },
        ),
        migrations.CreateModel(
            name="ApplicationFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("licence", "Business licence"),
                            ("tax", "Tax registration"),
                            ("bank", "Bank details"),
                            ("premises", "Warehouse or premises"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("unchecked", "Not checked"), ("valid", "Valid"), ("invalid", "Not valid")],
                        default="unchecked",
                        max_length=16,
                        verbose_name="check",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="onboarding.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of an application",
                "verbose_name_plural": "documents of applications",
                "ordering": ["kind", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)),
                        name="application_file_hashed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["licence", "tax", "bank", "premises", "other"])),
                        name="application_file_kind_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["unchecked", "valid", "invalid"])),
                        name="application_file_state_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("state", "unchecked")),
                            models.Q(
                                models.Q(("state", "unchecked"), _negated=True),
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="application_file_checked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "criterion",
                    models.CharField(
                        choices=[
                            ("reputation", "Reputation"),
                            ("capability", "Capability"),
                            ("resources", "Resources"),
                            ("market_coverage", "Market coverage"),
                            ("sales_ability", "Sales ability"),
                            ("service_quality", "Service quality"),
                        ],
                        max_length=24,
                        verbose_name="criterion",
                    ),
                ),
                ("mark", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="mark")),
                ("evidence_text", models.CharField(max_length=1000, verbose_name="evidence in words")),
                ("evidence", models.FileField(blank=True, upload_to="screening/%Y/%m/", verbose_name="evidence")),
                (
                    "evidence_name",
                    models.CharField(blank=True, max_length=200, verbose_name="file name of the evidence"),
                ),
                (
                    "evidence_type",
                    models.CharField(blank=True, max_length=80, verbose_name="media type of the evidence"),
                ),
                ("evidence_hash", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the evidence")),
                ("marked_at", models.DateTimeField(verbose_name="marked at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="onboarding.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="marked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark of an applicant",
                "verbose_name_plural": "marks of applicants",
                "ordering": ["application", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "criterion"), name="application_mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "criterion__in",
                                [
                                    "reputation",
                                    "capability",
                                    "resources",
                                    "market_coverage",
                                    "sales_ability",
                                    "service_quality",
                                ],
                            )
                        ),
                        name="application_mark_criterion_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mark__gte", Decimal("0")), ("mark__lte", Decimal("100"))),
                        name="application_mark_range",
                        violation_error_message="A mark is from 0 to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence_text", ""), _negated=True), name="application_mark_has_evidence"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="onboardingstep",
            constraint=models.UniqueConstraint(fields=("onboarding", "position"), name="onboarding_step_position_once"),
        ),
        migrations.AddConstraint(
            model_name="onboardingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["task", "training"])), name="onboarding_step_kind_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="onboardingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["brand", "distributor"])), name="onboarding_step_side_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="onboardingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="onboarding_step_done_by_somebody",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["valid_until"], name="certificate_valid_until"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("issued_on")), _connector="OR"
                ),
                name="certificate_dates",
                violation_error_message="A certificate is valid from the day it is issued on.",
            ),
        ),
        migrations.AddConstraint(
            model_name="screeningpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reputation",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(100), "-", models.F("capability")
                                        ),
                                        "-",
                                        models.F("resources"),
                                    ),
                                    "-",
                                    models.F("market_coverage"),
                                ),
                                "-",
                                models.F("sales_ability"),
                            ),
                            "-",
                            models.F("service_quality"),
                        ),
                    )
                ),
                name="screening_weights_add_up",
                violation_error_message="The weights must add up to 100.",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["status", "-submitted_at"], name="application_status"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["territory", "status"], name="application_territory"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["company_key"], name="application_company_key"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "received", "checked", "assessed", "approved", "refused", "withdrawn"])
                ),
                name="application_status_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
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
                name="application_channel_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("refusal_reason__in", ["", "covered", "documents", "score", "duplicate", "other"])),
                name="application_refusal_reason_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone", ""), _negated=True), models.Q(("email", ""), _negated=True), _connector="OR"
                ),
                name="application_can_be_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(("number__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="application_numbered_when_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("distributor__isnull", False), ("status", "approved")),
                    models.Q(models.Q(("status", "approved"), _negated=True), ("distributor__isnull", True)),
                    _connector="OR",
                ),
                name="application_approved_has_distributor",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "refused"),
                        models.Q(("refusal_reason", ""), _negated=True),
                        models.Q(("refusal_text", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "refused"), _negated=True), ("refusal_reason", ""), ("refusal_text", "")
                    ),
                    _connector="OR",
                ),
                name="application_refused_with_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="application",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="f61b16103ad444a73e85b78d0f9759d7cb76e000",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_21529",
                    table="onboarding_application",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=core.codes.CodeConstraint(core.codes.NormalCode("code"), name="onboarding_template_code_once"),
        ),
        migrations.AddConstraint(
            model_name="template",
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
                name="onboarding_template_kind_legal",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")),
                name="onboarding_template_currency_iso",
                violation_error_message="A currency is three capital letters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="template",
            constraint=models.CheckConstraint(
                condition=models.Q(("term_months__gte", 1)), name="onboarding_template_term"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="template",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="a629bcbe237fca5d37be8d59feee9d0818aa4d3d",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_8e3e4",
                    table="onboarding_template",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="onboarding",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="3d5039d36a47847aa29008355d16a93d0eb7bf30",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_dc90a",
                    table="onboarding_onboarding",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="templateduty",
            constraint=models.UniqueConstraint(
                fields=("template", "duty", "territory"),
                name="template_duty_once",
                nulls_distinct=False,
                violation_error_message="This duty has somebody for this territory already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.UniqueConstraint(fields=("template", "position"), name="template_step_position_once"),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["task", "training"])), name="template_step_kind_legal"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["brand", "distributor"])), name="template_step_side_legal"
            ),
        ),
    ]
