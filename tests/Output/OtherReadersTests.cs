using FvSolver.Cases.Output;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;
using static FvSolver.Tests.Output.NeedsProgramFactAttribute;

namespace FvSolver.Tests.Output;

/// <summary>Result files in programs that are not ours.</summary>
public sealed class OtherReadersTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Result => _folder["r.h5"];

    public void Dispose() => _folder.Dispose();

    [NeedsProgramFact("h5py", "-c \"import h5py\"", "python3", "/usr/bin/python3")]
    public void H5py_reads_all_values_and_every_dataset_says_what_it_is()
    {
        ResultFile.Write(Result, Sample.Programming());
        Python("h5py", """
            import h5py, sys
            f = h5py.File(sys.argv[1], "r")
            def check(name, o):
                if isinstance(o, h5py.Dataset):
                    assert isinstance(o.attrs["units"], str) and o.attrs["units"], name
                    assert isinstance(o.attrs["long_name"], str) and o.attrs["long_name"], name
                    o[()]
            f.visititems(check)
            assert f.attrs["layout"] == 2
            assert f.attrs["title"].startswith("Fig. 2A")
            assert f.attrs["case"] == "[pulse]\namplitude = \"10 V\"\n", f.attrs["case"]
            assert f.attrs["created"].startswith("2025-03-04T05:06:07")
            assert f["pulses/conductance_after"].shape == (200,)
            assert f["pulses/amplitude"][0] == 10 and f["pulses/amplitude"][199] == -8.5
            assert f["series/time"].attrs["units"] == "s"
            p = f["profiles/psg/proton_density"]
            assert p.shape == (5, 61) and p[4, 0] == 4e25 * 2.2
            assert h5py.h5ds.is_scale(f["series/time"].id) and h5py.h5ds.is_scale(f["pulses/pulse"].id)
            assert p.dims[0].keys() == ["time"] and p.dims[1].keys() == ["z"]
            assert list(p.dims[1]["z"][()]) == list(f["profiles/psg/z"][()])
            assert f["pulses/amplitude"].dims[0]["pulse"][199] == 200
            p = f["parameters/electrolyte/hop_distance"]
            assert p[()] == 5.72e-10 and p.attrs["symbol"] == "a" and p.attrs["kind"] == "calibrated" and p.attrs["reference"]
            assert f["parameters/mesh/cells"][()] == 60
            assert f["parameters/electrolyte/hop_law"].asstr()[()] == "Sinh"
            assert f.attrs["warnings"][1].endswith("µ ± σ")
            assert f["figures/range"][()] == 19.5
            assert f["plots/step-against-amplitude/panel1/curve1/y_error"][3] == 20
            """, Result);
    }

    [NeedsProgramFact("h5py", "-c \"import h5py\"", "python3", "/usr/bin/python3")]
    public void H5py_sees_empty_tables_with_length_zero()
    {
        ResultFile.Write(Result, Sample.Programming(0, 0) with { Checkpoint = null });
        Python("h5py", """
            import h5py, sys
            f = h5py.File(sys.argv[1], "r")
            assert f["pulses/start"].shape == (0,) and len(f["pulses/start"][()]) == 0
            assert f["pulses/start"].attrs["units"] == "s"
            assert "checkpoint" not in f
            """, Result);
    }

    // 1000 samples on 333 nodes are six chunks, of which the last is not full.
    [NeedsProgramFact("h5py", "-c \"import h5py\"", "python3", "/usr/bin/python3")]
    public void H5py_reads_a_large_field_from_its_compressed_chunks()
    {
        var profiles = new ProfileSet();
        var field = new ProfileField("c", "m^-3", "density", [.. Enumerable.Range(0, 333).Select(i => 1e-9 * i)], [], []) { Part = "psg" };
        for (int k = 0; k < 1000; k++)
        {
            profiles.Times.Add(k);
            field.Samples.Add([.. field.Position.Select((_, i) => Math.Sqrt(k) + i)]);
        }
        profiles.Fields.Add(field);
        Result sample = Sample.Programming();
        ResultFile.Write(Result, sample with
        {
            Record = new()
            {
                Series = sample.Record.Series,
                Pulses = sample.Record.Pulses,
                Profiles = profiles
            }
        });
        Python("h5py", """
            import h5py, numpy, sys
            c = h5py.File(sys.argv[1], "r")["profiles/psg/c"]
            assert c.compression == "gzip" and c.shuffle and c.chunks == (196, 333), (c.compression, c.chunks)
            assert (c[()] == numpy.sqrt(numpy.arange(1000.0))[:, None] + numpy.arange(333)).all()
            assert c[999, 332] == numpy.sqrt(999.0) + 332
            """, Result);
        Assert.True(new FileInfo(Result).Length < 8 * 333 * 1000 / 2);
    }

    [NeedsProgramFact("xarray with h5netcdf and netCDF4", "-c \"import xarray,h5netcdf,netCDF4\"", "python3", "/usr/bin/python3")]
    public void Xarray_opens_every_group_with_named_dimensions_and_coordinates()
    {
        ResultFile.Write(Result, Sample.Programming());
        Python("xarray, h5netcdf, netCDF4", """
            import sys, h5py, xarray
            groups = []
            with h5py.File(sys.argv[1], "r") as f:
                f.visititems(lambda name, o: groups.append(name) if isinstance(o, h5py.Group) else None)
            for engine in ("h5netcdf", "netcdf4"):
                # The checkpoint is for this program alone.
                for group in [None] + [g for g in groups if not g.startswith("checkpoint")]:
                    with xarray.open_dataset(sys.argv[1], group=group, engine=engine) as d:
                        d.load()
                        assert not any("phony" in str(name) for name in d.dims), (engine, group, d.dims)
                series = xarray.open_dataset(sys.argv[1], group="series", engine=engine)
                assert series.conductance.dims == ("time",) and series.conductance.units == "S" and series.conductance.long_name
                assert series.gate_voltage.sel(time=2.5e-9, method="nearest") == 10
                pulses = xarray.open_dataset(sys.argv[1], group="pulses", engine=engine)
                assert pulses.amplitude.sel(pulse=101) == -8.5
                assert len(pulses.to_dataframe()) == 200
                profiles = xarray.open_dataset(sys.argv[1], group="profiles/psg", engine=engine)
                assert profiles.proton_density.dims == ("time", "z") and profiles.z.attrs["positive"] == "down"
                assert xarray.open_dataset(sys.argv[1], engine=engine).attrs["warnings"][0].startswith("a field")
            """, Result);
    }

    [NeedsProgramFact("ncdump", "", "ncdump")]
    public void Ncdump_reads_the_file_to_its_end()
    {
        ResultFile.Write(Result, Sample.Programming());
        (int code, string output) = Run("ncdump", $"\"{Result}\"");
        Assert.True(code == 0, output);
        Assert.Contains("double proton_density(time, z)", output);
        Assert.Contains("string amplitude:units = \"V\"", output);
    }

    [NeedsProgramFact("Octave", "--version", "octave-cli")]
    public void Octave_loads_the_file_whole()
    {
        string script = _folder["check.m"];
        ResultFile.Write(Result, Sample.Programming());
        File.WriteAllText(script, $"""
            s = load("{Result}");
            assert(s.pulses.amplitude([1 200]), [10 -8.5]);
            assert(size(s.profiles.psg.proton_density), [61 5]);
            assert(strcmp(s.parameters.electrolyte.hop_law, "Sinh"));
            assert(s.checkpoint.longs.counters(2) == 42);
            printf("fine\n");
            """);
        (int code, string output) = Run("octave-cli", $"--norc \"{script}\"");
        Assert.True(code == 0 && output.Trim() == "fine", output);
    }

    [NeedsProgramFact("h5dump", "--version", "h5dump")]
    public void H5dump_reads_the_file_to_its_end()
    {
        ResultFile.Write(Result, Sample.Programming());
        (int code, string output) = Run("h5dump", $"\"{Result}\"");
        Assert.Equal(0, code);
        Assert.Contains("DATASET \"conductance_after\"", output);
        Assert.DoesNotContain("error", output.Replace("y_error", "").Replace("error of", ""), StringComparison.OrdinalIgnoreCase);
    }
}
