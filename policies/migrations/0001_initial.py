import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.initial_migration import InitialMigration


class Migration(InitialMigration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.PositiveIntegerField(db_default=1, default=1, editable=False, verbose_name="version"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("announcement", "Announcement"), ("policy", "Policy")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "In force"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_zh", models.CharField(blank=True, max_length=200, verbose_name="Chinese title")),
                ("body", models.TextField(verbose_name="text")),
                ("body_zh", models.TextField(blank=True, verbose_name="Chinese text")),
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
                    "not_addressed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="not addressed",
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("accountant", "Distributor accountant"),
                                ("buyer", "Distributor buyer"),
                                ("keeper", "Distributor warehouse keeper"),
                                ("owner", "Distributor owner"),
                            ],
                            max_length=16,
                        ),
                        default=list,
                        size=None,
                        verbose_name="roles",
                    ),
                ),
                ("needs_acknowledgement", models.BooleanField(default=False, verbose_name="must be acknowledged")),
                ("blocks_orders", models.BooleanField(default=False, verbose_name="blocks new orders")),
                ("grace_days", models.PositiveSmallIntegerField(default=14, verbose_name="days to acknowledge")),
                (
                    "remind_every_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="days between reminders"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                (
                    "brands",
                    models.ManyToManyField(blank=True, related_name="+", to="catalogue.brand", verbose_name="brands"),
                ),
                (
                    "distributors",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="accounts.distributor", verbose_name="distributors"
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="policies.announcement",
                        verbose_name="supersedes",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                (
                    "territories",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="accounts.territory", verbose_name="territories"
                    ),
                ),
                (
                    "tiers",
                    models.ManyToManyField(blank=True, related_name="+", to="accounts.tier", verbose_name="tiers"),
                ),
            ],
            options={
                "verbose_name": "announcement",
                "verbose_name_plural": "announcements",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["announcement", "policy"])), name="announcement_kind_legal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published", "superseded", "withdrawn"])),
                        name="announcement_status_legal",
                    ),
                    models.CheckConstraint(
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
                        name="announcement_channel_kinds_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("roles__contained_by", ["accountant", "buyer", "keeper", "owner"]),
                            models.Q(("roles", []), _negated=True),
                        ),
                        name="announcement_roles_legal",
                        violation_error_message="Choose at least one role.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blocks_orders", False),
                            models.Q(("kind", "policy"), ("needs_acknowledgement", True)),
                            _connector="OR",
                        ),
                        name="announcement_blocks_what_is_acknowledged",
                        violation_error_message="Only a policy that must be acknowledged can block orders.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("status", "draft")),
                            models.Q(
                                models.Q(("status", "draft"), _negated=True),
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="announcement_published_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous__isnull", True), ("revision", 1)),
                            models.Q(("previous__isnull", False), ("revision__gt", 1)),
                            _connector="OR",
                        ),
                        name="announcement_revision_has_previous",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("remind_every_days__gte", 1)), name="announcement_reminds_daily_at_most"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnouncementFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="policies.announcement",
                        verbose_name="announcement",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an announcement",
                "verbose_name_plural": "files of announcements",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)),
                        name="announcement_file_hashed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnouncementRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_at", models.DateTimeField(verbose_name="sent at")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be acknowledged by")),
                ("blocks_on", models.DateField(blank=True, null=True, verbose_name="blocks orders from")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="reminded on")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="acknowledged at")),
                ("acknowledged_name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                (
                    "acknowledged_role",
                    models.CharField(
                        blank=True,
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
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="acknowledged by",
                    ),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="policies.announcement",
                        verbose_name="announcement",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient of an announcement",
                "verbose_name_plural": "recipients of announcements",
                "ordering": ["announcement", "distributor"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("acknowledged_at__isnull", True), ("blocks_on__isnull", False)),
                        fields=["distributor", "blocks_on"],
                        name="recipient_blocked",
                    ),
                    models.Index(
                        condition=models.Q(("acknowledged_at__isnull", True)), fields=["due_on"], name="recipient_due"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("announcement", "distributor"), name="recipient_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("acknowledged_at__isnull", True),
                                ("acknowledged_by__isnull", True),
                                ("acknowledged_name", ""),
                                ("acknowledged_role", ""),
                            ),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("acknowledged_by__isnull", False),
                                models.Q(("acknowledged_name", ""), _negated=True),
                                ("acknowledged_role__in", ["accountant", "buyer", "keeper", "owner"]),
                            ),
                            _connector="OR",
                        ),
                        name="recipient_acknowledged_by_name",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="announcement",
            trigger=pgtrigger.compiler.Trigger(
                name="count_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.version = OLD.version + 1; RETURN NEW;",
                    hash="30c46fdf8b2325d8dab4f23a1a5446f624d9c173",
                    operation="UPDATE",
                    pgid="pgtrigger_count_versions_80d23",
                    table="policies_announcement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="announcement",
            trigger=pgtrigger.compiler.Trigger(
                name="freeze_announcement",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft' OR (OLD.kind, OLD.revision, OLD.previous_id, OLD.title, OLD.title_zh, OLD.body, OLD.body_zh, OLD.channel_kinds, OLD.roles, OLD.needs_acknowledgement, OLD.blocks_orders, OLD.grace_days, OLD.remind_every_days, OLD.published_at, OLD.published_by_id, OLD.not_addressed) IS DISTINCT FROM (NEW.kind, NEW.revision, NEW.previous_id, NEW.title, NEW.title_zh, NEW.body, NEW.body_zh, NEW.channel_kinds, NEW.roles, NEW.needs_acknowledgement, NEW.blocks_orders, NEW.grace_days, NEW.remind_every_days, NEW.published_at, NEW.published_by_id, NEW.not_addressed))\nTHEN RAISE EXCEPTION 'announcement_frozen' USING ERRCODE = '23514', CONSTRAINT = 'announcement_frozen'; END IF;\nIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\nRETURN NEW;\n",
                    hash="7d36630a91fea2a7d0fd32243e0e1822bfa7ef9e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_freeze_announcement_6bef2",
                    table="policies_announcement",
                    when="BEFORE",
                ),
            ),
        ),
    ]
