"""Papers as PDF: what stands on one is plain data, how it looks is a template of typst, both apart from Django.

`python -m papers` makes the PDF in a process of its own with bounded memory and seconds (`confined`). Texts reach the
templates as JSON only, never as their source. The same data makes the same bytes. `core.papers` is how apps ask for one.
"""
