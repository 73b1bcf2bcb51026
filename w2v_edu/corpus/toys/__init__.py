"""The bundled corpora, each made for a purpose and with something planted in it."""

from w2v_edu.corpus.toys.apricot import APRICOT_ROWS, APRICOT_TARGET, APRICOT_WINDOW, apricot_example
from w2v_edu.corpus.toys.table import TOYS, Toy, toy
from w2v_edu.corpus.toys.zipf import ZipfTopics, zipf_corpus

__all__ = [
    "APRICOT_ROWS",
    "APRICOT_TARGET",
    "APRICOT_WINDOW",
    "TOYS",
    "Toy",
    "ZipfTopics",
    "apricot_example",
    "toy",
    "zipf_corpus",
]
