using FvSolver.Cases.Output;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Output;

public sealed class ResultFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    private static void AssertSameBits(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), actual.Select(BitConverter.DoubleToInt64Bits));

    [Fact]
    public void Everything_that_is_written_is_read_again()
    {
        Result written = Sample.Programming();
        ResultFile.Write(At("r.h5"), written);
        Result read = ResultFile.Read(At("r.h5"));

        Assert.Equal(written.Header, read.Header);
        Assert.Equal(written.Parameters, read.Parameters);
        Assert.Equal(written.Record.Warnings, read.Record.Warnings);
        Assert.Equal(written.Record.Figures, read.Record.Figures);
        foreach ((Table a, Table b) in new[] { (written.Record.Series, read.Record.Series), (written.Record.Pulses, read.Record.Pulses) })
        {
            Assert.Equal(a.Columns, b.Columns);
            Assert.Equal(a.Count, b.Count);
            foreach (Column c in a.Columns)
                AssertSameBits(a[c.Name], b[c.Name]);
        }
        Assert.Equal(written.Record.Profiles.Times, read.Record.Profiles.Times);
        ProfileField f = written.Record.Profiles.Fields[0], g = read.Record.Profiles.Fields[0];
        Assert.Equal((f.Name, f.Unit, f.LongName), (g.Name, g.Unit, g.LongName));
        AssertSameBits(f.Position, g.Position);
        AssertSameBits(f.Samples.SelectMany(s => s), g.Samples.SelectMany(s => s));
        AssertSameBits(written.Checkpoint!.Doubles["state"], read.Checkpoint!.Doubles["state"]);
        Assert.Equal(written.Checkpoint.Longs["counters"], read.Checkpoint.Longs["counters"]);
        Assert.Equal(written.Checkpoint.Strings["words"], read.Checkpoint.Strings["words"]);
    }

    [Fact]
    public void Numbers_come_back_to_the_last_bit_including_those_that_are_none()
    {
        double[] values =
        [
            0.0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(0x7FF8_0000_DEAD_BEEF), double.PositiveInfinity,
            double.NegativeInfinity, double.Epsilon, double.MaxValue, 1.0 / 3, -1e-300,
        ];
        var table = new Table([new("value", "1", "numbers")]);
        foreach (double v in values)
            table.Append([v]);
        Result result = Empty() with { Record = new() { Series = table, Pulses = new([]), Profiles = new() } };
        result.Record.Figures["nan"] = new Figure(double.NaN, "1", "not a number");

        ResultFile.Write(At("r.h5"), result);
        Result read = ResultFile.Read(At("r.h5"));

        AssertSameBits(values, read.Record.Series["value"]);
        Assert.True(double.IsNaN(read.Record.Figures["nan"].Value));
    }

    [Fact]
    public void Tables_and_fields_without_rows_keep_their_columns()
    {
        var profiles = new ProfileSet();
        profiles.Fields.Add(new ProfileField("potential", "V", "potential", [0, 1e-9], [], []));
        Result result = Empty() with
        {
            Record = new()
            {
                Series = new([new("time", "s", "time"), new("gate_voltage", "V", "voltage")]),
                Pulses = new([]),
                Profiles = profiles
            },
        };
        ResultFile.Write(At("r.h5"), result);
        Result read = ResultFile.Read(At("r.h5"));

        Assert.Equal(result.Record.Series.Columns, read.Record.Series.Columns);
        Assert.Equal(0, read.Record.Series.Count);
        Assert.Empty(read.Record.Pulses.Columns);
        Assert.Empty(read.Record.Warnings);
        Assert.Empty(read.Record.Profiles.Fields[0].Samples);
        Assert.Equal([0, 1e-9], read.Record.Profiles.Fields[0].Position);
        Assert.Null(read.Checkpoint);
    }

    [Fact]
    public void Large_fields_survive_compression_and_triangles_stay_with_their_field()
    {
        var random = new Random(1);
        double[] z = [.. Enumerable.Range(0, 500).Select(_ => random.NextDouble())];
        var profiles = new ProfileSet();
        var field = new ProfileField("c", "m^-3", "density", z, z, []) { Triangles = [0, 1, 2, 1, 2, 3] };
        for (int k = 0; k < 333; k++)
        {
            profiles.Times.Add(k);
            field.Samples.Add([.. z.Select(_ => random.NextDouble())]);
        }
        profiles.Fields.Add(field);
        ResultFile.Write(At("r.h5"), Empty() with { Record = new() { Series = new([]), Pulses = new([]), Profiles = profiles } });
        ProfileField read = ResultFile.Read(At("r.h5")).Record.Profiles.Fields[0];

        AssertSameBits(field.Samples.SelectMany(s => s), read.Samples.SelectMany(s => s));
        Assert.Equal(field.Triangles, read.Triangles);
        AssertSameBits(field.PositionX, read.PositionX);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_result_and_no_rubbish()
    {
        ResultFile.Write(At("r.h5"), Sample.Programming());
        byte[] before = File.ReadAllBytes(At("r.h5"));

        var error = Assert.Throws<OutputException>(() => ResultFile.Write(At("r.h5"), Empty(), new FullDisk()));

        Assert.Equal($"{At("r.h5")}: cannot be written: there is no space left on the disk", error.Message);
        Assert.Equal(before, File.ReadAllBytes(At("r.h5")));
        Assert.Equal([At("r.h5")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Places_that_cannot_be_written_are_named_in_one_line()
    {
        string missing = Path.Combine(_folder.Path, "no", "such", "r.h5");
        Assert.Equal($"{missing}: cannot be written: its folder does not exist",
            Assert.Throws<OutputException>(() => ResultFile.Write(missing, Empty())).Message);
        Assert.Equal($"{_folder.Path}: cannot be written: it is a folder; an output must be a regular file",
            Assert.Throws<OutputException>(() => ResultFile.Write(_folder.Path, Empty())).Message);
        File.WriteAllText(At("file"), "x");
        OneLine(Assert.Throws<OutputException>(() => ResultFile.Write(Path.Combine(At("file"), "r.h5"), Empty())));
        OneLine(Assert.Throws<OutputException>(() => ResultFile.Write("", Empty())));
        OneLine(Assert.Throws<OutputException>(() => ResultFile.Write("a\0b", Empty())));
    }

    [Fact]
    public void What_is_not_a_result_is_named_in_one_line()
    {
        File.WriteAllText(At("text.h5"), "time,voltage\n0,1\n");
        File.WriteAllBytes(At("empty.h5"), []);
        using (FileStream foreign = File.Create(At("foreign.h5")))
        {
            var root = new DataGroup();
            root.Add("numbers", new double[] { 1, 2 }, "1", "numbers of someone else");
            new Hdf5Format().Write(foreign, root);
        }
        using (FileStream newer = File.Create(At("newer.h5")))
        {
            var root = new DataGroup();
            root.Attributes["layout"] = 3;
            new Hdf5Format().Write(newer, root);
        }

        foreach ((string name, string words) in new[]
        {
            ("text.h5", "is not a readable result"), ("empty.h5", "is empty"),
            ("foreign.h5", "is HDF5, but not a result"), ("newer.h5", "has layout 3"),
            ("missing.h5", "cannot be read: there is no such file"), ("no/such.h5", "its folder does not exist"), (".", "is a folder"),
        })
        {
            var error = Assert.Throws<OutputException>(() => ResultFile.Read(At(name)));
            Assert.StartsWith(At(name) + ": ", error.Message);
            Assert.Contains(words, error.Message);
            OneLine(error);
        }
    }

    private static void OneLine(OutputException error) => Assert.DoesNotContain('\n', error.Message);

    private static Result Empty() => new()
    {
        Header = new ResultHeader { Title = "empty" },
        Record = new RunRecord { Series = new([]), Pulses = new([]), Profiles = new() },
    };

    private sealed class FullDisk : IDataFormat
    {
        public void Write(Stream stream, DataGroup root)
        {
            stream.Write(new byte[100_000]);
            throw new System.Reflection.TargetInvocationException(new IOException("No space left on device : '/tmp/r.h5.partial'"));
        }

        public DataGroup Read(Stream stream, Action<IReadOnlyDictionary<string, object>> accept) => throw new NotSupportedException();
    }
}
