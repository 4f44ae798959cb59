using FvSolver.Cases.Input;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Maps;

namespace FvSolver.Validation.Maps;

/// <summary>Maps of the frozen device for pulses of both signs whose amplitudes, and perhaps widths, vary.</summary>
internal sealed class RandomPulses
{
    private readonly Random _random;
    private readonly CaseDefinition _case = CaseReader.Read("single", ["preset=onen2022-v1"]);

    /// <summary>Pulses up of 8 to 10 V and down of -6.5 to -8.5 V, 5 ns or 3 to 10 ns wide.</summary>
    /// <param name="hasWidths">True for widths that vary.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="rest">Rest after a pulse [s].</param>
    public RandomPulses(bool hasWidths, int seed, double rest = 1)
    {
        double edge = _case.Device.Gate.EdgeTime, least = hasWidths ? 3e-9 : 5e-9, most = hasWidths ? 10e-9 : 5e-9;
        Map = new(CaseRun.CreateDevice(_case), [new(8, 10, least, most, edge, null, rest), new(-8.5, -6.5, least, most, edge, null, rest)],
            new());
        _random = new(seed);
        // In the middle of the plateau of the reservoir, and of the contents that the paper's pulses cover.
        Start = new(1.5, Map.Branches.Middle(ReservoirBranch.Plateau) ?? 0);
    }

    /// <summary>A device at rest.</summary>
    public DeviceSimulation Create(double tolerance) => new(_case.Device, _case.Mesh, _case.Solver with { RelativeTolerance = tolerance });

    public PulseMap Map { get; }

    public SlowState Start { get; }

    /// <summary>A pulse, up or down.</summary>
    public (double Amplitude, double Width) Next(bool up)
    {
        PulseFamily family = Map.Families[up ? 0 : 1];
        Span<double> variables = [2 * _random.NextDouble() - 1, 2 * _random.NextDouble() - 1];
        return family.At(variables);
    }

    /// <summary>A number between two.</summary>
    public double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    /// <summary>Amplitudes and widths of a walk about its start: signs at random, which lead back a little more often than on.</summary>
    public (double[] Amplitudes, double[] Widths) Walk(int count)
    {
        var amplitudes = new double[count];
        var widths = new double[count];
        SlowState state = Start;
        Piece(true, state.U);
        Piece(false, state.U);
        var train = new StateTrain(Map, Map.Families[0]);
        for (int i = 0; i < count; i++)
        {
            // Back to where it came from a little more often than on: a walk that stays in the range of the paper's pulses.
            (amplitudes[i], widths[i]) = Next(_random.NextDouble() < (state.U > Start.U ? 0.4 : 0.6));
            train.Apply(ref state, amplitudes.AsSpan(i, 1), widths.AsSpan(i, 1));
        }
        return (amplitudes, widths);
    }

    /// <summary>The piece of a direction at a content.</summary>
    public MapPiece Piece(bool up, double u) => Map.Find(up ? 0 : 1, u, Start.Given, 1e9)
        ?? throw new InvalidOperationException($"there is no map at u = {u:g3}: {string.Join("; ", Map.Refusals)}");
}
