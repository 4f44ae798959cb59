using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;
using FvSolver.Validation.Twin;

namespace FvSolver.Validation.Bench;

/// <summary>The device of the comparison with an expert's C code for one fixed problem: its parameters and mesh.</summary>
internal static class BenchDevice
{
    /// <summary>60 cells of PSG in a tanh grading, 16 equal ones of WO3.</summary>
    public static MeshSettings Mesh { get; } = new() { PsgCells = 60, Psg = PsgNodes.Tanh, Wo3Cells = 16, Wo3Uniform = true };

    /// <summary>Isothermal, without gas, an unlimited gate.</summary>
    public static Device Isothermal { get; } = ReferenceSets.R1(10e-9) with
    { Gate = ReferenceSets.Frozen.Gate with { EdgeTime = ComparisonTrain.Edge } };

    /// <summary>The same with temperature and gas as unknowns.</summary>
    public static Device WithHeatAndGas { get; } = Isothermal with
    {
        Heat = Isothermal.Heat with { Enabled = true },
        Gas = Isothermal.Gas with { Enabled = true },
    };

    /// <summary>A device at rest on the mesh of its stack.</summary>
    /// <param name="device">Parameters.</param>
    /// <param name="method">Method.</param>
    /// <param name="tolerance">Relative tolerance.</param>
    /// <param name="energyBalance">With heat, whether the balance of energy is added up; without heat it never is.</param>
    public static DeviceSimulation Create(Device device, Method method, double tolerance, bool energyBalance = false) =>
        new(device, Mesh, new SolverSettings { Method = method, RelativeTolerance = tolerance, EnergyBalance = energyBalance });

    /// <summary>One of several devices whose hop distance and exchange current differ.</summary>
    public static Device Spread(int k) => Isothermal with
    {
        Psg = Isothermal.Psg with { HopDistance = Isothermal.Psg.HopDistance * (1 + 0.004 * (k % 8)) },
        Pd = Isothermal.Pd with { ExchangeCurrentDensity = Isothermal.Pd.ExchangeCurrentDensity * (1 + 0.01 * k) },
    };

    /// <summary>A cross-section of the device whose gate covers half of the columns.</summary>
    /// <remarks>
    /// Three quarters of the rows are in PSG, the others in WO3. The field at the sharp edge of the gate is singular and
    /// the sinh law does not converge with the mesh there: this measures time, it is no model of a device.
    /// </remarks>
    /// <param name="across">Nodes along the channel.</param>
    /// <param name="down">Nodes down the stack.</param>
    public static ControlVolumeMesh HalfGate(int across, int down)
    {
        Device d = Isothermal;
        double length = d.Geometry.Length, layer = d.Psg.SternThickness, gate = d.Pd.Thickness;
        double[] x = Grading1D.Uniform(length, across - 1);
        int channel = down / 4;
        double[] psg = Grading1D.Tanh(d.Psg.Thickness - 2 * layer, down - channel - 1, Mesh.TanhStrength);
        double[] wo3 = Grading1D.Uniform(d.Wo3.Thickness, channel - 1);
        double top = gate + d.Psg.Thickness;
        return CrossSectionMesh.Build(
            new()
            {
                Depth = d.Geometry.Width,
                CompactLayer = layer,
                Rectangles =
                [
                    new("gate", MaterialKind.GateMetal, 0, x[across / 2 - 1], 0, gate),
                    new("psg", MaterialKind.Electrolyte, 0, length, gate + layer, top - layer),
                    new("wo3", MaterialKind.Channel, 0, length, top, top + d.Wo3.Thickness),
                ],
            },
            x,
            [0, gate, .. psg.Select(z => gate + layer + z), .. wo3.Select(z => top + z)]);
    }
}
