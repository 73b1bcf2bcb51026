"""The sweeps over ledger, models and witnesses, and their report."""
