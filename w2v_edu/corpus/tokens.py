"""Text to tokens: what a word is, and where a sentence ends. Both are named choices."""

import re
import unicodedata
from collections.abc import Callable
from typing import Literal, get_args

from w2v_edu.errors import W2VError

__all__ = ["BREAK", "END_MARKS", "SentenceRule", "TokenRule", "tokenizer"]

TokenRule = Literal["words", "spaces"]
SentenceRule = Literal["punctuation", "line", "paragraph", "text"]

BREAK = "\0"  # stands among the tokens where a line or a paragraph ends
MARKS = ".!?…。！？"  # stand there where a sentence ends
END_MARKS = {
    "punctuation": f"{MARKS}\n{BREAK}",
    "line": f"\n{BREAK}",
    "paragraph": f"\n{BREAK}",
    "text": BREAK,
}

WORD = r"[^\W_]+(?:'[^\W_]+)*"
BLANK_LINE = r"\n(?=[^\S\n]*\n)"
ENDS = {
    "punctuation": rf"|[.!?…](?=[\s\"'”»)\]]|\Z)|[。！？]|{BLANK_LINE}",
    "line": r"|\n",
    "paragraph": rf"|{BLANK_LINE}",
    "text": "",
}


def tokenizer(
    tokens: TokenRule = "words", sentences: SentenceRule = "punctuation", *, lower: bool = True
) -> Callable[[str], list[str]]:
    """A function from a stretch of text to its tokens, with a mark where a sentence ends.

    The marks are the one-character tokens of ``END_MARKS[sentences]``; several may follow one another.

    Parameters
    ----------
    tokens : {"words", "spaces"}
        ``"words"``: for raw text. A word is a run of letters and digits, with apostrophes inside (``don't``);
        everything else separates, hyphens too. Letters are composed first (Unicode NFC).
        ``"spaces"``: for text that is tokenised already, Chinese for example. A word is what stands between
        white space.
    sentences : {"punctuation", "line", "paragraph", "text"}
        Where a sentence ends. ``"punctuation"``: at ``. ! ? …`` before white space, a closing
        quotation mark or a closing bracket, at ``。 ！ ？``, and at an empty line; with ``"spaces"``, where
        one of these marks is a token. (So ``Mr.`` ends a sentence: the rule knows no abbreviations.)
        ``"line"``: where the line ends.
        ``"paragraph"``: at an empty line. ``"text"``: where the text ends. A mark that ends a sentence is no
        word.
    lower : bool
        Whether capitals become small letters.

    Raises
    ------
    W2VError
        If a rule has another name.

    Examples
    --------
    >>> tokenizer()("Apricots? Don't eat the jam-pot. Eat")
    ['apricots', '?', "don't", 'eat', 'the', 'jam', 'pot', '.', 'eat']
    >>> tokenizer("spaces", "punctuation")("国王 住 在 王宫 。")
    ['国王', '住', '在', '王宫', '。']
    """
    if tokens not in get_args(TokenRule):
        raise W2VError(f"tokens is {tokens!r}; expected one of {', '.join(get_args(TokenRule))}")
    if sentences not in get_args(SentenceRule):
        raise W2VError(f"sentences is {sentences!r}; expected one of {', '.join(get_args(SentenceRule))}")
    split = _words(sentences) if tokens == "words" else _spaces(sentences)
    return (lambda text: split(text.lower())) if lower else split


def _words(sentences: SentenceRule) -> Callable[[str], list[str]]:
    find = re.compile(WORD + ENDS[sentences]).findall

    def split(text: str) -> list[str]:
        if not text.isascii():
            text = unicodedata.normalize("NFC", text).replace("’", "'")
        return find(text)

    return split


def _spaces(sentences: SentenceRule) -> Callable[[str], list[str]]:
    if sentences == "text":
        return str.split
    if sentences == "line":
        return lambda text: text.replace("\n", f" {BREAK} ").split()
    mark_blank_lines = re.compile(BLANK_LINE).sub
    return lambda text: mark_blank_lines(f" {BREAK} \n", text).split()
