"""Orders and shipments on paper: what stands on an order, a pick list, a delivery note, a label and a return note."""
