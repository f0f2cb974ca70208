"""People and their keys, as the API shows and takes them."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.enums import Role, TokenScope
from accounts.fields import PersonField
from accounts.models import ApiToken, Distributor, User
from accounts.services.phones import normal_phone
from core.api.fields import VisibleField


class PhoneField(serializers.CharField):
    """A mobile number as people write it; kept as E.164."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        number = normal_phone(text)
        if number is None:
            raise serializers.ValidationError(_("This is no mobile number."), code="invalid_phone")
        return number


class UserSerializer(serializers.ModelSerializer[User]):
    """`reference` names the person elsewhere: the e-mail address, or the mobile number of those without one."""

    reference = serializers.CharField(source="login", read_only=True)
    email = serializers.CharField(source="reachable_email", read_only=True)
    role = serializers.ChoiceField(choices=[("", "-"), *Role.choices], read_only=True)
    distributor = serializers.CharField(source="distributor.code", default=None, allow_null=True, read_only=True)
    supervisor = serializers.CharField(source="supervisor.login", default=None, allow_null=True, read_only=True)

    class Meta:
        model = User
        fields = (
            "id",
            "reference",
            "email",
            "phone",
            "full_name",
            "full_name_zh",
            "role",
            "distributor",
            "supervisor",
            "external_code",
            "language",
            "is_active",
            "leaves_on",
        )


class UserInput(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)
    full_name = serializers.CharField(max_length=150)
    full_name_zh = serializers.CharField(max_length=150, required=False, allow_blank=True)
    role = serializers.ChoiceField(choices=Role.choices)
    distributor = VisibleField(Distributor, required=False, allow_null=True)
    supervisor = PersonField(required=False, allow_null=True)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False, allow_blank=True)
    phone = PhoneField(required=False, allow_blank=True)


class EmailInput(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)


class RoleInput(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=Role.choices)
    distributor = VisibleField(Distributor, required=False, allow_null=True)


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    reference = serializers.CharField(read_only=True)
    owner = serializers.CharField(source="user.login", read_only=True)

    class Meta:
        model = ApiToken
        fields = ("reference", "name", "scope", "owner", "created", "expiry")


class TokenInput(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    scope = serializers.ChoiceField(choices=TokenScope.choices)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class NewTokenSerializer(TokenSerializer):
    """Shown once: `token` is stored nowhere."""

    token = serializers.CharField(read_only=True)

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "token")  # type: ignore[assignment]  # one more
