"""Work on what anybody may have written, in a process of its own with bounded memory and seconds.

The process knows nothing of Django and of our environment, and has nothing to lose: `workbooks` reads files in one, `papers`
makes PDFs in one.
"""
