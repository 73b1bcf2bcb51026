"""A pytest fixture for teachers who grade with pytest.

In a test file: ``pytest_plugins = ["w2v_edu.homework.pytest_plugin"]``, and then::

    def test_centre_gradient(homework):
        homework(student.dJ_dv_c)
"""

from collections.abc import Callable
from typing import Any

import pytest

from w2v_edu.homework.front import assert_correct

__all__ = ["homework"]


@pytest.fixture
def homework() -> Callable[..., None]:
    """`assert_correct`: the test fails with the report as its message."""

    def checked(answer: Any, of: Any = None, **options: Any) -> None:
        __tracebackhide__ = True
        assert_correct(answer, of, **options)

    return checked
