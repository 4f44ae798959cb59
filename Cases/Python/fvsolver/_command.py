"""Finds the program, runs it, shows its progress, and turns its errors into exceptions."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Union

#: Settings by path, as after ``--set``: SI numbers, or texts with a unit or a choice.
Settings = Mapping[str, Union[str, float, int, bool]]

#: True or False shows or hides progress, a function takes its lines; None shows it on a terminal and in a notebook.
Progress = Union[bool, Callable[[str], None], None]

_BAD_INPUT, _NUMERICAL_FAILURE, _INTERRUPTED = 2, 3, 130


class FvError(RuntimeError):
    """The program ended with an error; the text is its message."""

    def __init__(self, message: str, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class InputError(FvError, ValueError):
    """A case, setting, file or argument is not valid (exit code 2)."""


class NumericalError(FvError, ArithmeticError):
    """The run failed numerically, or lost hydrogen or charge (exit code 3)."""


class Interrupted(FvError):
    """The program was interrupted from outside and has saved what it had (exit code 130)."""


class ProgramNotFoundError(FvError, FileNotFoundError):
    """There is no ``fv`` to run."""


def command() -> list[str]:
    """The program as the first words of a command line.

    FVSOLVER_COMMAND, the checkout that this package or the working folder lies in, or ``fv`` on the path, in this order.
    """
    if named := os.environ.get("FVSOLVER_COMMAND"):
        return shlex.split(named)
    launcher = "fv.cmd" if os.name == "nt" else "fv"
    for folder in [*Path(__file__).resolve().parents, Path.cwd(), *Path.cwd().parents]:
        if (folder / "FvSolver.sln").is_file() and (folder / launcher).is_file():
            return [str(folder / launcher)]
    if found := shutil.which("fv"):
        return [found]
    raise ProgramNotFoundError("fv was not found: install the tool, work inside its checkout, or name it in FVSOLVER_COMMAND")


def settings_arguments(settings: Settings | None) -> list[str]:
    """``--set path=value`` for each setting."""
    return [word for path, value in (settings or {}).items() for word in ("--set", f"{path}={setting_text(value)}")]


def setting_text(value: str | float | int | bool) -> str:
    """A value as the command line takes it, to the last bit."""
    if isinstance(value, str):
        return value
    # bool() and float() take the scalars of numpy as well.
    return str(bool(value)).lower() if type(value).__name__ in ("bool", "bool_") else repr(float(value)).removesuffix(".0")


def invoke(arguments: Sequence[str], progress: Progress = None, accept: Iterable[int] = (0,)) -> str:
    """Runs the program to its end and returns its standard output; the lines of its error stream are its progress.

    KeyboardInterrupt ends the program, which saves what it has.
    """
    show = _shower(progress)
    process = subprocess.Popen(
        [*command(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None and process.stderr is not None
    output: list[str] = []
    reader = threading.Thread(target=_collect, args=(process.stdout, output), daemon=True)
    reader.start()
    last = ""
    try:
        for line in process.stderr:
            if text := line.rstrip():
                show(text)
                last = text
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        reader.join()
        process.stdout.close()
        process.stderr.close()
        show("")
    # With an accepted code a command that did its work has printed a document; one that failed has not.
    if code == 0 or (code in accept and output[0]):
        return output[0]
    kind = {_BAD_INPUT: InputError, _NUMERICAL_FAILURE: NumericalError, _INTERRUPTED: Interrupted}.get(code, FvError)
    raise kind(last.removeprefix("fv: ") if last.startswith("fv: ") else f"fv ended with code {code}", code)


def _collect(stream: IO[str], into: list[str]) -> None:
    into.append(stream.read())


def _shower(progress: Progress) -> Callable[[str], None]:
    """What shows a line of progress; an empty line ends it."""
    if callable(progress):
        call = progress
        return lambda line: call(line) if line else None
    if progress is None:
        progress = sys.stderr.isatty() or "ipykernel" in sys.modules
    if not progress:
        return lambda line: None
    width = 0

    def rewrite(line: str) -> None:
        nonlocal width
        if line or width:
            print("\r" + line.ljust(width), end="" if line else "\r", file=sys.stderr, flush=True)
        width = len(line)

    return rewrite
