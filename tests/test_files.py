"""Outputs are whole or not there."""

import os
import stat

import pytest

from w2v_edu.errors import W2VError
from w2v_edu.files import check_writable, write_whole


def test_written_whole_and_readable_by_others(tmp_path):
    path = check_writable(tmp_path / "new" / "page.html")
    write_whole(path, "sigma σ")
    assert path.read_text(encoding="utf-8") == "sigma σ"
    assert stat.S_IMODE(path.stat().st_mode) & 0o444 == 0o444 & ~(os.umask(0o022) or os.umask(0o022))
    write_whole(path, b"again")
    assert path.read_bytes() == b"again"
    assert [p.name for p in path.parent.iterdir()] == ["page.html"]


def test_what_stood_there_stays_if_writing_fails(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("before", encoding="utf-8")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(W2VError, match="page.html. could not be written: No space left on device"):
        write_whole(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_places_that_cannot_be_written_are_said_before_the_work(tmp_path):
    with pytest.raises(W2VError, match="it is a folder; the name of a file expected"):
        check_writable(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(W2VError, match="cannot write .*File exists|cannot write .*Not a directory"):
        check_writable(tmp_path / "file" / "page.html")
    with pytest.raises(W2VError, match="cannot write"):
        check_writable("/proc/page.html")
    with pytest.raises(W2VError, match="page.html. could not be written: No such file or directory"):
        write_whole(tmp_path / "nowhere" / "page.html", "")
