using System.IO.Compression;
using System.Text;
using FvSolver.Cases.Output;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Output;

public sealed class LayoutTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("z", "at 0 places")]
    [InlineData("time", "at 0 times")]
    public void A_field_without_a_place_for_each_node_and_a_time_for_each_sample_is_refused(string missing, string expected)
    {
        var group = new DataGroup();
        ProfileLayout.Add(group, Sample.Profiles());
        Assert.NotEmpty(ProfileLayout.Read(group).Fields);
        group.Groups.First().Value.DataSets.Remove(missing);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ProfileLayout.Read(group)).Message);
    }

    [Fact]
    public void A_file_of_layout_1_is_read_and_written_anew_in_layout_2()
    {
        string old = _folder["old.h5"], anew = _folder["new.h5"];
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(Checkout.Root, "tests/Output/Data/layout-1.h5.gz")),
            CompressionMode.Decompress))
        using (FileStream file = File.Create(old))
            packed.CopyTo(file);
        Result first = ResultFile.Read(old);
        ResultFile.Write(anew, first);
        Result second = ResultFile.Read(anew);

        // Read from the old file by h5py.
        Assert.Equal("fv run single", first.Header.CommandLine);
        Assert.Equal(["proton_density", "potential", "hydrogen_density"], first.Record.Profiles.Fields.Select(f => f.Name));
        Assert.Equal(1.1539044037165024e-08, first.Record.Pulses["conductance_after"][0]);
        foreach (Result result in new[] { first, second })
        {
            Assert.Equal(first.Header, result.Header);
            Assert.Equal(first.Parameters, result.Parameters);
            Assert.Equal(first.Record.Figures, result.Record.Figures);
            Assert.Equal(first.Record.Series["conductance"], result.Record.Series["conductance"]);
            Assert.Equal(first.Record.Profiles.Times, result.Record.Profiles.Times);
            Assert.Single(result.Record.Profiles.Fields[0].Samples);
            Assert.Equal(first.Record.Profiles.Fields.Select(f => (f.Name, f.Position.Length)),
                result.Record.Profiles.Fields.Select(f => (f.Name, f.Position.Length)));
            Assert.Equal(first.Record.Profiles.Fields[2].Samples[^1], result.Record.Profiles.Fields[2].Samples[^1]);
            Assert.Equal(first.Checkpoint!.Doubles["state"], result.Checkpoint!.Doubles["state"]);
        }
    }

    [Fact]
    public void Texts_of_any_length_and_alphabet_come_back_whole()
    {
        Result written = Sample.Programming();
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => i % 50 == 49 ? "\n" : i % 7 == 0 ? "Ψ" : "x"));
        written.Checkpoint!.Strings["settings"] = [text, "", "short"];
        written.Record.Warnings.Add(text);
        written = written with { Header = written.Header with { CaseText = text, Title = "" } };
        ResultFile.Write(_folder["r.h5"], written);
        Result read = ResultFile.Read(_folder["r.h5"]);

        Assert.Equal(written.Header, read.Header);
        Assert.Equal(written.Record.Warnings, read.Record.Warnings);
        Assert.Equal(written.Checkpoint.Strings["settings"], read.Checkpoint!.Strings["settings"]);
    }

    [Fact]
    public void A_dimension_without_a_scale_of_its_length_is_an_error()
    {
        var root = new DataGroup();
        root.AddIndex("time", 3, "numbers");
        root.Add("values", new double[4], "1", "one too many", dimensions: ["time"]);
        var error = Assert.Throws<InvalidDataException>(() => new Hdf5Format().Write(new MemoryStream(), root));
        Assert.Contains("'values' has a dimension 'time'", error.Message);
    }

    // Values that the author of the function published with it.
    [Theory]
    [InlineData("", 0xdeadbeef)]
    [InlineData("Four score and seven years ago", 0x17770551)]
    public void The_checksum_is_lookup3(string text, uint expected) => Assert.Equal(expected, Lookup3.Of(Encoding.ASCII.GetBytes(text)));
}
