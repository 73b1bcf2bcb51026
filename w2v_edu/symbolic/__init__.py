"""The reader (restricted LaTeX -> typed meaning -> numbers; no SymPy) and the prover (SymPy).

Importing this package imports neither; take the room you need: ``tex``, ``elaborate``, ``evaluate``,
``settings``, ``meaning``.
"""
