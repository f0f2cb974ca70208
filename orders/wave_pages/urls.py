"""The pages of the warehouse: lots, places, orders to ship, and waves; a part of those of orders."""

from django.urls import URLPattern, URLResolver, path

from orders.wave_pages.views import lots, places, to_ship, wave_forms, waves

urlpatterns: list[URLPattern | URLResolver] = [
    path("orders/to-ship/", to_ship.ToShipList.as_view(), name="to-ship"),
    path("stock/lots/", lots.LotListView.as_view(), name="lots"),
    path("stock/lots/new/", lots.NewLotView.as_view(), name="lot-new"),
    path("stock/lots/<int:pk>/", lots.LotView.as_view(), name="lot"),
    path("stock/lots/<int:pk>/change/", lots.ChangeLotView.as_view(), name="lot-change"),
    path("stock/lots/<int:pk>/assign/", lots.AssignLotView.as_view(), name="lot-assign"),
    path("stock/lots/<int:pk>/freeze/", lots.FreezeLotView.as_view(), name="lot-freeze"),
    path("stock/lots/<int:pk>/recall/", lots.RecallLotView.as_view(), name="lot-recall"),
    path("stock/lots/<int:pk>/release/", lots.ReleaseLotView.as_view(), name="lot-release"),
    path("stock/places/", places.PlaceList.as_view(), name="places"),
    path("stock/places/set/", places.SetPlacesView.as_view(), name="places-set"),
    path("stock/places/retire/", places.RetirePlacesView.as_view(), name="places-retire"),
    path("stock/places/<int:pk>/", places.ChangePlaceView.as_view(), name="place"),
    path("orders/waves/", waves.WaveList.as_view(), name="waves"),
    path("orders/waves/new/", to_ship.NewDueWave.as_view(), name="wave-new"),
    path("orders/waves/of-ticked/", to_ship.MakeWaveOfTicked.as_view(), name="wave-of-ticked"),
    path("orders/waves/<code:number>/", waves.WavePage.as_view(), name="wave"),
    path("orders/waves/<code:number>/scan/", wave_forms.ScanPicks.as_view(), name="wave-scan"),
    path("orders/waves/<code:number>/pick-all/", waves.PickAll.as_view(), name="wave-pick-all"),
    path("orders/waves/<code:number>/picks/<int:pk>/", waves.PickOne.as_view(), name="wave-pick"),
    path("orders/waves/<code:number>/picks/<int:pk>/short/", wave_forms.ShortPick.as_view(), name="wave-short"),
    path("orders/waves/<code:number>/ship/", wave_forms.ShipWave.as_view(), name="wave-ship"),
    path("orders/waves/<code:number>/cancel/", waves.CancelWave.as_view(), name="wave-cancel"),
    path("orders/waves/<code:number>/orders/<code:order>/", waves.TakeOutOrder.as_view(), name="wave-take-out"),
    path("orders/waves/<code:number>/print/", waves.PrintWave.as_view(), name="wave-print"),
]
