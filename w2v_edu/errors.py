"""What went wrong, said to people: every error that the toolkit raises on purpose."""

__all__ = ["W2VError"]


class W2VError(ValueError):
    """What was wrong, where, and what was expected, in the words of the course.

    It is a `ValueError`, so that a caller needs no import to catch it; the command line prints its message
    alone, without a traceback.
    """
