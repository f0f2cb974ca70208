"""PostgreSQL and Redis out of Python wheels, for a machine that has neither.

Any process that needs one of them starts it on demand; it then lives until it is stopped, and serves every process
that uses the same data folder, over Unix sockets only. Nothing here reads Django's settings: settings read this.
"""
