"""The API: tokens or a session, one error shape, one schema."""

from typing import Any

from distribution.settings.base import BEHIND_PROXY, LANGUAGES
from distribution.settings.environment import env

KNOX_TOKEN_MODEL = "accounts.ApiToken"  # noqa: S105  a model's name, no secret
REST_KNOX = {"TOKEN_TTL": None, "AUTH_HEADER_PREFIX": "Token", "TOKEN_PREFIX": "trib_", "AUTO_REFRESH": False}

API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=6000)
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "core.api.permissions.TokenScopePermission",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "core.api.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["distribution.api_filtering.StrictFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["distribution.throttling.TokenThrottle"],
    "NUM_PROXIES": int(BEHIND_PROXY),
    "DEFAULT_SCHEMA_CLASS": "distribution.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True,
    "EXCEPTION_HANDLER_CLASS": "distribution.api_errors.ExceptionHandler",
    "EXCEPTION_FORMATTER_CLASS": "distribution.api_errors.ExceptionFormatter",
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Tributary",
    "DESCRIPTION": "Everything a distributor or its brand can do on a page, for their own systems.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "validatorUrl": None},
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "ClaimCauseEnum": "orders.fulfilment.claims.enums.ClaimCause",
        "CauseOfMadeGoodEnum": "orders.pages.serializers.claims._CAUSES",
        "BlockReasonEnum": "inventory.enums.BlockReason",
        "BlockStatusEnum": "inventory.enums.BlockStatus",
        "CountScopeEnum": "stocktaking.enums.CountScope",
        "CountStatusEnum": "stocktaking.enums.CountStatus",
        "DifferenceReasonEnum": "stocktaking.enums.DifferenceReason",
        "ShortReasonEnum": "orders.fulfilment.waves.enums.ShortReason",
        "ScrapReasonEnum": "stocktaking.enums.ScrapReason",
        "ScrapStatusEnum": "stocktaking.enums.ScrapStatus",
        "AddressKindEnum": "channel.enums.AddressKind",
        "RoleEnum": "accounts.enums.Role",
        "AcknowledgingRoleEnum": "policies.serializers._ROLES",
        "AgreementStatusEnum": "channel.enums.AgreementStatus",
        "AnnouncementKindEnum": "policies.enums.AnnouncementKind",
        "AnnouncementStatusEnum": "policies.enums.AnnouncementStatus",
        "ApplicationStatusEnum": "onboarding.enums.ApplicationStatus",
        "ApplicationFileKindEnum": "onboarding.enums.FileKind",
        "ApplicationFileStateEnum": "onboarding.enums.FileState",
        "CertificateStateEnum": "onboarding.enums.CertificateState",
        "CriterionEnum": "onboarding.enums.Criterion",
        "OnboardingSideEnum": "onboarding.enums.Side",
        "OnboardingStepKindEnum": "onboarding.enums.StepKind",
        "RefusalReasonEnum": "onboarding.enums.RefusalReason",
        "ChannelKindEnum": "accounts.enums.ChannelKind",
        "ChatKindEnum": "messaging.enums.ChatKind",
        "NotificationChannelEnum": "messaging.enums.ChannelName",
        "SendingStateEnum": "messaging.enums.SendingState",
        "ContactKindEnum": "channel.enums.ContactKind",
        "DataKindEnum": "channel.enums.DataKind",
        "DistributorStatusEnum": "accounts.enums.DistributorStatus",
        "JobStatusEnum": "core.enums.JobStatus",
        "LanguageEnum": LANGUAGES,
        "NotificationLevelEnum": "messaging.enums.NotificationLevel",
        "PlanLevelEnum": "planning.enums.PlanLevel",
        "PlanStatusEnum": "planning.enums.PlanStatus",
        "PurchaseBasisEnum": "channel.enums.PurchaseBasis",
        "PriceScopeEnum": "pricing.enums.PriceScope",
        "ProductStatusEnum": "catalogue.enums.ProductStatus",
        "RunStatusEnum": "evaluation.enums.RunStatus",
        "ScorecardStatusEnum": "evaluation.enums.ScorecardStatus",
        "TokenScopeEnum": "accounts.enums.TokenScope",
        "DirectionKindEnum": "outlets.enums.DirectionKind",
        "OutletKindEnum": "outlets.enums.OutletKind",
        "OutletStatusEnum": "outlets.enums.OutletStatus",
        "OrderStatusEnum": "orders.ordering.enums.OrderStatus",
        "ShipmentStatusEnum": "orders.fulfilment.enums.ShipmentStatus",
        "ReturnConditionEnum": "orders.returns.enums.Condition",
        "ReturnDispositionEnum": "orders.returns.enums.Disposition",
        "ReturnReasonEnum": "orders.returns.enums.ReturnReason",
        "ReturnStatusEnum": "orders.returns.enums.ReturnStatus",
        "TrackingCodeEnum": "orders.tracking.enums.TrackingCode",
        "BillingEnum": "channel.enums.Billing",
        "ExportPaperEnum": "channel.enums.ExportPaper",
        "IncotermEnum": "channel.enums.Incoterm",
        "CarrierKindEnum": "orders.fulfilment.enums.CarrierKind",
        "DifferenceKindEnum": "orders.fulfilment.enums.DifferenceKind",
    },
}
