using FvSolver.Materials;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Drive;

/// <summary>The different steps of a protocol, each once, and the thinnest layer that they can make in PSG.</summary>
/// <param name="Steps">Steps from rest: of pulses the weakest and the strongest, the shortest and the longest of
/// each sign; of other steps the strongest.</param>
/// <param name="ThinnestLayer">Thinnest layer at a face of PSG [m], on a ladder of steps of 1.2.</param>
/// <param name="All">All steps but rests in their order, those of a repeat once.</param>
internal sealed record StepKinds(IReadOnlyList<ProtocolStep> Steps, double ThinnestLayer, IReadOnlyList<ProtocolStep> All)
{
    private const double Step = 1.2, Unit = 1e-12;

    /// <summary>Amplitudes and widths of long lists are looked at up to here.</summary>
    private const int MostPulses = 10_000;

    /// <summary>Of steps that are no pulses, the strongest few count.</summary>
    private const int MostOthers = 4;

    /// <summary>The kinds of a protocol's steps.</summary>
    public static StepKinds Of(Device device, IEnumerable<ProtocolStep> steps)
    {
        List<ProtocolStep> all = [.. Flatten(steps).Where(s => s is not Rest)], flat = [.. all.Distinct()];
        List<ProtocolStep> kinds =
        [
            .. Extremes(device, flat.OfType<PulseTrain>().SelectMany(Pulses)),
            .. flat.Where(s => s is not PulseTrain).OrderByDescending(s => Drives(device, s).Select(d => d.Field).DefaultIfEmpty().Max())
                .Take(MostOthers),
        ];
        double layer = kinds.SelectMany(k => Drives(device, k)).Select(d => Layer(device, d.Field, d.Time))
            .DefaultIfEmpty(DebyeLength(device)).Min();
        return new(kinds, Unit * Math.Pow(Step, Math.Floor(Math.Log(layer / Unit) / Math.Log(Step))), all);
    }

    /// <summary>The most that the protocol adds up to, when each pulse adds what the strongest of its sign does.</summary>
    /// <param name="added">What a kind of step adds.</param>
    public double Fullest(Func<int, double> added)
    {
        double Of(ProtocolStep step) => step is PulseTrain train
            ? train.Count * Steps.Index().Where(k => k.Item is PulseTrain kind && kind.Amplitudes[0] > 0 == train.PulseAt(0).Amplitude > 0)
                .Select(k => added(k.Index)).DefaultIfEmpty().MaxBy(Math.Abs)
            : Steps.Index().Where(k => k.Item == step).Sum(k => added(k.Index));
        double content = 0, most = 0;
        foreach (ProtocolStep step in All)
        {
            content += Of(step);
            most = Math.Max(most, content);
        }
        return most;
    }

    private static IEnumerable<ProtocolStep> Flatten(IEnumerable<ProtocolStep> steps) =>
        steps.SelectMany(s => s is Repeat repeat ? Flatten(repeat.Steps) : [s]);

    /// <summary>Each different pulse of a train as a train of one.</summary>
    private static IEnumerable<PulseTrain> Pulses(PulseTrain train) =>
        Enumerable.Range(0, Math.Min(train.Count, MostPulses))
            .Select(train.PulseAt).Distinct()
            .Select(p => train with { Amplitudes = [p.Amplitude], Widths = [p.Width], Count = 1, Until = null });

    private static IEnumerable<PulseTrain> Extremes(Device device, IEnumerable<PulseTrain> pulses)
    {
        double Drive(PulseTrain p) => Math.Abs(p.Amplitudes[0] - device.Gate.RestVoltage);
        foreach (IGrouping<bool, PulseTrain> sign in pulses.GroupBy(p => p.Amplitudes[0] > device.Gate.RestVoltage))
        {
            PulseTrain[] byDrive = [.. sign.OrderBy(Drive).ThenBy(p => p.Widths[0])],
                byWidth = [.. sign.OrderBy(p => p.Widths[0]).ThenBy(Drive)];
            PulseTrain[] ends = [byDrive[0], byDrive[^1], byWidth[0], byWidth[^1]];
            foreach (PulseTrain pulse in ends.DistinctBy(p => (p.Amplitudes[0], p.Widths[0], p.Edge, p.Hold, p.Rest)))
                yield return pulse;
        }
    }

    /// <summary>Fields across the film that a step asks for, and how long [V/m, s].</summary>
    private static IEnumerable<(double Field, double Time)> Drives(Device device, ProtocolStep step)
    {
        double Field(double voltage) => Math.Abs(voltage - device.Gate.RestVoltage) / device.Psg.Thickness;
        return step switch
        {
            PulseTrain pulse => [(Field(pulse.Amplitudes[0]), pulse.Widths[0])],
            Hold hold => [(Field(hold.Voltage), hold.Duration + (hold.Edge ?? device.Gate.EdgeTime))],
            CurrentPulse pulse => [(FieldOf(device, Math.Abs(pulse.Current) / device.Geometry.Area), pulse.Duration)],
            VoltageTable table => table.Pieces(device.Gate.EdgeTime).Where(p => p.To is not null && p.Duration > 0)
                .Select(p => (Math.Max(Field(p.To!.Value), p.From is { } from ? Field(from) : 0), p.Duration)),
            _ => [],
        };
    }

    /// <summary>Field at which the reduced law carries a current density [A/m^2]; of the sinh law,
    /// which is near enough for a length.</summary>
    private static double FieldOf(Device device, double density)
    {
        double temperature = device.Heat.AmbientTemperature, a = device.Psg.HopDistance;
        double prefactor = 2 * Constants.ElementaryCharge * a * device.Psg.FixedChargeDensity * HopRate.At(device.Psg, temperature);
        return 2 * Constants.ThermalVoltage(temperature) / a * Math.Asinh(density / prefactor);
    }

    private static double DebyeLength(Device device) => Math.Sqrt(device.Psg.RelativePermittivity * Constants.VacuumPermittivity
        * Constants.ThermalVoltage(device.Heat.AmbientTemperature) / (Constants.ElementaryCharge * device.Psg.FixedChargeDensity));

    private static double Layer(Device device, double field, double time)
    {
        double temperature = device.Heat.AmbientTemperature, thermal = Constants.ThermalVoltage(temperature);
        // Without a field D is that of diffusion alone: its limit.
        double e = Math.Max(field, 1e-3 * thermal / device.Psg.HopDistance);
        double diffusivity = BulkCurrent.Density(device, device.Psg.HopLaw, e, temperature) * thermal
            / (Constants.ElementaryCharge * device.Psg.FixedChargeDensity * e);
        // As far as a proton moves within the time, or until a trap takes it.
        double capture = device.Psg.CaptureCoefficient * device.Psg.TrapDensity;
        double reach = Math.Sqrt(diffusivity * (capture > 0 ? Math.Min(time, 1 / capture) : time));
        return Math.Max(Unit * 1e-2, new[] { DebyeLength(device), thermal / e, reach }.Where(l => l > 0).Min());
    }
}
