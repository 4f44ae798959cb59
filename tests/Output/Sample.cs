using FvSolver.Cases.Figures;
using FvSolver.Cases.Output;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Tests.Output;

/// <summary>Results with the columns of a run and made-up numbers that look like one.</summary>
internal static class Sample
{
    public static Result Programming(int up = 100, int down = 100)
    {
        var record = new RunRecord { Series = Series(), Pulses = Pulses(up, down), Profiles = Profiles() };
        record.Figures["range"] = new Figure(19.5, "1", "conductance at the top over that at rest");
        record.Figures["proton_balance"] = new Figure(3.2e-12, "1", "protons lost or gained, relative to what was transferred");
        record.Warnings.Add("a field of 1.2 V/nm is near breakdown");
        record.Warnings.Add("nine protons a pulse: the continuum is a mean, µ ± σ");
        var saved = new Checkpoint();
        saved.Doubles["state"] = [1.5, double.NaN, -0.0, double.Epsilon];
        saved.Longs["counters"] = [long.MinValue, 42];
        saved.Strings["words"] = ["", "step ✓"];
        return new Result
        {
            Header = new ResultHeader
            {
                Title = "Fig. 2A: 1000 pulses up, 1000 down",
                CaseText = "[pulse]\namplitude = \"10 V\"\n",
                CommandLine = "fv run fig2a",
                CodeVersion = "0.1.0",
                Created = new DateTime(2025, 3, 4, 5, 6, 7, 890, DateTimeKind.Utc).AddTicks(1234),
            },
            Record = record,
            Parameters =
            [
                new("electrolyte.hop_distance", "a", "m", 5.72e-10, Kind.Calibrated, "the fit returns 5.6 angstrom"),
                new("electrolyte.hop_law", "hop_law", "1", "Sinh", Kind.Paper, "onen2022 eq. 1"),
                new("mesh.cells", "N", "1", 60, Kind.User, "case file"),
                new("heat.on", "", "1", true, Kind.User, "case file"),
            ],
            Plots = [Figure()],
            Checkpoint = saved,
        };
    }

    public static Table Pulses(int up, int down)
    {
        var table = new Table(
        [
            new("start", "s", "start of the pulse"), new("amplitude", "V", "amplitude"), new("width", "s", "width from base to base"),
            new("conductance_before", "S", "conductance before"), new("conductance_after", "S", "conductance after"),
            new("conductance_step", "S", "step"), new("protons_from_pd", "1", "protons given by Pd"),
            new("protons_into_wo3", "1", "protons into WO3"), new("gate_charge", "C", "charge"),
            new("energy_total", "J", "total energy"), new("energy_proton", "J", "energy of the protons"),
            new("coverage", "1", "coverage"), new("time_steps", "1", "time steps"),
        ]);
        double g = 11.36e-9;
        for (int i = 0; i < up + down; i++)
        {
            bool rising = i < up;
            double span = 1000.0 / up;
            double step = span * (rising ? 0.19e-9 * (1 + 0.27 * i / up) : -0.215e-9 * (1.1 - 0.2 * (i - up) / Math.Max(down, 1)));
            table.Append([i * 1.0, rising ? 10 : -8.5, 5e-9, g, g + step, step, 9.4, 9.3, 1.5e-18, 2.615e-15, 15.1e-18, 5e-3, 180]);
            g += step;
        }
        return table;
    }

    public static Table Series()
    {
        var table = new Table(
        [
            new("time", "s", "time"), new("gate_voltage", "V", "gate voltage"), new("gate_current", "A", "current into the gate"),
            new("conductance", "S", "conductance"), new("protons_psg", "1", "protons in PSG"),
            new("protons_adsorbed", "1", "protons adsorbed"), new("protons_wo3", "1", "protons in WO3"),
        ]);
        for (int i = 0; i <= 400; i++)
        {
            double t = i == 0 ? 0 : i <= 100 ? 5e-9 * i / 100 : 5e-9 * Math.Pow(10, (i - 100) * 8.3 / 300);
            double v = t < 1.1e-9 ? 0.75 + 9.25 * t / 1.1e-9 : t < 3.9e-9 ? 10 : t < 5e-9 ? 10 - 9.25 * (t - 3.9e-9) / 1.1e-9
                : 0.75 * (1 + Math.Exp(-t / 1e-6));
            double inside = 9.4 * Math.Min(1, t / 5e-9), left = inside * Math.Exp(-t / 1e-7);
            table.Append([t, v, t < 5e-9 ? 3e-10 : 0, 11.36e-9 + 0.19e-9 * (1 - left / 9.4), 3000 + left * 0.7, 500 + left * 0.3,
                4600 + inside - left]);
        }
        return table;
    }

    public static ProfileSet Profiles()
    {
        var profiles = new ProfileSet();
        double[] z = [.. Enumerable.Range(0, 61).Select(i => 20.17e-9 + i * 9.66e-9 / 60)];
        var density = new ProfileField("proton_density", "m^-3", "mobile protons", z, [], []) { Part = "psg" };
        for (int k = 0; k < 5; k++)
        {
            profiles.Times.Add(k);
            density.Samples.Add([.. z.Select((_, i) => 4e25 * (1 + 0.3 * k * Math.Exp(-i / 5.0)))]);
        }
        profiles.Fields.Add(density);
        return profiles;
    }

    public static FigureSpec Figure() => new()
    {
        Name = "step-against-amplitude",
        Title = "Step against amplitude",
        Note = "a is calibrated",
        Panels =
        [
            new PanelSpec
            {
                X = new AxisSpec("amplitude", "V"),
                Y = new AxisSpec("step", "pS") { Log = true },
                Curves =
                [
                    new CurveSpec { Label = "5 ns", Style = CurveStyle.Markers, X = [7, 8, 9, 10], Y = [20, 45, 95, 190],
                        YError = [2, 4, 9, 20] },
                    new CurveSpec { Label = "fit", X = [7, 10], Y = [21, double.NaN] },
                ],
                References = [new ReferenceSpec("breakdown", 10, 15) { OnX = true, Source = "Onen et al. 2022" }],
            },
            new PanelSpec
            {
                X = new AxisSpec("x", "nm"),
                Y = new AxisSpec("z", "nm") { Reversed = true },
                Map = MapSpec.OnGrid("hydrogen", "1", [0, 1, 2], [0, 1], [1, 2, 3, 4, 5, 6]),
            },
        ],
    };
}
