"""Importing without a profile: templates to fill in, heads that are recognised, and a profile made from both."""
