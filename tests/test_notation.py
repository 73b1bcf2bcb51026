"""The dictionary of notations names what the code really has, and says where a letter changes its meaning."""

from dataclasses import fields

import pytest

from w2v_edu.model import Example, OutputTrace, Params, Trace
from w2v_edu.notation import NOTATION, SOURCES, entry, meanings
from w2v_edu.symbolic.settings import INPUT_SIDES, OBJECTIVES, setting


def test_every_identifier_is_one_of_the_codes():
    kept = {f.name for record in (Params, Trace, OutputTrace, Example) for f in fields(record)}
    kept |= {"V", "N", "C", "K", "eta", "w_I", "w_O"}
    assert {row.identifier for row in NOTATION} <= kept
    assert len({row.identifier for row in NOTATION}) == len(NOTATION)


def test_every_identifier_of_a_trace_is_in_the_dictionary_or_is_a_tree_matter():
    kept = (
        {f.name for f in fields(Params)}
        | {f.name for f in fields(Trace)}
        | {f.name for f in fields(OutputTrace)}
    )
    ours = {row.identifier for row in NOTATION}
    assert kept - ours == {
        "x", "example", "objective", "outputs", "dW", "dW_out", "rows", "d_rows", "nodes", "signs", "codes",
        "offset",
    }  # fmt: skip


@pytest.mark.parametrize("row", NOTATION, ids=lambda row: row.identifier)
def test_every_row_has_a_meaning_and_a_name_in_rong(row):
    assert row.what and row.rong
    assert all(name for source in SOURCES for name in row.names(source))


def test_letters_that_change_their_meaning():
    assert meanings("y") == {"rong": "y", "cs224n": "t"}
    assert meanings("V")["rong"] == "V" and meanings("V")["cs224n"] == "W"
    assert meanings("v_c") == {"cs224n": "h", "goldberg-levy": "W_out"}
    assert meanings("alpha") == {"cs224n": "eta", "word2vec.c": "eta"}
    assert entry("y").note and entry("W_out").note


def test_rongs_names_are_read_in_rongs_settings():
    arrays = set()
    for side in INPUT_SIDES:
        for objective in OBJECTIVES:
            theory = setting(side, objective).theory
            arrays |= {a.name for a in theory.inputs} | {d.array.name for d in theory.definitions}
    for identifier in ("W", "W_out", "h", "u", "y", "t", "e", "EI", "EH", "E", "eta", "w_I", "w_O"):
        assert entry(identifier) and identifier in arrays


def test_an_unknown_identifier():
    with pytest.raises(KeyError):
        entry("syn0")
