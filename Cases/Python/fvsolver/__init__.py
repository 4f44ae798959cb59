"""Runs the protonic-resistor solver ``fv`` and gives its results as xarray Datasets.

>>> import fvsolver as fv
>>> thin = fv.run("single", {"psg.thickness": "5 nm", "protocol.0.amplitude": "5 V"})
>>> thin.pulses.conductance_step
"""

from ._command import FvError, InputError, Interrupted, NumericalError, Progress, ProgramNotFoundError, Settings
from ._compare import Difference, diff, show
from ._fit import Calibration, Data, Fit, calibrate, fit
from ._result import Picture, Result, open_result, run
from ._sweep import sweep

__all__ = [
    "Calibration",
    "Data",
    "Difference",
    "Fit",
    "FvError",
    "InputError",
    "Interrupted",
    "NumericalError",
    "Picture",
    "ProgramNotFoundError",
    "Progress",
    "Result",
    "Settings",
    "calibrate",
    "diff",
    "fit",
    "open_result",
    "run",
    "show",
    "sweep",
]
