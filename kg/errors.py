"""What a user can cause: one line that says what, where and what to do; and exit codes."""

from enum import IntEnum


class Exit(IntEnum):
    """Name the exit codes of `kg`; README.md says when each comes."""

    ok = 0
    fault = 1
    usage = 2
    nothing = 3
    skipped = 4
    interrupted = 130
    unread = 141


class KgError(Exception):
    """Report a fault that the user can mend; the command line prints it and exits with 1.

    >>> str(KgError("a.txt: empty; give a file with text"))
    'a.txt: empty; give a file with text'
    """


class ArticleError(KgError):
    """Report an article that cannot be read."""


class GraphError(KgError):
    """Report a graph that cannot be read."""


class StoreError(GraphError):
    """Report a store that cannot be opened, read or written."""


class QueryError(KgError):
    """Report a query that is malformed, unknown or not allowed."""


class EmptyError(KgError):
    """Report that nothing is found of what is asked for."""


class DataError(KgError):
    """Report a fault in the project's own data (`lang/*.toml`, `names.csv`, `ontologies/*.ttl`)."""


class ScoreError(KgError):
    """Report a gold file that is malformed or a score below its floor."""
