using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Figures;

/// <summary>Current of the 750 x 1000 nm device at +10 V by the full model.</summary>
public sealed class LargeDeviceCurrent : ValidationCase
{
    public override string Id => "figures.large-device-current";

    public override string Title => "The large device carries the paper's 30 nA at 10 V, 1 microsecond after switching on";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "I = q A J_Pd while V_G = 10 V";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022), text: about 30 nA on 750 nm x 1000 nm";

    public override Control Control { get; } = new("hopping carries 4e4 A/m^2 where it is calibrated");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = new() { Geometry = new() { Length = 1000e-9, Width = 750e-9 } };
        if (context.Perturbed)
            device = device with { Psg = device.Psg with { BulkCurrentDensity = 4e4 } };
        var sample = new VirtualDevice(device, 1e-6);
        double[] times = [.. Enumerable.Range(0, 25).Select(i => 1e-8 * Math.Pow(10, i / 6.0))];
        List<double> current = [];
        double now = sample.Device.Gate.EdgeTime;
        sample.Hold(10, now, 0);
        foreach (double t in times)
        {
            sample.Hold(10, 0, 0.99 * t - now);
            current.Add(1e9 * sample.Area * sample.CurrentDensity(0.02 * t));
            now = 1.01 * t;
        }
        double At(double t) => current[Array.FindIndex(times, x => x > 0.99 * t)];
        return new(
            new Check("current after 1 us", "nA", At(1e-6), 30, Band.Between(24, 36)),
            new Check("current density after 1 us", "A/m^2", 1e-9 * At(1e-6) / sample.Area, 4e4, Band.Relative(0.2)),
            new Check("current after 10 us", "nA", At(1e-5), Band.Shown),
            new Check("current after 100 us", "nA", At(1e-4), Band.Shown))
        {
            Charts = [new("Current at 10 V", "time [s]", "current [nA]", new Curve("model", CurveStyle.Markers, times, current),
                new Curve("paper", CurveStyle.Line, [times[0], times[^1]], [30, 30])) { LogX = true }],
            Notes = ["A closed channel of 10 nm cannot carry this current beyond a millisecond: it fills."],
        };
    }
}
