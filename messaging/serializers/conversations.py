"""Messages of conversations as the API shows and takes them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Distributor
from messaging.conversations import LONGEST_TEXT
from messaging.models import ConversationMessage, MessageFile


class MessageFileSerializer(serializers.ModelSerializer[MessageFile]):
    class Meta:
        model = MessageFile
        fields = ("id", "name", "media_type", "size", "sha256")


class PersonNameSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="display_name")


class ConversationMessageSerializer(serializers.ModelSerializer[ConversationMessage]):
    """Of one that was withdrawn text, files and people mentioned are empty."""

    distributor = serializers.SlugRelatedField[Distributor](slug_field="code", read_only=True, allow_null=True)
    author = PersonNameSerializer()
    text = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()
    mentions = serializers.SerializerMethodField()

    class Meta:
        model = ConversationMessage
        fields = (
            "id", "subject_type", "subject_id", "distributor", "author", "is_by_brand", "is_internal", "text", "files",
            "mentions", "created_at", "withdrawn_at",
        )  # fmt: skip

    def get_text(self, row: ConversationMessage) -> str:
        return "" if row.withdrawn_at else row.text

    @extend_schema_field(MessageFileSerializer(many=True))
    def get_files(self, row: ConversationMessage) -> Any:
        return [] if row.withdrawn_at else MessageFileSerializer(row.files.all(), many=True).data

    @extend_schema_field(PersonNameSerializer(many=True))
    def get_mentions(self, row: ConversationMessage) -> Any:
        return [] if row.withdrawn_at else PersonNameSerializer(row.mentions.all(), many=True).data


class SubjectInput(serializers.Serializer[Any]):
    subject_type = serializers.CharField(max_length=32)
    subject_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class MessageInput(SubjectInput):
    """`distributor` (its code) says whom the brand writes to where the subject is about several."""

    text = serializers.CharField(max_length=LONGEST_TEXT)
    internal = serializers.BooleanField(default=False)
    distributor = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    mentions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, default=list, max_length=50
    )
    files = serializers.ListField(child=serializers.FileField(), required=False, default=list, max_length=5)


class UnreadSerializer(serializers.Serializer[Any]):
    subject_type = serializers.CharField()
    subject_id = serializers.IntegerField()
    unread = serializers.IntegerField()
    messages = serializers.IntegerField()
    last_at = serializers.DateTimeField()
