"""Fuzzers of the prover. ``python -m tests.fuzz --seconds 60`` runs all; the tests run fixed seeds."""
