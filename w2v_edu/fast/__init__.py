"""The fast path: vectorised over examples, and held against the reference."""
