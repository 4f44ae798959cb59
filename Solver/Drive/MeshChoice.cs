using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>The mesh that a device needs for what is done to it: <c>mesh.psg_cells = "auto"</c>.</summary>
/// <remarks>
/// <para>Meshes form a ladder on which every cell, the first ones included, is 1.2 times smaller than on the rung before. Chosen is the
/// lowest rung on which the first pulse of each kind agrees with that four rungs up, where cells are 2.07 times smaller; the next rung
/// must agree as well, since a difference may vanish by chance where the error changes its sign. Rungs are so far
/// apart that rounding cannot change the choice.</para>
/// <para>A protocol that fills the channel is judged by its pulses on a full channel too: the layer at the interface is another there,
/// and a mesh that is right at rest was off by 2 % at the other end of a train. How full, is a power of two below what as many first
/// pulses would make of it.</para>
/// <para>A doubled mesh tells nothing while first cells are many times thicker than the layer at an electrode: both are then wrong by the
/// same amount. So the ladder starts with first cells as thick as the thinnest layer that a pulse can make: the Debye length, kT/qE where
/// a field E holds protons to a face, and sqrt(D t), as far as they move at that field within its time, with D = J(E) kT/(q^2 c E).</para>
/// <para>Where the gate gives protons freely, first cells there may be thicker, and fewer cells do. Such a mesh is taken when it agrees
/// with the finer one that has thin cells on both sides.</para>
/// </remarks>
public sealed record MeshChoice
{
    private const double Step = 1.2;
    private const int Doubling = 4, LastRung = 20, FewestCells = 20;

    /// <summary>First cells at the gate over those at the channel that are tried beside equal ones.</summary>
    private static readonly double[] s_ratios = [4, 16];

    /// <summary>Steps below this size are compared as if they were of this size [protons].</summary>
    private const double LeastStep = 0.1;

    /// <summary>The fullest channel that is tried: over its content at rest, and as a composition.</summary>
    private const double MostFilling = 32, MostComposition = 0.25;

    /// <summary>Time in which a channel that was filled settles with the gate open [s].</summary>
    private const double SettlingTime = 1;

    /// <summary>Relative tolerance of the pulses that are compared, whatever that of the run: the mesh does not depend on it.</summary>
    /// <remarks>At 1e-5 the errors in time of a weak pulse, 3e-4 to 5e-4 of its step, make up for as much of the meshes' difference.</remarks>
    private const double TimeTolerance = 1e-6;

    /// <summary>Steps of a segment, of which these pulses take hundreds, after which a mesh counts as one that cannot compute it.</summary>
    private const int MostSteps = 10_000;

    /// <summary>The mesh, with numbers; the coarsest one for a device that none can compute.</summary>
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
        SolverSettings accurate = solver with
        {
            RelativeTolerance = TimeTolerance,
            EnergyBalance = false,
            MaxSteps = Math.Min(solver.MaxSteps, MostSteps),
        };
        MeshSettings Rung(int rung, double ratio) => OnLadder(mesh, device.Psg.Thickness, kinds.ThinnestLayer, rung, ratio);
        DeviceSimulation At(int rung, double ratio) => new(device, Rung(rung, ratio) with { Refinement = 1 }, accurate);
        DeviceSimulation coarsest = At(0, 1);
        double[]? fromRest = Answers(coarsest, kinds.Steps, 1);
        double filling = fromRest is null ? 1 : Filling(device, kinds, coarsest, fromRest);
        var answers = new Dictionary<(int, double), double[]?>();
        if (filling == 1)
            answers[(0, 1)] = fromRest;
        double[]? On(int rung, double ratio = 1) => answers.TryGetValue((rung, ratio), out double[]? known) ? known
            : answers[(rung, ratio)] = Answers(At(rung, ratio), kinds.Steps, filling);
        double Between(int rung) => Difference(On(rung), On(rung + Doubling));
        // A device may be beyond all meshes: it need not be run on each of them.
        bool IsLost(int rung) => (On(rung) ?? On(rung + Doubling) ?? On(LastRung + Doubling)) is null;
        bool Agree(int rung) => Between(rung) <= mesh.Tolerance && Between(rung + 1) <= mesh.Tolerance;
        int lowest = 0;
        while (lowest < LastRung && !Agree(lowest) && !IsLost(lowest))
            lowest++;
        (int Rung, double Ratio, double Difference) best = (lowest, 1, Between(lowest));
        double[]? reference = On(lowest + Doubling);
        foreach (double ratio in s_ratios)
            for (int rung = 0; rung < best.Rung; rung++)
                if (Math.Max(Difference(On(rung, ratio), reference), Difference(On(rung + 1, ratio), reference)) <= mesh.Tolerance)
                    best = (rung, ratio, Difference(On(rung, ratio), reference));
        return new() { Settings = Rung(best.Rung, best.Ratio), Difference = best.Difference };

