"""The sweeps over ledger, models and witnesses, and their report."""

from w2v_edu.verification.report import Finding, Report, Row
from w2v_edu.verification.sweep import chosen_models, verify
from w2v_edu.verification.table import summary, table

__all__ = ["Finding", "Report", "Row", "chosen_models", "summary", "table", "verify"]
