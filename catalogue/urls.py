"""The pages of this app, and its part of the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from catalogue.api.families import ProductAttributeViewSet, ProductFamilyViewSet
from catalogue.api.products import (
    BrandViewSet,
    CategoryViewSet,
    ProductCodeViewSet,
    ProductFileViewSet,
    ProductUnitViewSet,
)
from catalogue.views import codes, families
from catalogue.views.products import (
    BuyingRightsView,
    ProductChangeView,
    ProductCreateView,
    ProductFileAddView,
    ProductFileFirstView,
    ProductFileRemoveView,
    ProductFileView,
    ProductUnitRemoveView,
    ProductUnitView,
)

app_name = "catalogue"
urlpatterns: list[URLPattern | URLResolver] = [
    path("products/new/", ProductCreateView.as_view(), name="product-new"),
    path("products/<code:code>/change/", ProductChangeView.as_view(), name="product-change"),
    path("products/<code:code>/family/", families.OfProductView.as_view(), name="product-family"),
    path("products/<code:code>/units/", ProductUnitView.as_view(), name="product-unit"),
    path("product-units/<int:pk>/remove/", ProductUnitRemoveView.as_view(), name="product-unit-remove"),
    path("products/<code:code>/files/", ProductFileAddView.as_view(), name="product-file-add"),
    path("product-files/<int:pk>/", ProductFileView.as_view(), name="product-file"),
    path("product-files/<int:pk>/remove/", ProductFileRemoveView.as_view(), name="product-file-remove"),
    path("product-files/<int:pk>/first/", ProductFileFirstView.as_view(), name="product-file-first"),
    path("product-families/", families.FamilyListView.as_view(), name="families"),
    path("product-families/new/", families.FamilyCreateView.as_view(), name="family-new"),
    path("product-families/<code:code>/", families.FamilyView.as_view(), name="family"),
    path("product-families/<code:code>/change/", families.FamilyChangeView.as_view(), name="family-change"),
    path("product-families/<code:code>/variants/", families.FamilyVariantsView.as_view(), name="family-variants"),
    path("product-families/<code:code>/remove/", families.FamilyRemoveView.as_view(), name="family-remove"),
    path("product-attributes/", families.AttributeListView.as_view(), name="attributes"),
    path("product-attributes/new/", families.AttributeCreateView.as_view(), name="attribute-new"),
    path("product-attributes/<int:pk>/", families.AttributeChangeView.as_view(), name="attribute-change"),
    path("product-attributes/<int:pk>/remove/", families.AttributeRemoveView.as_view(), name="attribute-remove"),
    path("distributor-codes/", codes.DistributorCodeListView.as_view(), name="distributor-codes"),
    path("distributor-codes/new/", codes.DistributorCodeCreateView.as_view(), name="distributor-code-new"),
    path("distributor-codes/<int:pk>/", codes.DistributorCodeChangeView.as_view(), name="distributor-code"),
    path(
        "distributor-codes/<int:pk>/remove/", codes.DistributorCodeRemoveView.as_view(), name="distributor-code-remove"
    ),
    path("buying-rights/<code:code>/", BuyingRightsView.as_view(), name="buying-rights"),
]

router = SimpleRouter()
router.register("brands", BrandViewSet, "brands")
router.register("categories", CategoryViewSet, "categories")
router.register("product-attributes", ProductAttributeViewSet, "product-attributes")
router.register("product-families", ProductFamilyViewSet, "product-families")
router.register("product-codes", ProductCodeViewSet, "product-codes")
router.register("product-files", ProductFileViewSet, "product-files")
router.register("product-units", ProductUnitViewSet, "product-units")
api_urlpatterns: list[URLPattern | URLResolver] = [*router.urls]
