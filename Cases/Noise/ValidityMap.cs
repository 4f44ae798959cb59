using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;

namespace FvSolver.Cases.Noise;

/// <summary>Mean step with point charges over that of the mean field of planes, over density and permittivity.</summary>
public sealed class ValidityMap
{
    /// <summary>Densities over that of the case.</summary>
    public static IReadOnlyList<double> Densities { get; } = [0.03, 0.1, 0.3, 1, 3];

    /// <summary>Permittivities over that of the case.</summary>
    public static IReadOnlyList<double> Permittivities { get; } = [0.67, 1, 1.6, 2.6, 5];

    private readonly NoisePoint _base;
    private readonly PointOptions _points;
    private readonly double[] _cells;

    /// <summary>A map about a point, whose activation energy follows from the bulk law at each density.</summary>
    public ValidityMap(NoisePoint point, PointOptions points)
    {
        (_base, _points) = (point, points);
        // Twice the area.
        _cells = [points.Cell, points.Cell * Math.Sqrt(2)];
        Points = [.. Devices().SelectMany(d => _cells.SelectMany(cell => new[]
        {
            // The mean field of planes costs little: four times the pulses.
            _base with { Device = d, Cell = cell, Repeats = 4 },
            _base with { Device = d, Points = points with { Cell = cell } },
        }))];
    }

    /// <summary>What has to be simulated.</summary>
    public IReadOnlyList<NoisePoint> Points { get; }

    /// <summary>Which charges are explicit, in words.</summary>
    public string Charges => $"{(_points.OwnImage ? "own images on" : "own images off")}, "
        + (_points.CounterCharges ? "point-like counter-charges frozen in" : "uniform counter-charge");

    /// <summary>One row for each density, permittivity and size of cell.</summary>
    public Table Tabulate(IReadOnlyList<NoiseStatistics> statistics)
    {
        var table = new Table(
        [
            new("density", "m^-3", "density of protons c_fix"),
            new("permittivity", "1", "relative permittivity"),
            new("cell", "m", "side of the cell"),
            new("ratio", "1", $"mean step with point charges over that of the mean field of planes; {Charges}"),
            new("ratio_error", "1", "its standard error"),
            new("fano", "1", "variance over mean with point charges"),
            new("is_base", "1", "1 at density and permittivity of the case"),
        ]);
        for (int i = 0; i < statistics.Count; i += 2)
        {
            (SampleMoments planes, SampleMoments points) = (statistics[i].Pulse, statistics[i + 1].Pulse);
            double ratio = points.Mean / planes.Mean;
            // Blocks have frozen charges and calibrations of their own: their scatter is the error.
            double[] blocks = [.. statistics[i + 1].Blocks.Where(b => b.Mean.Length == NoiseBlock.Size).Select(b => b.Mean.Average())];
            double own = blocks.Length > 2 ? new SampleMoments(blocks).MeanError : points.MeanError;
            double error = Math.Abs(ratio) * double.Hypot(Math.Max(own, points.MeanError) / points.Mean, planes.MeanError / planes.Mean);
            Electrolyte psg = statistics[i].Point.Device.Psg, origin = _base.Device.Psg;
            bool isBase = psg.FixedChargeDensity == origin.FixedChargeDensity && psg.RelativePermittivity == origin.RelativePermittivity;
            table.Append(
            [
                psg.FixedChargeDensity, psg.RelativePermittivity, _cells[i / 2 % 2], ratio, error, points.Fano, isBase ? 1 : 0,
            ]);
        }
        return table;
    }

