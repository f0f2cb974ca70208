from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from onboarding.views.applications import (
    ApplicationListView,
    ApplicationView,
    AssessView,
    CheckFileView,
    CheckView,
    CompareView,
    EvidenceView,
    FileView,
    LetterView,
    MarkView,
    PolicyView,
    RefuseView,
    ReopenView,
    ReturnView,
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
]

router = SimpleRouter()
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
