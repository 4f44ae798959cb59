using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Limits;

/// <summary>Heat through the stack: resistances in series in steady operation, the adiabatic rise at first.</summary>
public sealed class LayersInSeries : ValidationCase
{
    public override string Id => "limits.heat-layers";

    public override string Title => "Heat passes the layers in series, and warms them adiabatically before it does";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "T - T_amb = P/A (sum of d/k + 3/G_K) in steady operation\nT - T_amb = Q t/(rho c) at first";

    public override string Source =>
        "Fourier's law; heat capacity. The compact layers belong to PSG, the oxide is held at the ambient below";

    public override Control Control { get; } = new("the interface resistances are left out, and the heat capacity is that of Pd");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = LimitingDevices.Frozen with { Heat = new() { Enabled = true } };
        const double flux = 1e8; // W/m^2 into the top of the gate
        VirtualDevice steady = Heated(device, 1e-3, (sample, s) => s[sample.Layout.Temperature] = flux * sample.Area);
        double Rise(int node) => steady.State[steady.Layout.Temperature + node] - 300;
        double joints = context.Perturbed ? 0 : 1 / device.Heat.InterfaceConductance;
        (GateMetal pd, Electrolyte psg, Channel wo3, HeatPath heat) = (device.Pd, device.Psg, device.Wo3, device.Heat);
        double oxide = heat.OxideThickness / heat.OxideConductivity, channel = oxide + joints + wo3.Thickness / wo3.ThermalConductivity;
        double electrolyte = channel + joints + psg.Thickness / psg.ThermalConductivity,
            gate = electrolyte + joints + pd.Thickness / pd.ThermalConductivity;
        double[] z = steady.Simulation.Mesh.Z;
        int FirstOf(int region) => steady.Simulation.Mesh.RegionStart[region];

        // A volume source in PSG, seen in its middle long before its edges matter.
        const double power = 1e16, time = 1e-13;
        VirtualDevice early = Heated(device, time, (sample, s) =>
        {
            foreach (int n in sample.Layout.PsgNodes)
                s[sample.Layout.Temperature + n] = power * sample.Simulation.Mesh.Volume[n];
        });
        double capacity = context.Perturbed ? pd.HeatCapacity : psg.HeatCapacity;
        int middle = early.Layout.PsgNodes[early.Layout.PsgNodes.Length / 2];
        return new(
            new Check("rise below WO3", "K", Rise(FirstOf(3)), flux * oxide, Band.Relative(1e-5)),
            new Check("rise above WO3", "K", Rise(FirstOf(2)), flux * channel, Band.Relative(1e-5)),
            new Check("rise of the gate's top", "K", Rise(0), flux * gate, Band.Relative(1e-5)),
            new Check("adiabatic rise after 0.1 ps", "K", early.State[early.Layout.Temperature + middle] - 300, power * time / capacity,
                Band.Relative(1e-5)))
        {
            Charts = [new("Temperature of the stack in steady operation", "depth [nm]", "rise [K]",
                new Curve("model", CurveStyle.Markers, [.. z.Select(x => x * 1e9)], [.. z.Select((_, n) => Rise(n))]),
                new Curve("series", CurveStyle.Line,
                    [0, pd.Thickness * 1e9, pd.Thickness * 1e9, (pd.Thickness + psg.Thickness) * 1e9, (pd.Thickness + psg.Thickness) * 1e9,
                        z[FirstOf(3)] * 1e9, z[FirstOf(3)] * 1e9, z[^1] * 1e9],
                    [flux * gate, flux * (electrolyte + joints), flux * electrolyte, flux * (channel + joints), flux * channel,
                        flux * (oxide + joints), flux * oxide, 0]))],
        };
    }

    private static VirtualDevice Heated(Device device, double duration, Action<VirtualDevice, double[]> source)
    {
        var sample = new VirtualDevice(device);
        sample.Simulation.System.Connect(new() { Mode = Solver.Assembly.DriveMode.Open });
        var system = new SourcedSystem(sample.Simulation.System, (_, s) => source(sample, s));
        new RosenbrockIntegrator<Scalar>(system, Method.Rodas4P.Tableau(), 1e-8, 100000)
            .Advance(sample.State, new Scalar[system.QuadratureCount], duration);
        return sample;
    }
}
