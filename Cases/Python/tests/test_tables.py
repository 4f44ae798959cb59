"""Parameters, differences, fits and calibrations through the program; FVSOLVER_COMMAND names it."""

import pathlib
import tempfile
import unittest

import numpy
import xarray

import fvsolver as fv

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[1] / "notebooks"

TARGETS = """
[parameter."psg.hop_distance"]
start = 5.5e-10
lower = 5e-10
upper = 7e-10
log = true

[target.step_first]
case = "single"
value = {step!r}
sigma = {sigma!r}
unit = "S"
"""


class Showing(unittest.TestCase):
    def test_parameters_have_value_unit_kind_and_meaning(self):
        table = fv.show("single", {"psg.thickness": "5 nm"})
        self.assertEqual(list(table.loc["psg.thickness", ["value", "unit", "symbol", "kind"]]), [5e-9, "m", "d", "user"])
        self.assertIn("Nominal thickness", table.loc["psg.thickness", "meaning"])


class Comparing(unittest.TestCase):
    def test_a_difference_names_what_was_changed_and_what_came_of_it(self):
        a, b = fv.run("single"), fv.run("single", {"psg.thickness": "9.5 nm"})
        between = fv.diff(a, b)
        self.assertFalse(between.same)
        self.assertEqual(list(between.parameters.loc["psg.thickness", ["a", "b"]]), [1e-8, 9.5e-9])
        step = between.figures.loc["step_first"]
        self.assertEqual(step.difference, step.b - step.a)
        self.assertEqual(step.a, a.figures.loc["step_first", "value"])
        self.assertTrue(between.picture._repr_png_().startswith(b"\x89PNG"))
        self.assertTrue(fv.diff(a, a).same)


class Fitting(unittest.TestCase):
    def test_a_law_is_fitted_to_a_file_with_units(self):
        fit = fv.fit(NOTEBOOKS / "steps.csv", "joint", x=["amplitude", "width"], y="step", thickness="5 nm")
        a = fit.parameters.loc["a"]
        self.assertTrue(fit.converged)
        self.assertTrue(a.lower < a.value < a.upper and 5e-10 < a.value < 6.5e-10, a)
        self.assertEqual(fit.correlation.shape, (3, 3))

    def test_columns_of_python_are_fitted_and_the_parameters_come_back(self):
        x = numpy.linspace(1, 5, 9)
        data = xarray.Dataset({"x": ("i", x, {"units": "V"}), "y": ("i", 3 * x + 2, {"units": "nS"})})
        fit = fv.fit(data, "linear", x=["x"], y="-y")
        numpy.testing.assert_allclose(sorted(fit.parameters.value), [-3e-9, -2e-9], rtol=1e-9)
        with self.assertRaisesRegex(fv.InputError, "no column"):
            fv.fit({"x": x, "y": x}, "linear", y="z")

    def test_a_calibration_finds_what_was_put_in_and_writes_a_preset(self):
        step = fv.run("single").figures.loc["step_first", "value"]
        with tempfile.TemporaryDirectory() as folder:
            targets = pathlib.Path(folder, "targets.toml")
            targets.write_text(TARGETS.format(step=float(step), sigma=float(step) / 100))
            found = fv.calibrate(targets, output=pathlib.Path(folder, "preset.toml"))
            true = fv.show("single").loc["psg.hop_distance", "value"]
            self.assertAlmostEqual(found.parameters.loc["psg.hop_distance", "value"] / true, 1, 3)
            self.assertEqual(fv.show("single", {"preset": str(found.preset)}).loc["psg.hop_distance", "kind"], "calibrated")


if __name__ == "__main__":
    unittest.main()
