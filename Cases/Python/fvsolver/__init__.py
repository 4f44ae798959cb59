"""Runs the protonic-resistor solver ``fv`` and gives its results as xarray Datasets.

>>> import fvsolver as fv
>>> thin = fv.run("single", {"psg.thickness": "5 nm", "protocol.0.amplitude": "5 V"})
>>> thin.pulses.conductance_step
"""

from ._command import FvError, InputError, Interrupted, NumericalError, Progress, ProgramNotFoundError, Settings
from ._result import Result, open_result, run
from ._sweep import sweep

__all__ = [
    "FvError",
    "InputError",
    "Interrupted",
    "NumericalError",
    "ProgramNotFoundError",
    "Progress",
    "Result",
    "Settings",
    "open_result",
    "run",
    "sweep",
]
