using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Materials;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Conservation;

/// <summary>Holds and pulses so long that they fill or empty the channel: nothing is lost, at any tolerance.</summary>
public sealed class FullChannel : ValidationCase
{
    private static readonly string[] s_presets = ["default", "onen2022-v1"];
    private static readonly double[] s_tolerances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

    private static readonly (string Name, Action<VirtualDevice> Drive)[] s_drives =
    [
        ("1000 s at 3 V", sample => sample.Hold(3, 1e-9, 1000)),
        ("1000 s at 10 V", sample => sample.Hold(10, 1e-9, 1000)),
        ("1000 s at -10 V", sample => sample.Hold(-10, 1e-9, 1000)),
        ("pulse of 1 ms", sample => sample.Pulse(10, 1e-3)),
        ("pulse of 2 ms", sample => sample.Pulse(10, 2e-3)),
        ("pulse of 5 ms", sample => sample.Pulse(10, 5e-3)),
        ("pulse of 10 ms", sample => sample.Pulse(10, 10e-3)),
    ];

    public override string Id => "conservation.full-channel";

    public override string Title => "A channel that is filled or emptied keeps every balance, at tolerances from 1e-3 to 1e-8";

    public override CaseGroup Group => CaseGroup.Conservation;

    public override string Equation => "N_PSG + N_theta + N_WO3 = N_Pd\nQ_M + q N_PSG = Q_layer";

    public override string Source =>
        "conservation, relative to what Pd has given; default and onen2022-v1, Pd as an infinite store and as a film of finite thickness; "
            + "half a gate over a cross-section, without and with electrons. Electrons come and go through what the film conducts: "
            + "emptied, it conducts nothing, and such a run ends early; so does a full channel at rtol 1e-2";

    public override Control Control { get; } = new("what the sites of the interface hold is left out");

    public override ValidationOutcome Run(RunContext context) =>
        new([.. s_presets.SelectMany(preset => Balances(preset, context)), .. Sections(context)]);

    private static IEnumerable<Check> Sections(RunContext context)
    {
        foreach (string electrons in new[] { "false", "true" })
        {
            double protons = 0, charge = 0;
            int unfinished = 0;
            foreach ((double voltage, double duration) in new[] { (3, 1000), (10, 1000), (10, 1e-3), (10, 10e-3), (-10.0, 1000.0) })
                foreach (double tolerance in context.Quick ? [1e-3] : s_tolerances.Where(t => t >= 1e-5))
                {
                    context.Cancel.ThrowIfCancellationRequested();
                    DeviceSimulation device = CaseRun.CreateDevice(CaseReader.Read("half-gate",
                        ["cross_section.cell_x=10 nm", $"wo3.electrons={electrons}", $"solver.relative_tolerance={tolerance}"]));
                    try
                    {
                        device.Segment(DriveMode.Voltage, device.GateVoltage, voltage, 1e-9);
                        device.Segment(DriveMode.Voltage, voltage, voltage, duration);
                        device.Rest(1);
                    }
                    catch (NumericalException)
                    {
                        unfinished++;
                    }
                    var inventory = new Inventory(device);
                    double lost = inventory.ProtonImbalance - (context.Perturbed ? inventory.Coverage : 0);
                    protons = Math.Max(protons, Math.Abs(lost / inventory.Given));
                    charge = Math.Max(charge, Math.Abs(inventory.ChargeImbalance / (Constants.ElementaryCharge * inventory.Given)));
                }
            string name = electrons == "true" ? "cross-section with electrons" : "cross-section";
            yield return new($"protons, {name}", "1", protons, Band.AtMost(1e-9));
            yield return new($"charge, {name}", "1", charge, Band.AtMost(1e-9));
            yield return new($"runs that end early, {name}", "1", unfinished, 0, electrons == "true" ? Band.Shown : Band.Absolute(0));
        }
    }

    private static IEnumerable<Check> Balances(string preset, RunContext context)
    {
        Device[] devices = [.. new[] { "false", "true" }.Select(finite =>
            CaseReader.Read("single", [$"preset={preset}", $"pd.finite_reservoir={finite}"]).Device)];
        int unfinished = 0;
        foreach ((string name, Action<VirtualDevice> drive) in s_drives)
        {
            double protons = 0, charge = 0, composition = double.NaN;
            foreach (Device device in devices)
                foreach (double tolerance in context.Quick ? [1e-3, 1e-8] : s_tolerances)
                {
                    context.Cancel.ThrowIfCancellationRequested();
                    var sample = new VirtualDevice(device, tolerance);
                    try
                    {
                        drive(sample);
                    }
                    catch (NumericalException)
                    {
                        unfinished++;
                        continue;
                    }
                    double given = sample.Inventory.Given,
                        lost = sample.Inventory.ProtonImbalance - (context.Perturbed ? sample.Inventory.Coverage : 0);
                    protons = Math.Max(protons, Math.Abs(lost / given));
                    charge = Math.Max(charge, Math.Abs(sample.Inventory.ChargeImbalance / (Constants.ElementaryCharge * given)));
                    composition = sample.Inventory.Composition;
                }
            yield return new($"protons, {name}, {preset}", "1", protons, Band.AtMost(1e-9));
            yield return new($"charge, {name}, {preset}", "1", charge, Band.AtMost(1e-9));
            yield return new($"composition, {name}, {preset}", "1", composition, Band.Shown);
        }
        yield return new($"runs that end early, {preset}", "1", unfinished, 0, Band.Absolute(0));
    }
}
