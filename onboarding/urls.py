from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from onboarding.api.applications import ApplicationViewSet
from onboarding.api.onboarding import (
    CertificateViewSet,
    OnboardingStepViewSet,
    OnboardingTemplateViewSet,
    OnboardingViewSet,
)
from onboarding.views.applications import (
    ApplicationListView,
    ApplicationView,
    CompareView,
    EvidenceView,
    FileView,
    LetterView,
    PolicyView,
)
from onboarding.views.onboarding import (
    ApproveView,
    CertificateFileView,
    CertificateListView,
    CertificateNewView,
    OnboardingListView,
    ReadyView,
    StepDoneView,
    StepReopenView,
    TemplateListView,
    TemplateNewView,
    TemplateView,
)
from onboarding.views.public import (
    DocumentRemoveView,
    DocumentView,
    FormView,
    LinkView,
    SaveView,
    SentView,
    StartView,
    WithdrawView,
)
from onboarding.views.reviewing import (
    AssessView,
    CheckFileView,
    CheckView,
    MarkView,
    RefuseView,
    ReopenView,
    ReturnView,
)

app_name = "onboarding"

urlpatterns = [
    path("apply/", StartView.as_view(), name="apply"),
    path("apply/link/", LinkView.as_view(), name="apply-link"),
    path("apply/sent/", SentView.as_view(), name="apply-sent"),
    path("apply/<str:secret>/", FormView.as_view(), name="apply-form"),
    path("apply/<str:secret>/save/", SaveView.as_view(), name="apply-save"),
    path("apply/<str:secret>/files/", DocumentView.as_view(), name="apply-file"),
    path("apply/<str:secret>/files/<int:pk>/remove/", DocumentRemoveView.as_view(), name="apply-file-remove"),
    path("apply/<str:secret>/withdraw/", WithdrawView.as_view(), name="apply-withdraw"),
    path("applications/", ApplicationListView.as_view(), name="applications"),
    path("applications/compare/", CompareView.as_view(), name="compare"),
    path("applications/weights/", PolicyView.as_view(), name="policy"),
    path("applications/<int:pk>/", ApplicationView.as_view(), name="application"),
    path("applications/<int:pk>/letter/", LetterView.as_view(), name="letter"),
    path("applications/<int:pk>/check/", CheckView.as_view(), name="application-check"),
    path("applications/<int:pk>/assess/", AssessView.as_view(), name="application-assess"),
    path("applications/<int:pk>/reopen/", ReopenView.as_view(), name="application-reopen"),
    path("applications/<int:pk>/return/", ReturnView.as_view(), name="application-return"),
    path("applications/<int:pk>/refuse/", RefuseView.as_view(), name="application-refuse"),
    path("applications/<int:pk>/marks/<str:criterion>/", MarkView.as_view(), name="mark"),
    path("applications/files/<int:pk>/", FileView.as_view(), name="application-file"),
    path("applications/files/<int:pk>/check/", CheckFileView.as_view(), name="application-file-check"),
    path("applications/marks/<int:pk>/evidence/", EvidenceView.as_view(), name="mark-evidence"),
    path("applications/<int:pk>/approve/", ApproveView.as_view(), name="application-approve"),
    path("applications/templates/", TemplateListView.as_view(), name="templates"),
    path("applications/templates/new/", TemplateNewView.as_view(), name="template-new"),
    path("applications/templates/<int:pk>/", TemplateView.as_view(), name="template"),
    path("onboarding/", OnboardingListView.as_view(), name="onboardings"),
    path("onboarding/<int:pk>/ready/", ReadyView.as_view(), name="onboarding-ready"),
    path("onboarding/steps/<int:pk>/done/", StepDoneView.as_view(), name="step-done"),
    path("onboarding/steps/<int:pk>/reopen/", StepReopenView.as_view(), name="step-reopen"),
    path("certificates/", CertificateListView.as_view(), name="certificates"),
    path("certificates/<int:pk>/file/", CertificateFileView.as_view(), name="certificate-file"),
    path("distributors/<code:code>/certificates/new/", CertificateNewView.as_view(), name="certificate-new"),
]

router = SimpleRouter()
router.register("applications", ApplicationViewSet, "applications")
router.register("onboarding-templates", OnboardingTemplateViewSet, "onboarding-templates")
router.register("onboardings", OnboardingViewSet, "onboardings")
router.register("onboarding-steps", OnboardingStepViewSet, "onboarding-steps")
router.register("certificates", CertificateViewSet, "certificates")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
