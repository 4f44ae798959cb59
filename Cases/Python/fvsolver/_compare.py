"""Parameters of a case, and the difference between two results."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas

from ._command import Settings, invoke, settings_arguments
from ._result import Picture, Result


@dataclass(frozen=True)
class Difference:
    """What differs between two results."""

    #: True when nothing does.
    same: bool
    #: Parameters that differ, by path: a, b, unit.
    parameters: pandas.DataFrame
    #: Figures of both by name: a, b, difference, relative, unit, label.
    figures: pandas.DataFrame
    #: Both, and what is between them; None where nothing can be drawn.
    picture: Picture | None
    #: The whole document of the program.
    document: dict[str, Any]


def show(case: str | os.PathLike[str], settings: Settings | None = None) -> pandas.DataFrame:
    """Every parameter of a case by path: value, unit, symbol, kind, meaning, reference.

    :raises InputError: the case or a setting is not valid
    """
    document = json.loads(invoke(["show", os.fspath(case), *settings_arguments(settings), "--json"], False))
    return pandas.DataFrame(document["parameters"]).set_index("path")[["value", "unit", "symbol", "kind", "meaning", "reference"]]


def diff(a: Result | str | os.PathLike[str], b: Result | str | os.PathLike[str]) -> Difference:
    """Compares two results: parameters, figures, and one picture with what is between them."""
    files = [str(r.path) if isinstance(r, Result) else os.fspath(r) for r in (a, b)]
    with tempfile.TemporaryDirectory(prefix="fv-") as folder:
        path = Path(folder, "diff.png")
        document = json.loads(invoke(["diff", *files, "-o", str(path), "--json"], False))
        picture = Picture(path.read_bytes()) if path.exists() else None
    parameters = pandas.DataFrame(document["parameters"], columns=["path", "a", "b", "unit"]).set_index("path")
    figures = pandas.DataFrame(document["figures"]).set_index("name")[["a", "b", "difference", "relative", "unit", "label"]]
    return Difference(document["same"], parameters, figures, picture, document)
