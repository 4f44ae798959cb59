using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Cases.Studies;

/// <summary>
/// How fast protons can go: the current density of a neutral film against the field, for every hop law, with breakdown
/// and the fields at which the barrier vanishes.
/// </summary>
internal sealed class SpeedLimit : IStudy
{
    private const double VoltPerNanometre = 1e9;

    private readonly CaseDefinition _case;
    private readonly double _from, _to, _low, _high;
    private readonly int _count;

    private SpeedLimit(CaseDefinition definition, TableReader table)
    {
        _case = definition;
        _from = table.Number("from", "V/m", Bounds.Positive);
        _to = table.Number("to", "V/m", new Bounds(_from, 1e11, ExclusiveMin: true));
        _count = table.OptionalInteger("count", new Bounds(2, 100000)) ?? 200;
        _low = table.Number("low", "V/m", Bounds.Positive);
        _high = table.Number("high", "V/m", new Bounds(_low, 1e11, ExclusiveMin: true));
    }

    public static IStudy Read(CaseDefinition definition, TableReader table) => new SpeedLimit(definition, table);

    private Electrolyte Psg => _case.Device.Psg;

    private double Temperature => _case.Device.Heat.AmbientTemperature;

    public StudyAnswer Run(StudyContext context)
    {
        double[] fields = [.. Enumerable.Range(0, _count).Select(i => _from * Math.Pow(_to / _from, (double)i / (_count - 1)))];
        HopLaw[] laws = Enum.GetValues<HopLaw>();
        var answer = new StudyAnswer { Points = Table(fields, laws) };
        foreach (HopLaw law in laws)
        {
            double ratio = CurrentDensity(law, _high) / CurrentDensity(law, _low);
            string name = ParameterNames.Snake(law.ToString()), label = $"{Words(law)}: J({Field(_high)})/J({Field(_low)})";
            if (law == HopLaw.Sinh)
                answer.Judge("ratio_sinh", label, ratio, "1", $"{ratio:g3}", "six orders: 1e6 to 1e7", (1e6, 1e7));
            else
                answer.Add($"ratio_{name}", label, ratio, "1", $"{ratio:g3}", "six orders of magnitude");
            double gain = Gain(law, _high);
            answer.Add($"gain_{name}", $"{Words(law)}: gain in mobility at {Field(_high)}", gain, "1", $"{gain:g3}");
        }
        double current = CurrentDensity(Psg.HopLaw, _high);
        answer.Add("current_density", $"J at {Field(_high)}, law of the case", current, "A/m^2", $"{current:g3} A/m^2",
            "4e4 A/m^2 at 10 V over 10 nm");
        answer.Add("saturation_field", "field at which the barrier vanishes, 2 E_m/(q a)", Saturation, "V/m", Field(Saturation), "");
        answer.Add("washboard_field", "the same of the sinusoidal barrier, pi E_m/(q a)", Critical, "V/m", Field(Critical), "");
        answer.Add("breakdown_field", "breakdown", Psg.BreakdownField, "V/m", Field(Psg.BreakdownField), "0.8 to 1.5 V/nm");
        if (_high > Psg.DisorderFieldLimit)
            answer.Warn($"the disorder law was simulated up to {Field(Psg.DisorderFieldLimit)} only; above, it is an extrapolation");
        answer.Plots.Add(Figure(fields, laws));
        return answer;
    }

    private double Saturation => 2 * Psg.MigrationBarrier / Psg.HopDistance;

    private double Critical => Math.PI * Psg.MigrationBarrier / Psg.HopDistance;

    /// <summary>Mobility over that at low field without saturation, s(x) sinh(x)/x.</summary>
    private double Gain(HopLaw law, double field)
    {
        double x = Psg.HopDistance * field / (2 * ThermalVoltage(Temperature));
        return HopLaws.Factor(_case.Device, law, x, Temperature) * Math.Sinh(x) / x;
    }

    private double CurrentDensity(HopLaw law, double field) => BulkCurrent.Density(_case.Device, law, field, Temperature);

    private static string Field(double field) => field < 0.1 * VoltPerNanometre
        ? $"{field / VoltPerNanometre * 1e3:g3} mV/nm"
        : $"{field / VoltPerNanometre:g3} V/nm";

    private static string Words(HopLaw law) => law == HopLaw.Sinh ? "sinh (onen2022, eq. 1)" : ParameterNames.Choice(law).Replace('-', ' ');

    private Table Table(double[] fields, HopLaw[] laws)
    {
        var table = new Table(
        [
            new("field", "V/m", "field in PSG"),
            .. laws.Select(l => new Column($"current_density_{ParameterNames.Snake(l.ToString())}", "A/m^2",
                $"current density, {Words(l)}")),
            .. laws.Select(l => new Column($"gain_{ParameterNames.Snake(l.ToString())}", "1",
                $"mobility over that at low field, {Words(l)}")),
        ]);
        foreach (double field in fields)
            table.Append([field, .. laws.Select(l => CurrentDensity(l, field)), .. laws.Select(l => Gain(l, field))]);
        return table;
    }

    private FigureSpec Figure(double[] fields, HopLaw[] laws)
    {
        double[] x = [.. fields.Select(f => f / VoltPerNanometre)];
        IEnumerable<CurveSpec> Curves(Func<HopLaw, double, double> value) => laws.Select((law, i) => new CurveSpec
        {
            Label = Words(law),
            Color = i,
            X = x,
            Y = [.. fields.Select(f => value(law, f))],
        });
        ReferenceSpec[] marks =
        [
            new("breakdown", 0.8, 1.5) { OnX = true, Source = Published.Source },
            new("no barrier", Saturation / VoltPerNanometre, Saturation / VoltPerNanometre) { OnX = true },
        ];
        return new()
        {
            Name = "speed-limit",
            Title = "Current density of a neutral film of PSG against the field",
            Columns = 2,
            Panels =
            [
                new() { X = new("field", "V/nm") { Log = true }, Y = new("current density", "A/m^2") { Log = true },
                    Curves = [.. Curves(CurrentDensity)], References = marks },
                new() { X = new("field", "V/nm") { Log = true }, Y = new("mobility over low field", "1") { Log = true, Min = 0.5 },
                    Curves = [.. Curves(Gain)], References = marks },
            ],
            Note = $"Six orders of magnitude in current between {Field(_low)} and {Field(_high)} are three from the field itself and "
                + $"{Typography.Number(Gain(HopLaw.Sinh, _high), "G2")} from the mobility. "
                + $"The migration barrier of {Psg.MigrationBarrier:g2} eV vanishes at {Field(Saturation)}, near breakdown. The disorder "
                + $"law is an extrapolation above {Field(Psg.DisorderFieldLimit)}.",
        };
    }
}
