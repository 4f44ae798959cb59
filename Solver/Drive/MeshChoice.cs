using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;

namespace FvSolver.Solver.Drive;

/// <summary>The mesh that a device needs for what is done to it: <c>mesh.psg_cells = "auto"</c>.</summary>
/// <remarks>
/// <para>Meshes form a ladder on which every cell, the first ones included, is 1.2 times smaller than on the rung before. The reference is
/// found on every fourth rung, where cells are 2.07 times smaller: the first pulse of each kind agrees with that on the one before. Chosen
/// is the lowest rung that agrees with it; the next rung must agree as well, since a difference may vanish by chance where the error
/// changes its sign. Rungs are so far apart that rounding cannot change the choice. Compared are protons, the step of conductance and the
/// work: on a film of 4 nm protons agreed to 5e-4 where the work was off by 1.7e-3.</para>
/// <para>A protocol that fills the channel is judged by its pulses on a full channel too: the layer at the interface is another there,
/// and a mesh that is right at rest was off by 2 % at the other end of a train. How full, is a power of two below what as many first
/// pulses would make of it. Errors of steps there and back that have opposite signs add up from pulse to pulse: what a step and its
/// opposite leave together is compared as well.</para>
/// <para>A doubled mesh tells nothing while first cells are many times thicker than the layer at an electrode: both are then wrong by the
/// same amount. So the ladder starts with first cells as thick as the thinnest layer that a pulse can make: the Debye length, kT/qE where
/// a field E holds protons to a face, and sqrt(D t), as far as they move at that field within its time, with D = J(E) kT/(q^2 c E).</para>
/// <para>On a filled channel nearly all of the error comes from the 3 nm above it, and hardly any from beyond 0.4 nm from the gate: cells
/// grow several times as fast from the gate, see <see cref="Grading1D.GrowingFromEnds"/>. First cells may be thicker than the layer where
/// a face takes protons freely: such shapes are tried too, and held against the reference, which has thin cells at both faces.</para>
/// </remarks>
public sealed record MeshChoice
{
    private const double Ladder = 1.2;
    private const int Doubling = 4, LastRung = 20, FewestCells = 20;

    /// <summary>The shape of references: thin cells at both ends, fewer of them at the gate.</summary>
    private static readonly Shape s_thin = new(1, 1, 4);

    /// <summary>Shapes that are tried.</summary>
    private static readonly Shape[] s_shapes = [s_thin, new(1, 1, 0), new(4, 1, 4), new(4, 1.5, 4), new(16, 1.5, 8)];

    /// <summary>Steps below this size are compared as if they were of this size [protons].</summary>
    private const double LeastStep = 0.1;

    /// <summary>The fullest channel that is tried: over its content at rest, and as a composition.</summary>
    private const double MostFilling = 32, MostComposition = 0.25;

    /// <summary>Time in which a channel that was filled settles with the gate open [s].</summary>
    private const double SettlingTime = 1;

    /// <summary>Relative tolerance of the pulses that are compared, whatever that of the run: the mesh does not depend on it.</summary>
    /// <remarks>At 1e-5 the errors in time of a weak pulse, 3e-4 to 5e-4 of its step, make up for as much of the meshes'
    /// difference.</remarks>
    private const double TimeTolerance = 1e-6;

    /// <summary>Steps of a segment, of which these pulses take hundreds, after which a mesh counts as one that cannot compute it.</summary>
    private const int MostSteps = 10_000;

    /// <summary>The mesh, with numbers; <see cref="MeshSettings.ReferenceCells"/> for a device that no rung can compute.</summary>
    public required MeshSettings Settings { get; init; }

