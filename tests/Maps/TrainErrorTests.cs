using FvSolver.Solver.Maps;
using Xunit;

namespace FvSolver.Tests.Maps;

/// <summary>The bound along a train against its recurrence, pulse by pulse.</summary>
public sealed class TrainErrorTests
{
    private const double Plain = 1e-8, Memory = 1e-7, Interpolation = 1e-6;

    private static readonly double[] s_sizes = [3e-7, 2e-7, 1e-7];

    private static readonly MapPiece s_piece = new()
    {
        Family = null!,
        Branch = default!,
        Low = 0,
        High = 1,
        Settled = null!,
        Step = null!,
        Sign = 1,
        Responses = [],
        LeastGiven = 0,
        MostGiven = 0,
        Errors = new(Interpolation, Plain, 0, 0, 0),
        Remainder = new([[1], [2], [3]], s_sizes),
        Pulses = 0,
        Sensitivity = 0,
    };

    [Fact]
    public void Bounds_follow_their_recurrence_also_where_the_product_of_slopes_leaves_its_range()
    {
        const int Count = 3001, Room = Count + 8;
        var random = new Random(3);
        double[] slopes = new double[Room], contents = new double[Room], totals = new double[Room], parts = new double[Room];
        double[][] terms = [.. s_sizes.Select(_ => new double[Room])];
        for (int i = 0; i < Room; i++)
        {
            // Long ways up and down, turns of the sign, and slopes that leave nothing or pass over the whole range at once.
            slopes[i] = (i / 1000 == 1 ? 1.6 : 0.7) * (i % 97 == 0 ? -1 : 1) * (0.9 + 0.2 * random.NextDouble());
            contents[i] = random.NextDouble();
            foreach (double[] term in terms)
                term[i] = random.NextDouble() - 0.5;
        }
        (slopes[501], slopes[1002], slopes[1003], slopes[2702]) = (0, 1e120, 1e-130, 1e-90);
        var expected = new double[Count + 1];
        double plain = 0, all = 0, largest = 0;
        var sums = new double[s_sizes.Length];
        for (int i = 0; i < Count; i++)
        {
            double slope = Math.Abs(slopes[i]), change = contents[i + 1] - contents[i];
            plain = slope * plain + (i < 8 ? Plain + Memory : Plain) * Math.Abs(change);
            all = slope * all + Interpolation * Math.Abs(change);
            largest = Math.Max(slope * largest, Interpolation * Math.Abs(change));
            double left = 0;
            for (int n = 0; n < sums.Length; n++)
                left += s_sizes[n] * Math.Abs(sums[n] = slopes[i] * sums[n] + change * terms[n][i]);
            expected[i + 1] = plain + Math.Min(all, largest + 2 * left);
        }
        new TrainError().Add(s_piece, Count, ref slopes[0], ref contents[0], Memory, terms, ref totals[0]);
        // The same in two parts, the second from numbers that were kept.
        const int First = 1234;
        TrainError before = new(), after = new();
        before.Add(s_piece, First, ref slopes[0], ref contents[0], Memory, terms, ref parts[0]);
        after.Load([s_piece], before.Save([s_piece]));
        after.Add(
            s_piece, Count - First, ref slopes[First], ref contents[First], 0, [.. terms.Select(t => t[First..])], ref parts[First]);
        for (int i = 0; i <= Count; i++)
        {
            Assert.Equal(expected[i], totals[i], 1e-12 * expected[i]);
            Assert.Equal(expected[i], parts[i], 1e-12 * expected[i]);
        }
        Assert.Equal(parts[Count], after.Total);
    }
}
