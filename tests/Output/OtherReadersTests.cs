using FvSolver.Cases.Output;
using Xunit;

namespace FvSolver.Tests.Output;

/// <summary>Result files are HDF5 to programs that are not ours.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fv-readers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    [NeedsProgramFact("h5py", "-c \"import h5py\"", "python3", "/usr/bin/python3")]
    public void H5py_reads_all_values_and_every_dataset_says_what_it_is()
    {
        string path = Path.Combine(_folder, "r.h5"), script = Path.Combine(_folder, "check.py");
        ResultFile.Write(path, Sample.Programming());
        File.WriteAllText(script, """
            import h5py, sys
            f = h5py.File(sys.argv[1], "r")
            def check(name, o):
                if isinstance(o, h5py.Dataset):
                    assert isinstance(o.attrs["units"], str) and o.attrs["units"], name
                    assert isinstance(o.attrs["long_name"], str) and o.attrs["long_name"], name
                    o[()]
            f.visititems(check)
            assert f.attrs["layout"] == 1
            assert f.attrs["title"].startswith("Fig. 2A")
            assert f.attrs["case"] == "[pulse]\namplitude = \"10 V\"\n", f.attrs["case"]
            assert f.attrs["created"].startswith("2025-03-04T05:06:07")
            assert f["pulses/conductance_after"].shape == (200,)
            assert f["pulses/amplitude"][0] == 10 and f["pulses/amplitude"][199] == -8.5
            assert f["series/time"].attrs["units"] == "s"
            assert f["profiles/proton_density/values"].shape == (5, 61)
            assert f["profiles/proton_density/values"][4, 0] == 4e25 * 2.2
            p = f["parameters/electrolyte/hop_distance"]
            assert p[()] == 5.72e-10 and p.attrs["symbol"] == "a" and p.attrs["kind"] == "calibrated" and p.attrs["reference"]
            assert f["parameters/mesh/cells"][()] == 60
            assert f["parameters/electrolyte/hop_law"].asstr()[()] == "Sinh"
            assert f["warnings"].asstr()[1].endswith("µ ± σ")
            assert f["figures/range"][()] == 19.5
            assert f["plots/step-against-amplitude/panel1/curve1/y_error"][3] == 20
            """);
        Passes(NeedsProgramFactAttribute.Find("-c \"import h5py\"", Pythons)!, $"\"{script}\" \"{path}\"");
    }

    [NeedsProgramFact("h5py", "-c \"import h5py\"", "python3", "/usr/bin/python3")]
    public void H5py_sees_empty_tables_with_length_zero()
    {
        string path = Path.Combine(_folder, "r.h5"), script = Path.Combine(_folder, "check.py");
        Result full = Sample.Programming(0, 0);
        ResultFile.Write(path, full with { Checkpoint = null });
        File.WriteAllText(script, """
            import h5py, sys
            f = h5py.File(sys.argv[1], "r")
            assert f["pulses/start"].shape == (0,) and len(f["pulses/start"][()]) == 0
            assert f["pulses/start"].attrs["units"] == "s"
            assert "checkpoint" not in f
            """);
        Passes(NeedsProgramFactAttribute.Find("-c \"import h5py\"", Pythons)!, $"\"{script}\" \"{path}\"");
    }

    [NeedsProgramFact("h5dump", "--version", "h5dump")]
    public void H5dump_reads_the_file_to_its_end()
    {
        string path = Path.Combine(_folder, "r.h5");
        ResultFile.Write(path, Sample.Programming());
        (int code, string output) = NeedsProgramFactAttribute.Run("h5dump", $"\"{path}\"");
        Assert.Equal(0, code);
        Assert.Contains("DATASET \"conductance_after\"", output);
        Assert.DoesNotContain("error", output.Replace("y_error", "").Replace("error of", ""), StringComparison.OrdinalIgnoreCase);
    }

    private static void Passes(string program, string arguments)
    {
        (int code, string output) = NeedsProgramFactAttribute.Run(program, arguments);
        Assert.True(code == 0, output);
    }
}
