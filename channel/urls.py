"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from channel.api.agreements import AgreementViewSet, DepartureViewSet
from channel.api.announcements import AnnouncementViewSet, RecipientViewSet
from channel.api.records import AddressViewSet, BankAccountViewSet, ContactViewSet, InvoiceTitleViewSet
from channel.views.agreements import (
    AgreementChangeView,
    AgreementCreateView,
    AgreementListView,
    AgreementView,
    ScanView,
)
from channel.views.announcements import (
    AcknowledgeAnnouncementView,
    AnnouncementChangeView,
    AnnouncementCreateView,
    AnnouncementFileView,
    AnnouncementListView,
    AnnouncementView,
    AttachFileView,
    PublishAnnouncementView,
    RemoveFileView,
    ReviseAnnouncementView,
    WithdrawAnnouncementView,
)
from channel.views.departures import (
    CloseDepartureView,
    ConfirmAgentView,
    DepartureListView,
    DepartureView,
    EvidenceView,
    RecordDepartureView,
)
from channel.views.recipients import RecipientListView
from channel.views.records import (
    AddressChangeView,
    AddressEndView,
    AddressNewView,
    BankAccountChangeView,
    BankAccountEndView,
    BankAccountNewView,
    ContactChangeView,
    ContactEndView,
    ContactNewView,
    InvoiceTitleChangeView,
    InvoiceTitleEndView,
    InvoiceTitleNewView,
)
from channel.views.steps import (
    AcceptAgreementView,
    DeclineAgreementView,
    EndAgreementView,
    PutInForceView,
    ReviseAgreementView,
    SendAgreementView,
    WithdrawAgreementView,
)

app_name = "channel"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/", AgreementListView.as_view(), name="agreements"),
    path("agreements/new/", AgreementCreateView.as_view(), name="agreement-new"),
    path("agreements/<int:pk>/", AgreementView.as_view(), name="agreement"),
    path("agreements/<int:pk>/change/", AgreementChangeView.as_view(), name="agreement-change"),
    path("agreements/<int:pk>/send/", SendAgreementView.as_view(), name="agreement-send"),
    path("agreements/<int:pk>/accept/", AcceptAgreementView.as_view(), name="agreement-accept"),
    path("agreements/<int:pk>/decline/", DeclineAgreementView.as_view(), name="agreement-decline"),
    path("agreements/<int:pk>/withdraw/", WithdrawAgreementView.as_view(), name="agreement-withdraw"),
    path("agreements/<int:pk>/put-in-force/", PutInForceView.as_view(), name="agreement-put-in-force"),
    path("agreements/<int:pk>/end/", EndAgreementView.as_view(), name="agreement-end"),
    path("agreements/<int:pk>/revise/", ReviseAgreementView.as_view(), name="agreement-revise"),
    path("agreements/<int:pk>/scan/", ScanView.as_view(), name="agreement-scan"),
    path("announcements/", AnnouncementListView.as_view(), name="announcements"),
    path("announcements/new/", AnnouncementCreateView.as_view(), name="announcement-new"),
    path("announcements/recipients/", RecipientListView.as_view(), name="recipients"),
    path("announcements/<int:pk>/", AnnouncementView.as_view(), name="announcement"),
    path("announcements/<int:pk>/change/", AnnouncementChangeView.as_view(), name="announcement-change"),
    path("announcements/<int:pk>/publish/", PublishAnnouncementView.as_view(), name="announcement-publish"),
    path("announcements/<int:pk>/withdraw/", WithdrawAnnouncementView.as_view(), name="announcement-withdraw"),
    path("announcements/<int:pk>/revise/", ReviseAnnouncementView.as_view(), name="announcement-revise"),
    path("announcements/<int:pk>/attach/", AttachFileView.as_view(), name="announcement-attach"),
    path("announcements/<int:pk>/acknowledge/", AcknowledgeAnnouncementView.as_view(), name="announcement-acknowledge"),
    path("announcements/files/<int:pk>/", AnnouncementFileView.as_view(), name="announcement-file"),
    path("announcements/files/<int:pk>/remove/", RemoveFileView.as_view(), name="announcement-file-remove"),
    path("distributors/<code:code>/addresses/new/", AddressNewView.as_view(), name="address-new"),
    path("addresses/<int:pk>/change/", AddressChangeView.as_view(), name="address-change"),
    path("addresses/<int:pk>/end/", AddressEndView.as_view(), name="address-end"),
    path("distributors/<code:code>/contacts/new/", ContactNewView.as_view(), name="contact-new"),
    path("contacts/<int:pk>/change/", ContactChangeView.as_view(), name="contact-change"),
    path("contacts/<int:pk>/end/", ContactEndView.as_view(), name="contact-end"),
    path("distributors/<code:code>/invoice-titles/new/", InvoiceTitleNewView.as_view(), name="invoice-title-new"),
    path("invoice-titles/<int:pk>/change/", InvoiceTitleChangeView.as_view(), name="invoice-title-change"),
    path("invoice-titles/<int:pk>/end/", InvoiceTitleEndView.as_view(), name="invoice-title-end"),
    path("distributors/<code:code>/bank-accounts/new/", BankAccountNewView.as_view(), name="bank-account-new"),
    path("bank-accounts/<int:pk>/change/", BankAccountChangeView.as_view(), name="bank-account-change"),
    path("bank-accounts/<int:pk>/end/", BankAccountEndView.as_view(), name="bank-account-end"),
    path("agreements/<int:pk>/agent/", ConfirmAgentView.as_view(), name="agreement-agent"),
    path("agreements/<int:pk>/departure/", RecordDepartureView.as_view(), name="agreement-departure"),
    path("departures/", DepartureListView.as_view(), name="departures"),
    path("departures/<int:pk>/", DepartureView.as_view(), name="departure"),
    path("departures/<int:pk>/close/", CloseDepartureView.as_view(), name="departure-close"),
    path("departures/<int:pk>/evidence/", EvidenceView.as_view(), name="departure-evidence"),
]

router = SimpleRouter()
router.register("agreements", AgreementViewSet, "agreements")
router.register("announcements", AnnouncementViewSet, "announcements")
router.register("announcement-recipients", RecipientViewSet, "announcement-recipients")
router.register("addresses", AddressViewSet, "addresses")
router.register("contacts", ContactViewSet, "contacts")
router.register("invoice-titles", InvoiceTitleViewSet, "invoice-titles")
router.register("bank-accounts", BankAccountViewSet, "bank-accounts")
router.register("departures", DepartureViewSet, "departures")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
