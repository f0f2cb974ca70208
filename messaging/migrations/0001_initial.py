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
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConversationMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=32, verbose_name="subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject number")),
                ("is_by_brand", models.BooleanField(verbose_name="by the brand owner")),
                ("is_internal", models.BooleanField(verbose_name="internal")),
                ("text", models.TextField(verbose_name="text")),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "distributor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.distributor",
                        verbose_name="distributor",
                    ),
                ),
                (
                    "mentions",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="people mentioned"
                    ),
                ),
            ],
            options={
                "verbose_name": "message of a conversation",
                "verbose_name_plural": "messages of conversations",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["subject_type", "subject_id", "id"], name="message_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_internal", True), ("distributor__isnull", False), _connector="OR"),
                        name="message_for_both_has_distributor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_internal", False), ("is_by_brand", True), _connector="OR"),
                        name="message_internal_is_by_brand",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_type", models.CharField(max_length=32, verbose_name="subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject number")),
                ("message_id", models.BigIntegerField(verbose_name="last message read")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "read state of a conversation",
                "verbose_name_plural": "read states of conversations",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "subject_type", "subject_id"), name="conversation_read_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=260, unique=True, verbose_name="server")),
                ("failures", models.PositiveIntegerField(verbose_name="calls in a row without an answer")),
                ("paused_until", models.DateTimeField(blank=True, null=True, verbose_name="paused until")),
            ],
            options={
                "verbose_name": "server that does not answer",
                "verbose_name_plural": "servers that do not answer",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("failures__gt", 0)), name="endpoint_has_failed")
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("media_type", models.CharField(max_length=80, verbose_name="media type")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="messaging.conversationmessage",
                        verbose_name="message of a conversation",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a message",
                "verbose_name_plural": "files of messages",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)),
                        name="message_file_hashed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=64, verbose_name="kind")),
                ("subject_type", models.CharField(max_length=32, verbose_name="subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject number")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="parameters")),
                (
                    "level",
                    models.CharField(
                        choices=[("info", "For information"), ("action", "To do"), ("warning", "Warning")],
                        default="info",
                        max_length=16,
                        verbose_name="level",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True, verbose_name="acknowledged at")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to="core.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "verbose_name_plural": "notifications",
                "ordering": ["-created_at", "-id"],
                "indexes": [models.Index(fields=["recipient", "-created_at", "-id"], name="notification_recipient")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["info", "action", "warning"])),
                        name="notification_level_legal",
                    ),
                    models.UniqueConstraint(fields=("event", "recipient"), name="notification_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledged_at__isnull", True), ("read_at__isnull", False), _connector="OR"
                        ),
                        name="notification_acknowledged_is_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=32, verbose_name="group")),
                (
                    "channel",
                    models.CharField(
                        choices=[("page", "Page"), ("mail", "E-mail"), ("webhook", "Chat webhook")],
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                ("is_on", models.BooleanField(verbose_name="on")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_preferences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification preference",
                "verbose_name_plural": "notification preferences",
                "ordering": ["person", "group", "channel"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["page", "mail", "webhook"])),
                        name="preference_channel_legal",
                    ),
                    models.UniqueConstraint(fields=("person", "group", "channel"), name="preference_unique"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("page", "Page"), ("mail", "E-mail"), ("webhook", "Chat webhook")],
                        max_length=16,
                        verbose_name="channel",
                    ),
                ),
                ("endpoint", models.CharField(max_length=260, verbose_name="server")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("retrying", "Will be tried again"),
                            ("failed", "Failed"),
                            ("sent", "Sent"),
                            ("skipped", "Not needed any more"),
                        ],
                        db_default="waiting",
                        default="waiting",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="attempts")),
                ("available_at", models.DateTimeField(verbose_name="not before")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed at")),
                ("last_error", models.TextField(blank=True, db_default="", verbose_name="last error")),
                (
                    "repeats",
                    models.PositiveSmallIntegerField(
                        db_default=0,
                        default=0,
                        help_text="How often an administrator had it sent again.",
                        verbose_name="repeats",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "notification",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sendings",
                        to="messaging.notification",
                        verbose_name="notification",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of a notification",
                "verbose_name_plural": "deliveries of notifications",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", True), ("state__in", ("waiting", "retrying"))),
                        fields=["channel", "available_at", "id"],
                        name="sending_due",
                    ),
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", False)), fields=["channel"], name="sending_claimed"
                    ),
                    models.Index(fields=["created_at"], name="sending_created"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["page", "mail", "webhook"])), name="sending_channel_legal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "retrying", "failed", "sent", "skipped"])),
                        name="sending_state_legal",
                    ),
                    models.UniqueConstraint(fields=("notification", "channel"), name="sending_unique_per_channel"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="sending_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claimed_at__isnull", True), ("state__in", ("waiting", "retrying")), _connector="OR"
                        ),
                        name="sending_claimed_is_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wecom", "WeCom"),
                            ("dingtalk", "DingTalk"),
                            ("feishu", "Feishu"),
                            ("generic", "Other (JSON)"),
                        ],
                        max_length=16,
                        verbose_name="chat",
                    ),
                ),
                ("url", models.CharField(max_length=500, verbose_name="webhook address")),
                ("secret", models.CharField(blank=True, max_length=200, verbose_name="signing secret")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chat_address",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "chat webhook",
                "verbose_name_plural": "chat webhooks",
                "ordering": ["person"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["wecom", "dingtalk", "feishu", "generic"])),
                        name="chat_address_kind_legal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"
                        ),
                        name="chat_address_is_web",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversationmessage",
            trigger=pgtrigger.compiler.Trigger(
                name="message_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="9c779dd0e6770b523906f42cc33ca9597af923c4",
                    operation="DELETE",
                    pgid="pgtrigger_message_kept_c6d80",
                    table="messaging_conversationmessage",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conversationmessage",
            trigger=pgtrigger.compiler.Trigger(
                name="message_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF OLD.subject_type IS DISTINCT FROM NEW.subject_type OR OLD.subject_id IS DISTINCT FROM NEW.subject_id OR OLD.distributor_id IS DISTINCT FROM NEW.distributor_id OR OLD.author_id IS DISTINCT FROM NEW.author_id OR OLD.is_by_brand IS DISTINCT FROM NEW.is_by_brand OR OLD.is_internal IS DISTINCT FROM NEW.is_internal OR OLD.text IS DISTINCT FROM NEW.text OR OLD.created_at IS DISTINCT FROM NEW.created_at OR OLD.withdrawn_at IS NOT NULL THEN RAISE EXCEPTION 'message_fixed' USING ERRCODE = '23514', CONSTRAINT = 'message_fixed'; END IF; RETURN NEW;",
                    hash="362e4a26824ebee6e72580e735032174ec936ceb",
                    operation="UPDATE",
                    pgid="pgtrigger_message_fixed_65ec0",
                    table="messaging_conversationmessage",
                    when="BEFORE",
                ),
            ),
        ),
    ]
