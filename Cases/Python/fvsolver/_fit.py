"""Fits of laws and of device parameters to data, and calibrations."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import pandas
import xarray

from ._command import Progress, invoke, setting_text
from ._result import Picture, Result

#: A CSV or result file (``"r.h5:series"``), a run, or columns of numbers in SI or with a ``units`` attribute.
Data = Union[str, "os.PathLike[str]", Result, xarray.Dataset, pandas.DataFrame, Mapping[str, Sequence[float]]]

_COLUMNS = ["value", "standard_error", "lower", "upper", "unit", "held"]


@dataclass(frozen=True)
class Fit:
    """What a fit gave."""

    #: Value, standard_error, lower, upper (of the confidence interval), unit and held by name of the parameter.
    parameters: pandas.DataFrame
    #: Correlation matrix of the parameters.
    correlation: pandas.DataFrame
    #: False when the search ended before it converged.
    converged: bool
    warnings: list[str]
    #: Data, fit and residuals.
    picture: Picture
    #: The whole document of the program.
    document: dict[str, Any]


@dataclass(frozen=True)
class Calibration:
    """What a calibration gave."""

    #: As those of a :class:`Fit`.
    parameters: pandas.DataFrame
    converged: bool
    #: Preset file with the parameters: ``run(case, {"preset": str(calibration.preset)})``.
    preset: Path
    #: The whole document of the program.
    document: dict[str, Any]


def fit(
    data: Data,
    law: str,
    *,
    x: Sequence[str] = (),
    y: str | None = None,
    sigma: str | None = None,
    case: str | None = None,
    free: Mapping[str, tuple[float, float]] | None = None,
    figure: str | None = None,
    start: Mapping[str, float | str] | None = None,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    priors: Mapping[str, tuple[float, float]] | None = None,
    fixed: Mapping[str, float | str] | None = None,
    thickness: float | str | None = None,
    temperature: float | str | None = None,
    bootstrap: int = 0,
    progress: Progress = None,
) -> Fit:
    """Fits a law in closed form, or with ``law="solver"`` parameters of a case that is run at each row.

    :param x: columns of the inputs
    :param y: column to fit; a minus in front changes its sign
    :param sigma: column of standard deviations
    :param case: with "solver": the case; ``figure`` is what the data are of
    :param free: with "solver": parameters of the case with their bounds
    :param priors: mean and sigma by parameter
    :raises InputError: data, law or options are not valid
    """
    with tempfile.TemporaryDirectory(prefix="fv-") as scratch:
        picture = Path(scratch, "fit.png")
        arguments = ["fit", _source(data, Path(scratch)), law, "-o", str(picture), "--json"]
        single = {"--x": ",".join(x), "--y": y, "--sigma": sigma, "--case": case, "--figure": figure,
                  "--thickness": thickness, "--temperature": temperature, "--bootstrap": bootstrap or None}
        # A column may begin with a minus, which only the form with an equals sign keeps apart from an option.
        arguments += [f"{name}={setting_text(value)}" for name, value in single.items() if value not in (None, "")]
        for option, values in (("--start", start), ("--fix", fixed)):
            arguments += [word for name, value in (values or {}).items() for word in (option, f"{name}={setting_text(value)}")]
        for option, pairs in (("--free", free), ("--bound", bounds), ("--prior", priors)):
            arguments += [word for name, (a, b) in (pairs or {}).items() for word in (option, f"{name}={setting_text(a)}:{setting_text(b)}")]
        document = json.loads(invoke(arguments, progress, accept=(0, 3)))
        drawn = Picture(picture.read_bytes())
    table = _parameters(document)
    correlation = pandas.DataFrame(document["correlation"], index=table.index, columns=table.index)
    return Fit(table, correlation, document["converged"], document["warnings"], drawn, document)


def calibrate(
    targets: str | os.PathLike[str],
    *,
    output: str | os.PathLike[str] | None = None,
    iterations: int | None = None,
    profile: int = 0,
    progress: Progress = None,
) -> Calibration:
    """Adjusts the parameters of a targets file (TOML) such that its runs meet its targets, and writes a preset.

    :param output: preset file; results/TARGETS-preset.toml without it
    :param profile: points of the misfit on each side of the best, drawn beside the preset
    :raises InputError: the targets are not valid
    """
    arguments = ["calibrate", os.fspath(targets), "--profile", str(profile), "--json"]
    arguments += [*(["-o", os.fspath(output)] if output else []), *(["--iterations", str(iterations)] if iterations else [])]
    document = json.loads(invoke(arguments, progress, accept=(0, 3)))
    return Calibration(_parameters(document), document["converged"], Path(document["preset"]), document)


def _parameters(document: dict[str, Any]) -> pandas.DataFrame:
    return pandas.DataFrame(document["parameters"]).set_index("name")[_COLUMNS]


def _source(data: Data, scratch: Path) -> str:
    """Data as the program reads them: a file, written here when they are columns."""
    if isinstance(data, (str, os.PathLike)):
        return os.fspath(data)
    if isinstance(data, Result):
        return str(data.path)
    units = {name: data[name].attrs.get("units", "1") for name in data.variables} if isinstance(data, xarray.Dataset) else {}
    table = data.to_dataframe().reset_index() if isinstance(data, xarray.Dataset) else pandas.DataFrame(data)
    table = table.rename(columns={name: f"{name} [{unit}]" for name, unit in units.items() if unit != "1"})
    file = scratch / "data.csv"
    table.to_csv(file, index=False)
    return str(file)
