using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>What a protocol says of itself before it runs.</summary>
public class ProtocolTests
{
    private static PulseTrain Train(int count) => new() { Amplitudes = [9, -6], Widths = [5e-9, 4e-9, 3e-9], Count = count };

    [Fact]
    public void A_train_goes_through_its_amplitudes_and_widths_in_turn()
    {
        Assert.Equal([(9, 5e-9), (-6, 4e-9), (9, 3e-9), (-6, 5e-9)], Enumerable.Range(0, 4).Select(Train(4).PulseAt));
    }

    [Fact]
    public void Pulses_of_trains_repeats_and_tables_are_counted()
    {
        // Two excursions from 0; a third begins when the table ends.
        var table = new VoltageTable([0, 1, 2, 3, 4, 5, 6], [0, 5, 0, -4, 0, 0.1, 0]);
        Assert.Equal(2, ProtocolRunner.CountPulses([table]));
        ProtocolStep[] steps = [Train(3), new Rest(1), new Hold(1, 1), new Repeat(4, [Train(2), table])];
        Assert.Equal(3 + 4 * (2 + 2), ProtocolRunner.CountPulses(steps));
    }

    [Fact]
    public void A_table_is_pieces_between_its_times_and_an_open_gate_is_taken_up_on_an_edge()
    {
        var table = new VoltageTable([0, 1, 3, 6, 7], [0, 5, double.NaN, double.NaN, 2]);
        Assert.Equal([new(0, 5, 1), new(5, 5, 2), new(null, null, 3), new(null, null, 0.75), new(null, 2, 0.25)], table.Pieces(0.25));
    }

    [Theory]
    [InlineData(new[] { 0.5, 3, 0 }, 0.4, 0.5)]
    [InlineData(new[] { 3, 5, 0.5 }, 0.4, 0.5)]
    [InlineData(new[] { 1.0, 3, -0.2 }, 0.4, 1)]
    [InlineData(new[] { double.NaN, double.NaN }, 0.4, 0.4)]
    [InlineData(new[] { double.NaN, 2, 1 }, 1, 1)]
    [InlineData(new[] { 1.0, 5, 0 }, 0.5, 1)]
    public void The_base_of_a_table_is_the_end_that_is_nearer_to_the_gate(double[] voltages, double gate, double level) =>
        Assert.Equal(level, new VoltageTable([.. voltages.Select((_, i) => (double)i)], voltages).Base(gate));

    [Fact]
    public void Pulses_of_a_table_are_excursions_from_its_base_with_what_is_near_it_left_out()
    {
        // A rise over two pieces, its fall, noise of a twentieth, an excursion that the gate is let go of, and one that the table ends in.
        VoltagePiece[] pieces =
        [
            new(0, 0, 1), new(0, 6, 2), new(6, 10, 3), new(10, 10, 4), new(10, 0, 5), new(0, 0.5, 1), new(0.5, 0, 1),
            new(0, -8, 2), new(null, null, 7), new(null, 0, 1), new(0, 4, 1),
        ];
        Assert.Equal([new(1, 2, 10, 14), new(7, 7, -8, 2)], TablePulse.Find(pieces, 0));
        Assert.Empty(TablePulse.Find([], 0));
        Assert.Equal([new(0, 0, 5, 3)], TablePulse.Find([new(0, 5, 1), new(5, 5, 1), new(5, 0, 1)], 0));
        // A tenth of the largest is still near the base.
        Assert.Equal([new(0, 0, 10, 2)], TablePulse.Find([new(0, 10, 1), new(10, 0, 1), new(0, 1, 1), new(1, 0, 1)], 0));
        Assert.Equal([new(0, 0, 3, 2)], TablePulse.Find([new(1, 3, 1), new(3, 1, 1)], 1));
    }

    [Fact]
    public void Steps_are_asked_for_with_their_own_edges_as_often_as_they_are_repeated()
    {
        DeviceSimulation device = CrossSectionCaseTests.DeviceOf(CrossSectionCaseTests.Small, "wo3.electrons=true");
        ProtocolStep[] steps =
        [
            Train(1) with { Edge = 1e-9, Hold = 0, Rest = 7 }, new Repeat(3, [new Rest(2)]), new Repeat(2, []), new Hold(2, 5, 1e-9),
            new CurrentPulse(1e-10, 4), new DrainBias(0.1, 3, 1),
        ];
        var seen = new Corners();
        double[][] pieces =
            [.. new ProtocolRunner(device, steps, seen).Requests().Select(r => r.Segments.ToArray().Select(s => s.Duration).ToArray())];
        Assert.Equal([[1e-9, 3e-9, 1e-9], [7], [2], [2], [2], [1e-9], [5], [4], [1], [3], [1]], pieces);
        // One of each rest and of the current, two of the hold, four of the bias; those of the pulse are the device's.
        Assert.Equal(3 + 1 + 2 + 4, seen.Count);
        var skipping = new ProtocolRunner(device, [Train(5)], seen);
        skipping.Skip(2);
        Assert.Equal(2, skipping.NextPulse()!.Value.Done);
        Assert.Contains("Unknown protocol step Other",
            Assert.Throws<ArgumentException>(() => new ProtocolRunner(device, [new Other()], seen).Advance()).Message);
    }

    private sealed record Other : ProtocolStep;

    private sealed class Corners : IProtocolObserver
    {
        public int Count { get; private set; }

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

        public void OnCorner() => Count++;

        public void OnPulseEnd(PulseEnergy energy)
        {
        }

        public void OnRead()
        {
        }

        public double Read(StopQuantity quantity) => 0;
    }

    [Theory]
    [InlineData(true, 2.0, true)]
    [InlineData(true, 1.9, false)]
    [InlineData(true, 2.1, true)]
    [InlineData(false, 2.0, true)]
    [InlineData(false, 1.9, true)]
    [InlineData(false, 2.1, false)]
    public void A_bound_is_reached_when_it_is_met(bool above, double value, bool isReached) =>
        Assert.Equal(isReached, new StopCondition(StopQuantity.Conductance, 2, above).IsReached(value));
}
