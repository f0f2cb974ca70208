"""Signing in: allauth's pages one by one, our limits, and all their mail through the outbox."""
