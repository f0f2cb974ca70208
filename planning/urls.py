"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from planning.api.attainment import AttainmentViewSet, SalesActualViewSet
from planning.api.minimums import MinimumPurchaseViewSet
from planning.api.plans import SalesPlanViewSet
from planning.views.attainment import AttainmentListView, DistributorAttainmentView, QuotaView
from planning.views.minimums import MinimumListView
from planning.views.plans import (
    AgreePlanView,
    LockPlanView,
    PlanListView,
    PlanView,
    ReopenPlanView,
    SplitPlanView,
    StartPlanView,
)
from planning.views.sales import DistributorSalesView, ManagerSalesView

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", PlanListView.as_view(), name="plans"),
    path("plans/new/", StartPlanView.as_view(), name="plan-new"),
    path("plans/<int:pk>/", PlanView.as_view(), name="plan"),
    path("plans/<int:pk>/agree/", AgreePlanView.as_view(), name="plan-agree"),
    path("plans/<int:pk>/lock/", LockPlanView.as_view(), name="plan-lock"),
    path("plans/<int:pk>/split/", SplitPlanView.as_view(), name="plan-split"),
    path("plans/<int:pk>/reopen/", ReopenPlanView.as_view(), name="plan-reopen"),
    path("sales/distributors/", DistributorSalesView.as_view(), name="distributor-sales"),
    path("sales/managers/", ManagerSalesView.as_view(), name="manager-sales"),
    path("minimum-purchases/", MinimumListView.as_view(), name="minimums"),
    path("attainment/", AttainmentListView.as_view(), name="attainment"),
    path("attainment/quotas/", QuotaView.as_view(), name="quotas"),
    path("attainment/of/<code:code>/", DistributorAttainmentView.as_view(), name="distributor-attainment"),
]

router = SimpleRouter()
router.register("plans", SalesPlanViewSet, "plans")
router.register("attainment", AttainmentViewSet, "attainment")
router.register("minimum-purchases", MinimumPurchaseViewSet, "minimum-purchases")
router.register("sales", SalesActualViewSet, "sales")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
