"""A person's functions, arrays and files, checked against the reference, with the mistake named."""

from w2v_edu.homework.front import assert_correct, check
from w2v_edu.homework.report import Report

__all__ = ["Report", "assert_correct", "check"]
