"""Text to sentences, words, a vocabulary and training examples; the bundled toy corpora."""

from w2v_edu.corpus.building import Rules, corpus_from_files, corpus_from_numbers, corpus_from_text
from w2v_edu.corpus.loading import load_corpus
from w2v_edu.corpus.negatives import negative_distribution, negative_pairs, negatives_of_each
from w2v_edu.corpus.pairs import Pairs, pair_table, positive_pairs
from w2v_edu.corpus.stream import Analogy, Block, Corpus
from w2v_edu.corpus.subsampling import keep_probability, subsample
from w2v_edu.corpus.tokens import tokenizer
from w2v_edu.corpus.toys import (
    APRICOT_ROWS,
    APRICOT_TARGET,
    APRICOT_WINDOW,
    TOYS,
    Toy,
    ZipfTopics,
    apricot_example,
    toy,
    zipf_corpus,
)
from w2v_edu.corpus.vocabulary import Vocabulary, frequent_words
from w2v_edu.corpus.windows import contexts, examples, window_pairs

__all__ = [
    "APRICOT_ROWS",
    "APRICOT_TARGET",
    "APRICOT_WINDOW",
    "TOYS",
    "Analogy",
    "Block",
    "Corpus",
    "Pairs",
    "Rules",
    "Toy",
    "Vocabulary",
    "ZipfTopics",
    "apricot_example",
    "contexts",
    "corpus_from_files",
    "corpus_from_numbers",
    "corpus_from_text",
    "examples",
    "frequent_words",
    "keep_probability",
    "load_corpus",
    "negative_distribution",
    "negative_pairs",
    "negatives_of_each",
    "pair_table",
    "positive_pairs",
    "subsample",
    "tokenizer",
    "toy",
    "window_pairs",
    "zipf_corpus",
]
