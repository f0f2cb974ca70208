"""Signing in: allauth's pages one by one, our limits, and all their mail through the outbox."""

from distribution.sign_in.backends import EmailBackend, PasswordBackend

__all__ = ["EmailBackend", "PasswordBackend"]