    /// <summary>Prints a table, densities downward and permittivities to the right; the base of the case is marked.</summary>
    public void Print(TextWriter text, Table table)
    {
        text.WriteLine($"ratio of the mean step, point charges over mean field of planes; {Charges}; * marks the case");
        for (int cell = 0; cell < _cells.Length; cell++)
        {
            text.WriteLine(FormattableString.Invariant($"cell of {_cells[cell] * 1e9:f1} nm; permittivity to the right, density downward"));
            double permittivity = _base.Device.Psg.RelativePermittivity;
            text.WriteLine(new string(' ', 12)
                + string.Concat(Permittivities.Select(p => FormattableString.Invariant($"{p * permittivity,-18:g3}"))));
            for (int d = 0; d < Densities.Count; d++)
            {
                text.Write(FormattableString.Invariant($"{Densities[d] * _base.Device.Psg.FixedChargeDensity,-12:g3}"));
                for (int p = 0; p < Permittivities.Count; p++)
                {
                    int row = (d * Permittivities.Count + p) * _cells.Length + cell;
                    string mark = table["is_base"][row] == 1 ? "*" : " ";
                    (double ratio, double error) = (table["ratio"][row], table["ratio_error"][row]);
                    text.Write(FormattableString.Invariant($"{ratio:f3} +- {error:f3}{mark}").PadRight(18));
                }
                text.WriteLine();
            }
        }
    }

    /// <summary>The map of the larger cell, and both cells as curves with their errors.</summary>
    public FigureSpec Draw(string name, Table table)
    {
        double[] x = [.. Densities.Select(d => Math.Log10(d * _base.Device.Psg.FixedChargeDensity))];
        double[] y = [.. Permittivities.Select(p => Math.Log10(p * _base.Device.Psg.RelativePermittivity))];
        int Row(int d, int p, int cell) => (d * Permittivities.Count + p) * _cells.Length + cell;
        double[] values = [.. y.SelectMany((_, p) => x.Select((_, d) => table["ratio"][Row(d, p, 1)]))];
        var density = new AxisSpec($"lg of density of protons, m^-3 ({Charges})", "1");
        return new()
        {
            Name = "validity",
            Title = $"{name}: where the mean field of planes holds, {_base}",
            Columns = 2,
            Panels =
            [
                new()
                {
                    Title = "mean step, point charges over mean field",
                    X = density,
                    Y = new($"lg of permittivity ({Charges})", "1"),
                    Map = MapSpec.OnGrid("ratio", "1", x, y, values),
                    Curves =
                    [
                        new()
                        {
                            Label = "the case", Style = CurveStyle.Markers,
                            X = [Math.Log10(_base.Device.Psg.FixedChargeDensity)], Y = [Math.Log10(_base.Device.Psg.RelativePermittivity)],
                        },
                    ],
                },
                new()
                {
                    Title = "two sizes of cell",
                    X = density,
                    Y = new("ratio of mean steps", "1"),
                    Curves =
                    [
                        .. Enumerable.Range(0, y.Length).SelectMany(p => Enumerable.Range(0, _cells.Length).Select(cell => new CurveSpec
                        {
                            Label = cell == 0 ? FormattableString.Invariant($"permittivity {Math.Pow(10, y[p]):g3}") : "",
                            Style = cell == 0 ? CurveStyle.MarkersAndLine : CurveStyle.Markers,
                            Color = p,
                            X = x,
                            Y = [.. x.Select((_, d) => table["ratio"][Row(d, p, cell)])],
                            YError = [.. x.Select((_, d) => table["ratio_error"][Row(d, p, cell)])],
                        })),
                    ],
                    References = [new("mean field of planes", 1, 1)],
                },
            ],
            Note = FormattableString.Invariant($"Lines: cell of {_cells[0] * 1e9:f1} nm; markers alone and map: {_cells[1] * 1e9:f1} nm. ")
                + "The activation energy follows the bulk law at each density; both interfaces are shifted until the film at rest is as "
                + "full as in the mean field.",
        };
    }

    private IEnumerable<Device> Devices() => Densities.SelectMany(d => Permittivities.Select(p => _base.Device with
    {
        Psg = _base.Device.Psg with
        {
            FixedChargeDensity = d * _base.Device.Psg.FixedChargeDensity,
            RelativePermittivity = p * _base.Device.Psg.RelativePermittivity,
            ActivationEnergy = double.NaN,
        },
    })).Select(CalibrationRules.Resolve);
}
