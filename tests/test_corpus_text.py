"""Bytes to text to tokens: every source, every sentence rule, every way a file can be bad."""

import gzip
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from w2v_edu.corpus import corpus_from_text, load_corpus, tokenizer
from w2v_edu.corpus.text import LONGEST, PIECE, read_text, text_files, whole_words
from w2v_edu.errors import W2VError

TEXT = "Ripe apricots, ripe jam.\nWhose jam? Not the aardvark's!\n\nJam"


def sentences(corpus):
    return [corpus.vocabulary.text(sentence).split() for sentence in corpus.sentences()]


RULES = {
    "punctuation": [
        ["ripe", "apricots", "ripe", "jam"],
        ["whose", "jam"],
        ["not", "the", "aardvark's"],
        ["jam"],
    ],
    "line": [
        ["ripe", "apricots", "ripe", "jam"],
        ["whose", "jam", "not", "the", "aardvark's"],
        ["jam"],
    ],
    "paragraph": [
        ["ripe", "apricots", "ripe", "jam", "whose", "jam", "not", "the", "aardvark's"],
        ["jam"],
    ],
    "text": [["ripe", "apricots", "ripe", "jam", "whose", "jam", "not", "the", "aardvark's", "jam"]],
}


@pytest.mark.parametrize("rule", RULES)
def test_sentence_rules_for_words(rule):
    assert sentences(corpus_from_text(TEXT, sentences=rule)) == RULES[rule]


SPACED = "a b . c\nd ? e\n \nf"
SPACED_RULES = {
    "punctuation": ["a b", "c d", "e", "f"],
    "line": ["a b . c", "d ? e", "f"],
    "paragraph": ["a b . c d ? e", "f"],
    "text": ["a b . c d ? e f"],
}


@pytest.mark.parametrize("rule", SPACED_RULES)
def test_sentence_rules_for_spaces(rule):
    corpus = corpus_from_text(SPACED, tokens="spaces", sentences=rule)
    assert [" ".join(sentence) for sentence in sentences(corpus)] == SPACED_RULES[rule]


def test_the_end_of_a_string_ends_a_sentence():
    assert sentences(corpus_from_text(["drink juice", "eat rice"], sentences="text")) == [
        ["drink", "juice"],
        ["eat", "rice"],
    ]


def test_tokenised_text_ends_its_sentences_with_the_line_if_nothing_else_is_said():
    assert len(sentences(corpus_from_text(SPACED, tokens="spaces"))) == 3
    assert len(sentences(corpus_from_text(SPACED))) == 4


