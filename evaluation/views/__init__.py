"""The pages of the evaluation app."""
