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
        for file in notebooks:
            with self.subTest(file.stem):
                notebook = nbformat.read(file, as_version=4)
                self.assertFalse(any(cell.get("outputs") for cell in notebook.cells), "stored outputs")
                nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}}).execute()


if __name__ == "__main__":
    unittest.main()