@pytest.mark.parametrize(
    "text, tokens",
    [
        (
            "Don't 'quote' rock-and-roll x_y 3rd 1945",
            ["don't", "quote", "rock", "and", "roll", "x", "y", "3rd", "1945"],
        ),
        ("don’t say “no.” (Or do.) Mr. X", ["don't", "say", "no", ".", "or", "do", ".", "mr", ".", "x"]),
        ("e.g. 3.14 wait... what?! yes", ["e", "g", ".", "3", "14", "wait", ".", "what", "!", "yes"]),
        ("cafe\u0301 café", ["café", "café"]),
        ("国王。王后！ 他", ["国王", "。", "王后", "！", "他"]),
        ("one\r\n\r\ntwo\n  \nthree\nfour", ["one", "\n", "two", "\n", "three", "four"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words(text, tokens):
    assert tokenizer()(text) == tokens


def test_lower_casing_is_a_choice():
    assert tokenizer(lower=False)("The JAM") == ["The", "JAM"]
    assert tokenizer("spaces", lower=True)("The JAM") == ["the", "jam"]
    assert corpus_from_text("Jam jam JAM", lower=False).words == ("Jam", "jam", "JAM")


def test_ideographic_space_separates_chinese_words():
    assert corpus_from_text("国王\u3000住 在\n王宫 里", tokens="spaces").words == (
        "国王",
        "住",
        "在",
        "王宫",
        "里",
    )


@pytest.mark.parametrize("n", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("tokens", ["words", "spaces"])
def test_where_the_text_is_cut_into_pieces_makes_no_difference(n, rule, tokens, tmp_path, monkeypatch):
    text = TEXT.replace(".", " .").replace("?", " ?") + "\n \n\n end. “End.”  End"
    whole = corpus_from_text(text, tokens=tokens, sentences=rule)
    monkeypatch.setattr("w2v_edu.corpus.text.PIECE", n)  # bytes: letters are cut in two as well
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    cut = load_corpus(tmp_path / "x.txt", tokens=tokens, sentences=rule)
    assert sentences(cut) == sentences(whole)
    assert cut.words == whole.words


def test_whole_words_lose_nothing_and_cut_only_before_white_space():
    text = "a bc  def\n ghi" * 50
    for n in (1, 5, 13):
        parts = list(whole_words(text[i : i + n] for i in range(0, len(text), n)))
        assert "".join(parts) == text
        assert all(part[0].isspace() for part in parts[1:])


def test_a_run_without_white_space_is_not_kept_for_ever():
    parts = list(whole_words("x" * 1000 for _ in range(500)))
    assert max(map(len, parts)) <= LONGEST + 1000
    assert sum(map(len, parts)) == 500_000


def test_reading_takes_a_piece_at_a_time(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("jam " * PIECE)
    pieces = list(read_text(path))
    assert max(map(len, pieces)) <= PIECE
    assert "".join(pieces) == "jam " * PIECE


SOURCES = ["file", "gz", "gz without the name", "folder", "standard input", "gzipped standard input"]
SOURCES += ["pipe"] * hasattr(os, "mkfifo")


@pytest.mark.parametrize("kind", SOURCES)
def test_every_source_gives_the_same_corpus(kind, tmp_path, monkeypatch):
    text = "Ripe jam. Ripe apricots are ripe.\n" * 3
    data = gzip.compress(text.encode()) if "gz" in kind else text.encode()
    path = tmp_path / ("jam.gz" if kind == "gz" else "jam.txt")
    source: str | Path = path
    if "standard input" in kind:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        source = "-"
    elif kind == "pipe":
        os.mkfifo(path)
        threading.Thread(target=path.write_bytes, args=(data,)).start()
    else:
        path.write_bytes(data)
    if kind == "folder":
        source = tmp_path
    corpus = load_corpus(source)
    assert sentences(corpus) == [["ripe", "jam"], ["ripe", "apricots", "are", "ripe"]] * 3
    assert sentences(corpus) == sentences(corpus)  # once more, though the input is used up
    assert corpus.counts.tolist() == [9, 3, 3, 3]


def test_a_folder_is_its_text_files_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("second file")
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"first file"))
    (tmp_path / "notes.md").write_text("not read")
    (tmp_path / ".hidden.txt").write_text("not read")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("not read")
    assert [path.name for path in text_files(tmp_path)] == ["a.gz", "two.txt"]
    assert sentences(load_corpus(tmp_path)) == [
        ["first", "file"],
        ["second", "file"],
    ]  # a file ends a sentence
    names = [f"{letter}{i}.txt" for i in range(9) for letter in "zyx"]
    for name in names:
        (tmp_path / "b" / name).write_text("more")
    assert [path.name for path in text_files(tmp_path / "b")] == sorted([*names, "two.txt"])


def test_a_byte_order_mark_is_no_letter(tmp_path):
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbfjam and jam")
    assert load_corpus(path).words == load_corpus(path, tokens="spaces").words == ("jam", "and")
    path.write_bytes(b"jam \xef\xbb\xbf and jam")  # only at the beginning it is a mark
    assert load_corpus(path, tokens="spaces").words == ("jam", "\ufeff", "and")


@pytest.mark.parametrize("before", [0, 5, PIECE - 1, PIECE, 2 * PIECE + 17])
@pytest.mark.parametrize("bad, byte", [(b"\xe9t\xe9 x", 0xE9), (b"\xc3", 0xC3), (b"\xe4\xbd", 0xE4)])
def test_not_utf8_says_which_byte_and_where(before, bad, byte, tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes(b"a" * before + bad)
    with pytest.raises(
        W2VError, match=rf"'.*latin.txt' is not UTF-8: byte 0x{byte:02x} at offset {before};"
    ) as error:
        load_corpus(path)
    assert "--encoding latin-1" in str(error.value)
    assert "errors='replace'" in str(error.value)


def test_the_offset_is_right_when_a_letter_lies_across_two_pieces(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b" " * (PIECE - 1) + "é".encode() + b"ab\xff")
    with pytest.raises(W2VError, match=f"byte 0xff at offset {PIECE + 3};"):
        load_corpus(path)


def test_other_encodings_and_replacement(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("été d'été".encode("latin-1"))
    assert load_corpus(path, encoding="latin-1").words == ("été", "d'été")
    assert load_corpus(path, errors="replace", tokens="spaces").words == ("\ufffdt\ufffd", "d'\ufffdt\ufffd")
    assert load_corpus(path, errors="ignore").words == ("t", "d't")
    path.write_bytes("国王 王后".encode("utf-16"))
    assert load_corpus(path, encoding="utf-16", tokens="spaces").words == ("国王", "王后")
    with pytest.raises(W2VError, match="look like UTF-16"):
        load_corpus(path)


def _damaged(path):
    data = bytearray(gzip.compress(os.urandom(3000)))
    data[1500] ^= 0xFF
    path.with_name("x.gz").write_bytes(data)
    return {"source": path.with_name("x.gz"), "encoding": "latin-1"}


def _file(name, data):
    def make(path):
        path.with_name(name).write_bytes(data)
        return {"source": path.with_name(name)}

    return make


BAD_INPUT = {
    "empty": (_file("x.txt", b""), "x.txt is empty: there is no word in it"),
    "empty gz": (_file("x.gz", gzip.compress(b"")), "x.gz is empty"),
    "gz of no bytes": (_file("x.gz", b""), "x.gz is empty"),
    "only spaces": (_file("x.txt", b" \n \n"), "there is no word in it"),
    "only marks": (_file("x.txt", b"... ?!\n -- \n"), "there is no word in it"),
    "one word": (_file("x.txt", b"jam.\n"), "x.txt has one word only, 'jam'"),
    "one word repeated": (_file("x.txt", b"jam jam jam"), "x.txt repeats one word, 'jam'"),
    "missing": (lambda p: {"source": p.with_name("no.txt")}, "there is no file or folder '.*no.txt'"),
    "missing name": (
        lambda p: {"source": "prosa"},
        r"no bundled corpus of that name \(drink-eat, apricot-jam",
    ),
    "no name": (lambda p: {"source": ""}, "there is no file or folder ''"),
    "no text files": (
        lambda p: {"source": p.parent},
        "has no text files: names ending in .txt or .gz expected",
    ),
    "cut gz": (_file("x.gz", gzip.compress(b"jam " * 999)[:-9]), "'.*x.gz' is a damaged gzip file: "),
    "damaged gz": (_damaged, "'.*x.gz' is a damaged gzip file: "),
    "no gz": (_file("x.gz", b"just text"), "ends in .gz but does not begin as a gzip file"),
    "encoding": (
        lambda p: {**_file("x.txt", b"a b")(p), "encoding": "utf-9"},
        "no text encoding called 'utf-9'",
    ),
    "bytes codec": (
        lambda p: {**_file("x.txt", b"a b")(p), "encoding": "hex"},
        "no text encoding called 'hex'",
    ),
    "errors": (
        lambda p: {**_file("x.txt", b"a b")(p), "errors": "hope"},
        "errors is 'hope'; expected 'strict'",
    ),
    "no such rule": (
        lambda p: {**_file("x.txt", b"a b")(p), "mincount": 2},
        "there is no rule 'mincount' for reading a text; there are tokens, sentences, lower, min_count,",
    ),
    "tokens": (
        lambda p: {**_file("x.txt", b"a b")(p), "tokens": "bpe"},
        "tokens is 'bpe'; expected one of words",
    ),
    "sentences": (
        lambda p: {**_file("x.txt", b"a b")(p), "sentences": "x"},
        "sentences is 'x'; expected one of",
    ),
    "min_count": (lambda p: {**_file("x.txt", b"a b")(p), "min_count": 0}, "min_count is 0; expected 1"),
    "max_vocabulary": (lambda p: {**_file("x.txt", b"a b")(p), "max_vocabulary": 1}, "held to 1 words"),
    "max_sentence": (
        lambda p: {**_file("x.txt", b"a b")(p), "max_sentence": 1},
        "room for at least two words",
    ),
    "none frequent": (
        lambda p: {**_file("x.txt", b"a b c b")(p), "min_count": 5},
        r"of the 3 different words of x.txt, none occurs min_count = 5 times or more: .* is 'b' with 2;",
    ),
    "one frequent": (
        lambda p: {**_file("x.txt", b"a b c b")(p), "min_count": 2},
        r"only one occurs min_count = 2 times or more: the most frequent is 'b' with 2;",
    ),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_gets_one_clear_message(case, tmp_path):
    make, message = BAD_INPUT[case]
    with pytest.raises(W2VError, match=message) as error:
        load_corpus(**make(tmp_path / "x"))
    assert "\n" not in str(error.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a file that we may not read")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("a b")
    path.chmod(0)
    with pytest.raises(W2VError, match="cannot be read: Permission denied"):
        load_corpus(path)


def test_a_path_object_never_means_a_bundled_corpus(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("prose").write_text("my own prose")
    assert load_corpus(Path("prose")).n_tokens == load_corpus("./prose").n_tokens == 3
    assert load_corpus("prose").n_tokens > 500


def _slow_words(text):
    """The rule for words, one character at a time."""
    text = text.lower().replace("’", "'")
    words, word = [], ""
    for i, letter in enumerate(text + " "):
        inside = letter == "'" and word and text[i + 1 : i + 2].isalnum()
        if letter.isalnum() or inside:
            word += letter
            continue
        if word:
            words.append(word)
        word = ""
        rest = text[i + 1 :]
        before_space = not rest or rest[0].isspace() or rest[0] in "\"'”»)]"
        blank_line = "\n" in rest and not rest[: rest.index("\n")].strip()
        if letter in "。！？" or (letter in ".!?…" and before_space) or (letter == "\n" and blank_line):
            words.append(letter)
    return words


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aB7é国_'’-.!?…。” )\n\t,", max_size=25))
def test_words_are_those_that_a_slow_reader_finds(text):
    assert tokenizer()(text) == _slow_words(text)
