"""Speed against peers, at equal quality. Run ``python -m benchmarks``; see docs/benchmarks.md."""