        static double Difference(double[]? a, double[]? b) => a is null || b is null ? double.PositiveInfinity
            : a.Zip(b, (x, y) => Math.Abs(x - y) / Math.Max(Math.Abs(y), LeastStep)).Max();
    }

    private static MeshSettings OnLadder(MeshSettings mesh, double thickness, double layer, int rung, double ratio)
    {
        double finer = Math.Pow(Step, rung), first = layer / finer;
        int cells = (int)Math.Round(FewestCells * finer);
        return mesh with
        {
            PsgCells = cells,
            PsgFirstCellGate = Math.Min(ratio * first, Math.Max(first, thickness / cells)),
            PsgFirstCellChannel = first,
        };
    }

    /// <summary>By how much the protocol fills the channel over its content at rest: a power of two, 1 for
    /// hardly.</summary>
    private static double Filling(Device device, StepKinds kinds, DeviceSimulation simulation, double[] first)
    {
        double rest = simulation.System.HydrogenInChannel(simulation.RestState).Value;
        double most = kinds.Fullest(i => first[2 * i + 1] / rest);
        most = Math.Min(1 + most, Math.Min(MostFilling, MostComposition / device.Wo3.RestComposition));
        return most < 2 ? 1 : Math.Pow(2, Math.Floor(Math.Log2(most)));
    }

    /// <summary>Protons given by the gate and those in the channel by each kind of step, from rest and from a filled channel; null when
    /// one cannot be computed.</summary>
    private static double[]? Answers(DeviceSimulation simulation, IReadOnlyList<ProtocolStep> kinds, double filling)
    {
        try
        {
            var answers = new List<double>();
            simulation.RestState.CopyTo(simulation.State, 0);
            AddAnswers(simulation, kinds, answers);
            if (filling > 1)
            {
                simulation.RestState.CopyTo(simulation.State, 0);
                Fill(simulation, filling);
                AddAnswers(simulation, kinds, answers);
            }
            return [.. answers];
        }
        catch (NumericalException)
        {
            // The run itself will say so.
            return null;
        }
    }

    /// <summary>Adds the answers of all kinds of steps, each from the present state.</summary>
    private static void AddAnswers(DeviceSimulation simulation, IReadOnlyList<ProtocolStep> kinds, List<double> answers)
    {
        Scalar[] start = [.. simulation.State];
        double given = start[simulation.Layout.GateHydrogen].Value, inChannel = simulation.System.HydrogenInChannel(start).Value;
        foreach (ProtocolStep kind in kinds)
        {
            start.CopyTo(simulation.State, 0);
            var runner = new ProtocolRunner(simulation, [kind], new Unobserved());
            while (runner.Advance())
            {
            }
            answers.Add(simulation.State[simulation.Layout.GateHydrogen].Value - given);
            answers.Add(simulation.System.HydrogenInChannel(simulation.State).Value - inChannel);
        }
    }

    /// <summary>Multiplies the hydrogen in WO3, as if the gate had given it, and lets all else settle.</summary>
    private static void Fill(DeviceSimulation simulation, double filling)
    {
        Scalar[] state = simulation.State;
        Scalar before = simulation.System.HydrogenInChannel(state);
        for (int j = 0; j < simulation.Layout.Wo3Nodes.Length; j++)
            state[simulation.Layout.Hydrogen + j] *= new Scalar(filling);
        state[simulation.Layout.GateHydrogen] += simulation.System.HydrogenInChannel(state) - before;
        simulation.Rest(SettlingTime);
    }

    /// <summary>Sees nothing and stops nothing.</summary>
    private sealed class Unobserved : IProtocolObserver
    {
        public bool MustStop => false;

        public void OnStep(double time, Scalar[] state)
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
