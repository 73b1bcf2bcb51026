"""Fuzzers of the prover: ``python -m tests.fuzz --seconds 60`` runs all of them; the tests run fixed seeds."""
