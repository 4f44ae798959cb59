"""Sweeps over parameters."""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy
import pandas
import xarray

from ._command import Progress, invoke, setting_text


def sweep(
    case: str | os.PathLike[str],
    axes: Mapping[str, Sequence[str | float]] | None = None,
    outputs: Sequence[str] = (),
    *,
    together: bool = False,
    output: str | os.PathLike[str] | None = None,
    resume: bool = False,
    workers: int = 0,
    progress: Progress = None,
) -> xarray.Dataset:
    """Runs a case over every combination of the values of some parameters, on all cores.

    A grid gives a Dataset with a dimension per axis; axes walked ``together``, and sweep files with samples, one over ``point``.
    Points that failed are NaN, and a warning says why.

    :param case: case of the library or case file; or, without ``axes``, a sweep file (TOML)
    :param axes: values by path: ``{"psg.thickness": ["5 nm", "10 nm"], "preset": ["default", "n2"]}``
    :param outputs: figures to keep: ``["step_first", "conductance_step.mean"]``
    :param output: folder for points and table, which ``resume`` goes on with; without it nothing is kept
    :param workers: threads; 0 for one per core
    :raises InputError: the sweep is not valid
    """
    with tempfile.TemporaryDirectory(prefix="fv-") as scratch:
        file = Path(case)
        if axes is not None:
            file = Path(scratch, "sweep.toml")
            file.write_text(_text(_found(case), axes, outputs, together), encoding="utf-8")
        folder = Path(output) if output else Path(scratch, "points")
        arguments = ["sweep", str(file), "-o", str(folder), "--workers", str(workers), "--json", *(["--resume"] if resume else [])]
        invoke(arguments, progress, accept=(0, 3))
        definition = tomllib.loads(file.read_text(encoding="utf-8"))
        return _dataset(pandas.read_csv(folder / "sweep.csv", float_precision="round_trip"), definition)


def _found(case: str | os.PathLike[str]) -> str:
    # A relative path in a sweep file counts from that file.
    return str(Path(case).resolve()) if Path(case).is_file() else os.fspath(case)


def _text(case: str, axes: Mapping[str, Sequence[str | float]], outputs: Sequence[str], together: bool) -> str:
    lines = [f"case = {json.dumps(case)}", f"outputs = {json.dumps(list(outputs))}", f"zip = {json.dumps(together)}"]
    for path, values in axes.items():
        texts = [json.dumps(v) if isinstance(v, str) else setting_text(v) for v in values]
        lines += ["[[axis]]", f"path = {json.dumps(path)}", f"values = [{', '.join(texts)}]"]
    return "\n".join(lines) + "\n"


def _dataset(table: pandas.DataFrame, definition: dict[str, Any]) -> xarray.Dataset:
    for failed in table[table.failed == 1].itertuples():
        warnings.warn(f"point {failed.point} failed: {failed.message}", stacklevel=3)
    names = {column: column.split(" [")[0] for column in table.columns}
    units = {name: column[len(name) + 2:-1] or "1" for column, name in names.items()}
    table = table.rename(columns=names)
    axes = [axis["path"] for axis in definition.get("axis", [])]
    sampled = [parameter["path"] for parameter in definition.get("sample", {}).get("parameter", [])]
    if sampled or definition.get("zip") or not axes:
        data = table.set_index("point")[[*axes, *sampled, *definition["outputs"]]].to_xarray().set_coords([*axes, *sampled])
    else:
        # The last axis runs fastest.
        values = {path: table[path].unique() for path in axes}
        shape = [len(v) for v in values.values()]
        data = xarray.Dataset(
            {name: (axes, numpy.reshape(table[name].to_numpy(), shape)) for name in definition["outputs"]}, coords=values)
    for name in data.variables:
        if name in units:
            data[name].attrs["units"] = units[str(name)]
    return data
