"""Runs of a case, and their result files."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import h5py
import pandas
import xarray

from ._command import Progress, Settings, invoke, settings_arguments

_ENGINE = "h5netcdf"


class Result:
    """A result file. Tables are read when they are first asked for."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        #: The HDF5 file; one that nobody named lasts as long as this object.
        self.path = Path(path).resolve()
        with h5py.File(self.path, "r") as file:
            #: Root attributes: title, case, command_line, code_version, created.
            self.attributes: dict[str, Any] = {name: _plain(value) for name, value in file.attrs.items()}
            self._parts: list[str] = list(file.get("profiles", {}))

    @property
    def title(self) -> str:
        """Title of the case."""
        return str(self.attributes["title"])

    @property
    def warnings(self) -> list[str]:
        """What the run warned of."""
        return [str(text) for text in self.attributes.get("warnings", ())]

    @cached_property
    def pulses(self) -> xarray.Dataset:
        """One value a pulse, over the number of the pulse: amplitude, conductance_after, protons_into_wo3, ..."""
        return self._group("pulses")

    @cached_property
    def series(self) -> xarray.Dataset:
        """Over time: gate_voltage, gate_current, conductance, temperature, ..."""
        return self._group("series")

    @cached_property
    def profiles(self) -> Mapping[str, xarray.Dataset]:
        """Fields over time and place by part of the device: ``profiles["psg"].proton_density``."""
        return {part: self._group(f"profiles/{part}") for part in self._parts}

    @cached_property
    def figures(self) -> pandas.DataFrame:
        """Single figures of the run by name: value, unit, kind (input, calibrated, follows), meaning."""
        with h5py.File(self.path, "r") as file:
            rows = {name: _figure(data) for name, data in file["figures"].items()}
        return pandas.DataFrame.from_dict(rows, orient="index", columns=["value", "unit", "kind", "meaning"])

    @cached_property
    def parameters(self) -> pandas.DataFrame:
        """Every parameter of the run by path, with its origin: value, unit, symbol, kind, reference."""
        rows: dict[str, list[Any]] = {}
        with h5py.File(self.path, "r") as file:
            for section, group in file["parameters"].items():
                for key, data in group.items():
                    attributes = [_plain(data.attrs.get(name, "")) for name in ("units", "symbol", "kind", "reference")]
                    rows[f"{section}.{key}"] = [_plain(data[()]), *attributes]
        return pandas.DataFrame.from_dict(rows, orient="index", columns=["value", "unit", "symbol", "kind", "reference"])

    def plot(self, view: str | None = None) -> Picture:
        """Draws a view (``fv plot``, ``--list`` names them); a notebook shows what this returns."""
        with tempfile.TemporaryDirectory(prefix="fv-") as folder:
            path = Path(folder, "picture.png")
            invoke(["plot", str(self.path), "-o", str(path), *(["--view", view] if view else [])], False)
            return Picture(path.read_bytes())

    def _group(self, name: str) -> xarray.Dataset:
        with xarray.open_dataset(self.path, group=name, engine=_ENGINE) as data:
            return data.load()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.title!r}: {self.path}>"


class Picture:
    """A picture (PNG), which a notebook shows."""

    def __init__(self, png: bytes) -> None:
        self.png = png

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes it to a file."""
        Path(path).write_bytes(self.png)

    def _repr_png_(self) -> bytes:
        return self.png


def open_result(path: str | os.PathLike[str]) -> Result:
    """Opens the result file of an earlier run."""
    return Result(path)


def run(
    case: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    output: str | os.PathLike[str] | None = None,
    start: Result | str | os.PathLike[str] | None = None,
    resume: bool = False,
    force: bool = False,
    progress: Progress = None,
) -> Result:
    """Runs a case of the library or a case file.

    :param settings: what to change, by path: ``{"psg.thickness": "5 nm", "protocol.0.width": 7e-9}``
    :param output: result file; without it the result lasts as long as the object that is returned
    :param start: result whose final state the run starts from
    :param resume: go on from the checkpoint of an interrupted run to the same output
    :param force: accept implausible values, and replace files that the program has not written
    :raises InputError: the case or a setting is not valid
    :raises NumericalError: the run failed
    """
    scratch = None if output else tempfile.mkdtemp(prefix="fv-")
    path = Path(output) if output else Path(scratch or "", Path(case).stem + ".h5")
    arguments = ["run", os.fspath(case), *settings_arguments(settings), "-o", str(path), "--no-picture", "--json"]
    if start is not None:
        arguments += ["--from", str(start.path if isinstance(start, Result) else os.fspath(start))]
    try:
        invoke([*arguments, *(["--resume"] if resume else []), *(["--force"] if force else [])], progress)
        result = Result(path)
    except BaseException:
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
        raise
    if scratch:
        weakref.finalize(result, shutil.rmtree, scratch, ignore_errors=True)
    return result


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    return value.tolist() if hasattr(value, "tolist") else value


def _figure(data: h5py.Dataset) -> list[Any]:
    return [_plain(data[()]), *(_plain(data.attrs.get(name, "")) for name in ("units", "kind", "long_name"))]
