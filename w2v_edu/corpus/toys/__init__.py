"""The bundled corpora, each made for a purpose and with something planted in it."""

from w2v_edu.corpus.toys.table import TOYS, Toy, toy

__all__ = ["TOYS", "Toy", "toy"]
