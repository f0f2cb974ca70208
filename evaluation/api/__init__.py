"""The evaluation app's part of the API."""