    /// <summary>Largest difference between it and one twice as fine, over a first step or over 0.1
    /// proton; not a number when neither was run, infinite when none could be.</summary>
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
        double film = device.Psg.FilmThickness;
        MeshSettings Rung(Shape shape, int rung) => OnLadder(mesh, film, kinds.ThinnestLayer, shape, rung);
        DeviceSimulation At(Shape shape, int rung) => new(device, Rung(shape, rung) with { Refinement = 1 }, accurate);
        DeviceSimulation coarsest = At(s_thin, 0);
        Step[]? fromRest = Answers(coarsest, kinds.Steps, 1);
        double filling = fromRest is null ? 1 : Filling(device, kinds, coarsest, fromRest);
        var known = new Dictionary<(Shape, int), Step[]?>();
        if (filling == 1)
            known[(s_thin, 0)] = fromRest;
        Step[]? On(Shape shape, int rung) => known.TryGetValue((shape, rung), out Step[]? steps) ? steps
            : known[(shape, rung)] = Answers(At(shape, rung), kinds.Steps, filling);
        // A device may be beyond all meshes: it need not be run on each of them.
        bool IsLost(int rung) => (On(s_thin, rung) ?? On(s_thin, rung + Doubling) ?? On(s_thin, LastRung + Doubling)) is null;
        // On the coarsest rungs errors may be large and yet hardly change from one to the next.
        int top = Doubling;
        bool Agrees(int rung) => Disagreement(On(s_thin, rung), On(s_thin, top + Doubling)) <= mesh.Tolerance;
        while (top < LastRung && !(Agrees(top) && Agrees(top + 1)) && !IsLost(top))
            top += Doubling;
        // In fields far beyond breakdown a first cell of a few picometres at the gate can stop the steps where a thicker one does not.
        if (IsLost(top))
            return new() { Settings = mesh with { PsgCells = MeshSettings.ReferenceCells }, Difference = double.PositiveInfinity };
        Step[]? reference = On(s_thin, top + Doubling);
        // Work is a small rest of what goes to and fro: its errors in time, which no mesh takes away, may be larger than the tolerance.
        double weight = Math.Min(1, mesh.Tolerance / WorkDisagreement(On(s_thin, top), reference));
        double OffTop(Shape shape, int rung) =>
            Math.Max(Disagreement(On(shape, rung), reference), weight * WorkDisagreement(On(shape, rung), reference));
        (Shape Shape, int Rung) best = (s_thin, top);
        foreach (Shape shape in s_shapes)
            // The rung above has been found to agree, or is tried first.
            for (int rung = best.Rung - 1;
                rung >= 0 && OffTop(shape, rung) <= mesh.Tolerance && OffTop(shape, rung + 1) <= mesh.Tolerance;
                rung--)
                best = (shape, rung);
        return new() { Settings = Rung(best.Shape, best.Rung), Difference = OffTop(best.Shape, best.Rung) };
    }

    private static double Disagreement(Step[]? a, Step[]? b)
    {
        if (a is null || b is null)
            return double.PositiveInfinity;
        double most = 0;
        for (int i = 0; i < a.Length; i++)
        {
            most = Math.Max(most, Between(a[i], b[i], b[i].Size));
            most = Math.Max(most, b[i].Off(a[i].Conductance, b[i].Conductance));
            // What steps there and back leave together adds up over a train.
            for (int j = 0; j < i; j++)
                if (b[j].IsFilled && b[i].IsFilled && b[j].Given * b[i].Given < 0)
                    most = Math.Max(most, Between(a[i] + a[j], b[i] + b[j], Math.Max(b[i].Size, b[j].Size)));
        }
        return most;
    }

    private static double WorkDisagreement(Step[]? a, Step[]? b) =>
        a is null || b is null ? 0 : b.Zip(a, (own, other) => own.Off(other.Work, own.Work)).Max();

    private static double Between(Step a, Step b, double size) =>
        Math.Max(Math.Abs(a.Given - b.Given), Math.Abs(a.InChannel - b.InChannel)) / size;

    private static MeshSettings OnLadder(MeshSettings mesh, double film, double layer, Shape shape, int rung)
    {
        double finer = Math.Pow(Ladder, rung), first = layer / finer;
        int cells = (int)Math.Round(FewestCells * finer);
        return mesh with
        {
            PsgCells = cells,
            PsgFirstCellGate = Math.Min(shape.Gate * first, Math.Max(first, film / cells)),
            PsgFirstCellChannel = Math.Min(shape.Channel * first, Math.Max(first, film / cells)),
            PsgGrowthRatio = shape.Growth,
        };
    }

    /// <summary>By how much the protocol fills the channel over its content at rest: a power of two, 1 for
    /// hardly.</summary>
    private static double Filling(Device device, StepKinds kinds, DeviceSimulation simulation, Step[] first)
    {
        double rest = simulation.System.HydrogenInChannel(simulation.RestState).Value;
        double most = kinds.Fullest(i => first[i].InChannel / rest);
        most = Math.Min(1 + most, Math.Min(MostFilling, MostComposition / device.Wo3.RestComposition));
        return most < 2 ? 1 : Math.Pow(2, Math.Floor(Math.Log2(most)));
    }

    /// <summary>What each kind of step does from rest and from a filled channel; null when one cannot be computed.</summary>
    private static Step[]? Answers(DeviceSimulation simulation, IReadOnlyList<ProtocolStep> kinds, double filling)
    {
        try
        {
            var answers = new List<Step>();
            simulation.RestState.CopyTo(simulation.State, 0);
            AddAnswers(simulation, kinds, isFilled: false, answers);
            if (filling > 1)
            {
                simulation.RestState.CopyTo(simulation.State, 0);
                Fill(simulation, filling);
                AddAnswers(simulation, kinds, isFilled: true, answers);
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
    private static void AddAnswers(DeviceSimulation simulation, IReadOnlyList<ProtocolStep> kinds, bool isFilled, List<Step> answers)
    {
        var readout = new ColumnConductance(simulation.Device, simulation.Mesh, simulation.Layout);
        Scalar[] start = [.. simulation.State];
        double given = start[simulation.Layout.GateHydrogen].Value, content = simulation.System.HydrogenInChannel(start).Value,
            conductance = readout.Of(start), work = simulation.Quadratures[QuadratureLayout.Work];
        foreach (ProtocolStep kind in kinds)
        {
            start.CopyTo(simulation.State, 0);
            var runner = new ProtocolRunner(simulation, [kind], new Unobserved());
            while (runner.Advance())
            {
            }
            answers.Add(new(isFilled, simulation.State[simulation.Layout.GateHydrogen].Value - given,
                simulation.System.HydrogenInChannel(simulation.State).Value - content,
                readout.Of(simulation.State) - conductance, simulation.Quadratures[QuadratureLayout.Work] - work));
            work = simulation.Quadratures[QuadratureLayout.Work];
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

    /// <summary>How the cells of a rung are spread.</summary>
    /// <param name="Gate">First cell at the gate over the thinnest layer of the rung.</param>
    /// <param name="Channel">First cell at the channel over it.</param>
    /// <param name="Growth">How much faster cells grow from the gate than from the channel; 0 for a smooth grading.</param>
    private readonly record struct Shape(double Gate, double Channel, double Growth);

    /// <summary>What a step does, in protons.</summary>
    /// <param name="IsFilled">True from a filled channel.</param>
    /// <param name="Given">Given by the gate.</param>
    /// <param name="InChannel">More in the channel.</param>
    /// <param name="Conductance">By how much the channel conducts better [S].</param>
    /// <param name="Work">Electrical work at the gate [J].</param>
    private readonly record struct Step(bool IsFilled, double Given, double InChannel, double Conductance, double Work)
    {
        /// <summary>What errors are measured by.</summary>
        public double Size => Math.Max(Math.Max(Math.Abs(Given), Math.Abs(InChannel)), LeastStep);

        /// <summary>Two steps, one after the other.</summary>
        public static Step operator +(Step a, Step b) =>
            new(a.IsFilled, a.Given + b.Given, a.InChannel + b.InChannel, a.Conductance + b.Conductance, a.Work + b.Work);

        /// <summary>How far a quantity of another step is off this one's, over it or over that of the smallest steps that count.</summary>
        public double Off(double other, double own) =>
            own == 0 ? 0 : Math.Abs(other / own - 1) * Math.Min(1, Math.Max(Math.Abs(Given), Math.Abs(InChannel)) / LeastStep);
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
