"""Rows of workbooks that anybody may have made, read in a process of its own with bounded memory and seconds.

`python -m workbooks` imports neither Django nor anything of ours beside this package: it starts in a tenth of a
second and has nothing to lose. `spreadsheets` starts it and puts its messages into the reader's language.
"""
