"""Webhooks for systems: what they subscribe to of the event feed is sent to them, signed."""
