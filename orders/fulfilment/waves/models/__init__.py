from orders.fulfilment.waves.models.wave import Pick, Wave, WaveLine

__all__ = ["Pick", "Wave", "WaveLine"]
