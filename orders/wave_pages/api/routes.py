"""The addresses of the API's part about waves."""

from django.urls import URLPattern, URLResolver
from rest_framework.routers import SimpleRouter

from orders.wave_pages.api.waves import WaveViewSet

router = SimpleRouter()
router.register("waves", WaveViewSet, "waves")
routes: list[URLPattern | URLResolver] = router.urls
