"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from channel.api.agreements import AgreementViewSet, DepartureViewSet
from channel.api.clearances import ClearanceViewSet
from channel.api.records import AddressViewSet, BankAccountViewSet, ContactViewSet, InvoiceTitleViewSet
from channel.views.agreements import (
    AgreementChangeView,
    AgreementCreateView,
    AgreementListView,
    AgreementView,
    ScanView,
)
from channel.views.departures import (
    CloseDepartureView,
    ConfirmAgentView,
    DepartureListView,
    DepartureView,
    EvidenceView,
    RecordDepartureView,
)
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
router.register("addresses", AddressViewSet, "addresses")
router.register("contacts", ContactViewSet, "contacts")
router.register("invoice-titles", InvoiceTitleViewSet, "invoice-titles")
router.register("bank-accounts", BankAccountViewSet, "bank-accounts")
router.register("address-clearances", ClearanceViewSet, "address-clearances")
router.register("departures", DepartureViewSet, "departures")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
