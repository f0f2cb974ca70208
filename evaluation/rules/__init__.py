"""Who may do what in the evaluation app, and the arithmetic of a score."""
