"""Carriers behind one interface: whoever carries the goods, the program asks in one way."""
