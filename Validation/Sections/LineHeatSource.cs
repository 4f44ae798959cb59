using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Sections;

/// <summary>Heat from a line in the middle of the PSG through all layers and their contacts, in steady state.</summary>
internal sealed class LineHeatSource : ValidationCase
{
    private const double Length = 80e-9, Depth = 50e-9, Power = 1e-6;
    private const double Top = 10e-9, Line = 15e-9, Face = 20e-9, Floor = 30e-9, Bottom = 60e-9;
    private const int Modes = 200;

    public override string Id => "limits.line-heat-source";

    public override string Title => "A line source of heat between layers warms them as its Fourier series says";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation =>
        "T = T_0 + P/(W L) sum of (2 - δ_{n0}) f_n(z) cos(n pi x/L)\nk (f'' - (n pi/L)^2 f) = 0 in each layer, f jumps by R k f' at "
            + "contacts, k f' by 1 at the line";

    public override string Source =>
        "Fourier series along the layers, their admittances in z as of transmission lines (H. S. Carslaw, J. C. Jaeger, Conduction of "
            + "Heat in Solids, 1959)";

    public override Control Control { get; } = new("contacts between layers conduct ten times better");

    public override ValidationOutcome Run(RunContext context)
    {
        Device device = LimitingDevices.Frozen;
        device = CalibrationRules.Resolve(device with { Heat = device.Heat with { Enabled = true, TopConductance = 1e7 } });
        ControlVolumeMesh mesh = Mesh();
        (DeviceSystem<Scalar> system, Scalar[] x) = Solve(
            context.Perturbed ? device with { Heat = device.Heat with { InterfaceConductance = 10 * device.Heat.InterfaceConductance } }
                : device, mesh);
        List<Check> checks = [];
        List<Curve> curves = [];
        foreach ((string where, MaterialKind material, double z) in new[]
        {
            ("PSG at the gate", MaterialKind.Electrolyte, Top), ("gate, outside", MaterialKind.GateMetal, 0),
            ("PSG at the channel", MaterialKind.Electrolyte, Face), ("channel below", MaterialKind.Channel, Floor),
        })
        {
            int[] row = [.. Enumerable.Range(0, mesh.NodeCount)
                .Where(n => mesh.MaterialOf(n) == material && Math.Abs(mesh.Z[n] - z) < 1e-15).OrderBy(n => mesh.X[n])];
            double[] position = [.. row.Select(n => mesh.X[n])];
            double[] computed = [.. row.Select(n => x[system.Layout.Temperature + n] - device.Heat.AmbientTemperature)];
            double[] expected = [.. position.Select(p => Series(device, material, z, p))];
            int middle = Array.FindIndex(position, p => p > Length / 4);
            checks.Add(new($"warming, {where}, at the line", "K", computed[0], expected[0], Band.Relative(0.01)));
            checks.Add(new($"warming, {where}, {position[middle] * 1e9:f1} nm beside it", "K", computed[middle], expected[middle],
                Band.Relative(0.01)));
            curves.Add(new(where, CurveStyle.Markers, position, computed));
            curves.Add(new("", CurveStyle.Line, position, expected));
        }
        return new(checks) { Charts = [new("Warming along the layers", "distance from the line [m]", "warming [K]", curves)] };
    }

    private static ControlVolumeMesh Mesh()
    {
        Rectangle[] rectangles =
        [
            new("gate", MaterialKind.GateMetal, 0, Length, 0, Top),
            new("psg", MaterialKind.Electrolyte, 0, Length, Top, Face),
            new("channel", MaterialKind.Channel, 0, Length, Face, Floor),
            new("substrate", MaterialKind.Oxide, 0, Length, Floor, Bottom),
        ];
        return CrossSectionMesh.Build(new() { Rectangles = rectangles, Depth = Depth },
            new LineGrading { MaxSize = 4e-9, Growth = 1.2, FineLines = [new(0, 0.4e-9)] },
            new LineGrading { MaxSize = 2e-9, Growth = 1.2, FineLines = [new(Line, 0.4e-9)] });
    }

