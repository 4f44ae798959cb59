using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>The mesh that a device needs for what is done to it: <c>mesh.psg_cells = "auto"</c>.</summary>
/// <remarks>
/// <para>Meshes form a ladder on which every cell, the first ones included, is 1.2 times smaller than on the rung before. Chosen is the
/// lowest rung on which the first pulse of each kind agrees with that four rungs up, where cells are 2.07 times smaller; the next rung
/// must agree as well, since a difference may vanish by chance where the error changes its sign. Rungs are so far
/// apart that rounding cannot change the choice.</para>
/// <para>A doubled mesh tells nothing while first cells are many times thicker than the layer at an electrode: both are then wrong by the
/// same amount. So the ladder starts with first cells as thick as the thinnest layer that a pulse can make: the Debye length, kT/qE where
/// a field E holds protons to a face, and sqrt(D t), as far as they move at that field within its time, with D = J(E) kT/(q^2 c E).</para>
/// </remarks>
public sealed record MeshChoice
{
    private const double Step = 1.2;
    private const int Doubling = 4, LastRung = 20, FewestCells = 20;

    /// <summary>Steps below this size are compared as if they were of this size [protons].</summary>
    private const double LeastStep = 0.1;

    /// <summary>Relative tolerance of the pulses that are compared, whatever that of the run: the mesh does not depend on it.</summary>
    private const double TimeTolerance = 1e-5;

    /// <summary>The mesh, with numbers.</summary>
    public required MeshSettings Settings { get; init; }

    /// <summary>Largest difference between it and one twice as fine, over a first step or over 0.1
    /// proton; not a number when neither was run.</summary>
    public required double Difference { get; init; }

    /// <summary>True when the difference is within the tolerance.</summary>
    public bool IsReached => !(Difference > Settings.Tolerance);

    /// <summary>Chooses a mesh; one whose numbers are given stays as it is.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="mesh">The mesh asked for.</param>
    /// <param name="solver">Accuracy and method.</param>
    /// <param name="steps">What is done to the gate.</param>
    /// <exception cref="MeshException">No mesh fits the layers.</exception>
    public static MeshChoice For(Device device, MeshSettings mesh, SolverSettings solver, IEnumerable<ProtocolStep> steps)
    {
        if (!mesh.PsgCells.IsAuto)
            return new() { Settings = mesh, Difference = double.NaN };
        var kinds = StepKinds.Of(device, steps);
        // At rest nothing depends on the mesh, and lattice planes are where they are.
        if (kinds.Steps.Count == 0 || mesh.Psg == PsgNodes.Lattice)
            return new() { Settings = mesh with { PsgCells = MeshSettings.ReferenceCells }, Difference = double.NaN };
        SolverSettings accurate = solver with { RelativeTolerance = TimeTolerance, EnergyBalance = false };
        var answers = new Dictionary<int, double[]?>();
        double[]? On(int rung) => answers.TryGetValue(rung, out double[]? known) ? known
            : answers[rung] = Answers(device, Rung(mesh, kinds.ThinnestLayer, rung) with { Refinement = 1 }, accurate, kinds.Steps);
        double Between(int rung) => Difference(On(rung), On(rung + Doubling));
        for (int rung = 0; rung < LastRung; rung++)
            if (Between(rung) <= mesh.Tolerance && Between(rung + 1) <= mesh.Tolerance)
                return new() { Settings = Rung(mesh, kinds.ThinnestLayer, rung), Difference = Between(rung) };
        return new() { Settings = Rung(mesh, kinds.ThinnestLayer, LastRung), Difference = Between(LastRung) };

        static double Difference(double[]? a, double[]? b) => a is null || b is null ? double.PositiveInfinity
            : a.Zip(b, (x, y) => Math.Abs(x - y) / Math.Max(Math.Abs(y), LeastStep)).Max();
    }

    private static MeshSettings Rung(MeshSettings mesh, double layer, int rung)
    {
        double finer = Math.Pow(Step, rung), first = layer / finer;
        return mesh with { PsgCells = (int)Math.Round(FewestCells * finer), PsgFirstCellGate = first, PsgFirstCellChannel = first };
    }

    /// <summary>Protons given by the gate and those in the channel after each kind of step from rest;
    /// null when one cannot be computed.</summary>
    private static double[]? Answers(Device device, MeshSettings mesh, SolverSettings solver, IReadOnlyList<ProtocolStep> kinds)
    {
        var simulation = new DeviceSimulation(device, mesh, solver);
        double inChannel = simulation.System.HydrogenInChannel(simulation.RestState).Value;
        var answers = new List<double>();
        try
        {
            foreach (ProtocolStep kind in kinds)
            {
                simulation.RestState.CopyTo(simulation.State, 0);
                var runner = new ProtocolRunner(simulation, [kind], new Unobserved());
                while (runner.Advance())
                {
                }
                answers.Add(simulation.State[simulation.Layout.GateHydrogen].Value);
                answers.Add(simulation.System.HydrogenInChannel(simulation.State).Value - inChannel);
            }
        }
        catch (NumericalException)
        {
            // The run itself will say so.
            return null;
        }
        return [.. answers];
    }

    /// <summary>Sees nothing and stops nothing.</summary>
    private sealed class Unobserved : IProtocolObserver
    {
        public bool MustStop => false;

        public void OnStep(double time, Arithmetic.Scalar[] state)
        {
        }

        public void OnPulseStart(double amplitude, double width)
        {
        }

        public void OnStepStart()
        {
        }

        public void OnCorner()
        {
        }

        public void OnPulseEnd(PulseEnergy energy)
        {
        }

        public void OnRead()
        {
        }

        public double Read(StopQuantity quantity) => 0;
    }
}
