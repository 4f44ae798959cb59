"""The notebooks run from the first to the last cell, in their own folder."""

import pathlib
import unittest

import nbclient
import nbformat

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "notebooks"


class Notebooks(unittest.TestCase):
    def test_every_notebook_runs(self):
        notebooks = sorted(FOLDER.glob("*.ipynb"))
        self.assertEqual([n.stem for n in notebooks], ["first-pulse", "my-data", "own-device", "sweep"])
        # One kernel for all, emptied before each: to start one and to load xarray takes longer than a notebook.
        cells = []
        for file in notebooks:
            notebook = nbformat.read(file, as_version=4)
            self.assertFalse(any(cell.get("outputs") for cell in notebook.cells), f"{file.stem}: stored outputs")
            cells += [nbformat.v4.new_code_cell("%reset -f"), *notebook.cells]
        together = nbformat.v4.new_notebook(cells=cells)
        nbclient.NotebookClient(together, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()


if __name__ == "__main__":
    unittest.main()