    private static (DeviceSystem<Scalar> System, Scalar[] State) Solve(Device device, ControlVolumeMesh mesh)
    {
        DeviceSystem<Scalar> system = new DeviceSimulation(device, mesh, new()).System;
        Scalar[] x = system.RestState();
        system.Connect(new LinearDrive<Scalar> { Mode = DriveMode.Voltage, Start = x[system.Layout.GateVoltage] });
        int source = system.Layout.Temperature + Enumerable.Range(0, mesh.NodeCount)
            .Single(n => mesh.X[n] == 0 && Math.Abs(mesh.Z[n] - Line) < 1e-15);
        var sourced = new SourcedSystem(system, (_, s) => s[source] = Power);
        new RosenbrockIntegrator<Scalar>(sourced, Method.Rodas4.Tableau(), 1e-4, 10000).Advance(x, new Scalar[sourced.QuadratureCount],
            1e-4);
        return (system, x);
    }

    /// <summary>Warming at a place of a layer.</summary>
    private static double Series(Device d, MaterialKind material, double z, double x)
    {
        double contact = 1 / d.Heat.InterfaceConductance, compact = contact + d.Psg.SternThickness / d.Psg.ThermalConductivity;
        double sum = 0;
        for (int n = 0; n < Modes; n++)
        {
            // A uniform mode is the limit of long waves.
            double wave = Math.Max(n * Math.PI / Length, 1);
            var upper = new Ladder(wave, d.Heat.TopConductance,
                (d.Pd.ThermalConductivity, Top, compact), (d.Psg.ThermalConductivity, Line - Top, 0));
            var lower = new Ladder(wave, double.PositiveInfinity,
                (d.Heat.OxideConductivity, Bottom - Floor, contact), (d.Wo3.ThermalConductivity, Floor - Face, compact),
                (d.Psg.ThermalConductivity, Face - Line, 0));
            double atLine = Power / (Depth * Length) * (n == 0 ? 1 : 2) / (upper.Admittance + lower.Admittance);
            double reached = material switch
            {
                MaterialKind.GateMetal => upper.FarEnd(2),
                MaterialKind.Channel => lower.FarEnd(2),
                _ => z < Line ? upper.FarEnd(1) : lower.FarEnd(1),
            };
            sum += atLine * reached * Math.Cos(n * Math.PI * x / Length);
        }
        return sum;
    }

    /// <summary>Layers from an outer face to the line, for one wave along them.</summary>
    private sealed class Ladder
    {
        private readonly List<double> _across = [];

        /// <param name="wave">Wave number [1/m].</param>
        /// <param name="outer">Heat that leaves the outer face, per area and kelvin; infinite when it is held.</param>
        /// <param name="layers">Conductivity, thickness, resistance of the contact towards the line; the outermost first.</param>
        public Ladder(double wave, double outer, params (double Conductivity, double Thickness, double Contact)[] layers)
        {
            Admittance = outer;
            foreach ((double conductivity, double thickness, double contact) in layers)
            {
                double own = conductivity * wave, tanh = Math.Tanh(wave * thickness);
                bool isHeld = double.IsInfinity(Admittance);
                double near = isHeld ? own / tanh : own * (Admittance + own * tanh) / (own + Admittance * tanh);
                double through = isHeld ? 0 : 1 / (Math.Cosh(wave * thickness) + Admittance / own * Math.Sinh(wave * thickness));
                // From the near side of the contact, over the contact, to the far side of the layer.
                _across.Add(through / (1 + contact * near));
                Admittance = near / (1 + contact * near);
            }
            _across.Reverse();
        }

        /// <summary>Heat that flows in at the line, per area and kelvin.</summary>
        public double Admittance { get; }

        /// <summary>Warming at the far side of a number of layers, counted from the line, over that at the line.</summary>
        public double FarEnd(int layers) => _across.Take(layers).Aggregate(1.0, (product, a) => product * a);
    }
}
