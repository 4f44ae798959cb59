"""Runs and sweeps through the program; FVSOLVER_COMMAND names it."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

import numpy

import fvsolver as fv
from fvsolver._command import invoke, setting_text


class Running(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.quick = fv.run("quick", {"psg.thickness": "9.5 nm", "protocol.0.count": 3, "protocol.1.count": 2})

    def test_pulses_series_and_profiles_are_datasets_with_units_and_dimensions(self):
        pulses, series, profiles = self.quick.pulses, self.quick.series, self.quick.profiles
        self.assertEqual(pulses.sizes, {"pulse": 5})
        self.assertEqual(list(pulses.amplitude.values), [10, 10, 10, -8.5, -8.5])
        self.assertEqual((pulses.conductance_after.dims, pulses.conductance_after.units), (("pulse",), "S"))
        self.assertEqual((series.conductance.dims, series.time.units), (("time",), "s"))
        self.assertEqual(profiles["psg"].proton_density.dims, ("time", "z"))
        self.assertEqual((profiles["psg"].proton_density.units, profiles["psg"].z.units), ("m^-3", "m"))
        self.assertTrue(all(v.attrs["long_name"] for v in pulses.variables.values()))

    def test_what_is_set_reaches_the_run_and_is_stored_with_its_origin(self):
        thickness = self.quick.parameters.loc["psg.thickness"]
        self.assertEqual((thickness.value, thickness.unit, thickness.kind), (9.5e-9, "m", "user"))
        self.assertEqual(self.quick.parameters.loc["psg.hop_law", "value"], "sinh")
        self.assertEqual(self.quick.parameters.loc["pd.hydrogen_pressure", "kind"], "paper")

    def test_figures_have_value_unit_kind_and_meaning(self):
        up = self.quick.pulses.conductance_step.sel(pulse=1)
        self.assertEqual(self.quick.figures.loc["step_first", "value"], float(up))
        self.assertEqual(self.quick.figures.loc["step_first", "unit"], "S")
        self.assertEqual(list(self.quick.figures.loc[["cell_emf", "step_first"], "kind"]), ["input", "follows"])

    def test_a_run_goes_on_from_another(self):
        more = fv.run("single", {"psg.thickness": "9.5 nm"}, start=self.quick)
        self.assertEqual(float(more.pulses.conductance_before[0]), float(self.quick.pulses.conductance_after[-1]))

    def test_a_view_is_drawn_for_notebooks(self):
        self.assertTrue(self.quick.plot()._repr_png_().startswith(b"\x89PNG"))

    def test_a_result_that_nobody_named_goes_with_its_object(self):
        result = fv.run("single")
        path = result.path
        self.assertTrue(path.exists())
        del result
        self.assertFalse(path.exists())

    def test_a_named_result_stays_and_is_opened_again(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "r.h5")
            fv.run("single", output=path)
            again = fv.open_result(path)
            self.assertEqual((again.title, again.pulses.sizes["pulse"]), ("One pulse of +10 V and 5 ns", 1))
            self.assertIn("fv run single", again.attributes["command_line"].replace(".toml", ""))


class Sweeping(unittest.TestCase):
    def test_a_grid_has_a_dimension_per_axis_with_units(self):
        data = fv.sweep("single", {"psg.thickness": ["9 nm", 10e-9], "psg.hop_law": ["sinh", "washboard"]}, ["step_first", "range"])
        self.assertEqual(data.step_first.dims, ("psg.thickness", "psg.hop_law"))
        self.assertEqual((data.step_first.units, data["psg.thickness"].units), ("S", "m"))
        alone = fv.run("single", {"psg.thickness": 9e-9, "psg.hop_law": "washboard"})
        self.assertEqual(float(data.step_first.sel({"psg.thickness": 9e-9, "psg.hop_law": "washboard"})), alone.figures.loc["step_first", "value"])

    def test_axes_walked_together_are_points(self):
        data = fv.sweep("single", {"psg.thickness": [9e-9, 10e-9], "protocol.0.amplitude": [9, 10]}, ["step_first"], together=True)
        self.assertEqual(data.step_first.dims, ("point",))
        self.assertEqual(list(data["protocol.0.amplitude"].values), [9, 10])


class Failing(unittest.TestCase):
    def test_bad_input_says_what_is_wrong(self):
        with self.assertRaises(fv.InputError) as caught:
            fv.run("single", {"psg.thicknes": "5 nm"})
        self.assertIn("did you mean", str(caught.exception))
        self.assertEqual(caught.exception.exit_code, 2)
        self.assertRaises(ValueError, fv.run, "no-such-case")
        self.assertRaisesRegex(fv.InputError, "no figure of this name", fv.sweep, "single", {"psg.thickness": [9e-9]}, ["nonsense"])

    def test_a_failed_run_is_a_numerical_error(self):
        with self.assertRaises(fv.NumericalError) as caught:
            fv.run("single", {"solver.max_steps": 3})
        self.assertEqual(caught.exception.exit_code, 3)

    def test_progress_is_handed_over_line_by_line(self):
        lines = []
        script = "import sys; print('fv: building', file=sys.stderr); print('a', file=sys.stderr); print('b', file=sys.stderr); print('done')"
        self.assertEqual((self.invoke(script, lines.append), lines), ("done\n", ["fv: building", "a", "b"]))

    def test_an_accepted_code_is_an_answer_with_a_document_and_a_failure_without(self):
        self.assertEqual(self.invoke("import sys; print('{}'); sys.exit(3)", accept=(0, 3)), "{}\n")
        with self.assertRaisesRegex(fv.NumericalError, "no step"):
            self.invoke("import sys; print('fv: no step', file=sys.stderr); sys.exit(3)", accept=(0, 3))
        for code, kind in ((1, fv.FvError), (2, fv.InputError), (3, fv.NumericalError)):
            with self.assertRaises(kind):
                self.invoke(f"import sys; print('{{}}'); sys.exit({code})")

    def invoke(self, script, *arguments, **options):
        with unittest.mock.patch.dict(os.environ, FVSOLVER_COMMAND=f'{sys.executable} -c "{script}"'):
            return invoke([], *arguments, **options)

    def test_scalars_of_numpy_are_settings(self):
        self.assertEqual([setting_text(v) for v in (numpy.True_, True, numpy.float64(0.1), numpy.int64(3))], ["true", "true", "0.1", "3"])

    def test_an_interrupt_ends_the_program_which_keeps_what_it_has(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "r.h5")
            # The lock says that the run begins; before its first pulse there is nothing to keep.
            script = "import os, signal, sys, threading, time, fvsolver\n" \
                "def interrupt():\n" \
                "    while not os.path.exists(sys.argv[1] + '.lock'):\n" \
                "        time.sleep(0.05)\n" \
                "    time.sleep(2)\n" \
                "    os.kill(os.getpid(), signal.SIGINT)\n" \
                "threading.Thread(target=interrupt, daemon=True).start()\n" \
                "fvsolver.run('quick', {'protocol.0.count': 100000}, output=sys.argv[1])"
            done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, timeout=30)
            self.assertIn("KeyboardInterrupt", done.stderr)
            self.assertTrue(any("checkpoint" in name for name in os.listdir(folder)), os.listdir(folder))


class Finding(unittest.TestCase):
    def test_a_program_that_is_nowhere_is_said(self):
        script = "import fvsolver._command as c; c.__file__ = '/nowhere/x'; c.command()"
        environment = {"PATH": "", "PYTHONPATH": os.environ["PYTHONPATH"]}
        done = subprocess.run([sys.executable, "-c", script], cwd="/", env=environment, capture_output=True, text=True)
        self.assertIn("ProgramNotFoundError: fv was not found", done.stderr)

    def test_the_checkout_of_the_package_comes_before_the_path(self):
        environment = {k: v for k, v in os.environ.items() if k != "FVSOLVER_COMMAND"}
        done = subprocess.run([sys.executable, "-c", "import fvsolver._command as c; print(c.command())"], cwd="/", env=environment, capture_output=True, text=True)
        self.assertEqual(done.stdout.strip(), str([str(pathlib.Path(__file__).resolve().parents[3] / "fv")]))


if __name__ == "__main__":
    unittest.main()
