using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Maps;

/// <summary>What states before pulses remember beyond their content, as amplitudes of modes: how they differ from settled states.</summary>
/// <remarks>
/// A state is that of its content, S(u), plus the sum of a_k phi_k(u). The modes phi_k are functions of the content and hold none of it.
/// Amplitudes of a state are those of the closest sum; where a mode is all but one of those before, it gets none.
/// </remarks>
public sealed class MemoryModes
{
    /// <summary>Most modes beside the content.</summary>
    public const int Most = 4;

    // Share of the first mode's magnitude, squared, below which a mode is not told from others.
    private const double Ridge = 1e-8;

    private readonly SettledStates _settled;
    private readonly double[][][] _coefficients;
    private readonly ChebyshevSeries[] _least, _most;

    /// <summary>Modes from Chebyshev coefficients over the content.</summary>
    /// <param name="settled">Settled states.</param>
    /// <param name="coefficients">Of each mode: its coefficients, each of all unknowns.</param>
    /// <param name="least">Least amplitude of each mode as a function of the content.</param>
    /// <param name="most">Largest.</param>
    /// <param name="relaxation">Largest share of the first mode that is left after a rest.</param>
    internal MemoryModes(
        SettledStates settled, double[][][] coefficients, ChebyshevSeries[] least, ChebyshevSeries[] most, double relaxation) =>
        (_settled, _coefficients, _least, _most, Relaxation) = (settled, coefficients, least, most, relaxation);

    /// <summary>Modes.</summary>
    public int Count => _coefficients.Length;

    /// <summary>Largest share of the first mode that is left after a rest.</summary>
    public double Relaxation { get; }

    /// <summary>Puts a device into a state.</summary>
    /// <param name="state">Takes it.</param>
    /// <param name="u">Content.</param>
    /// <param name="amplitudes">Amplitude of each mode.</param>
    /// <param name="given">What the gate has given; null as in the settled states.</param>
    public void Place(Scalar[] state, double u, ReadOnlySpan<double> amplitudes, double? given = null)
    {
        _settled.Place(state, u, given);
        for (int k = 0; k < Count; k++)
        {
            double[] mode = At(k, u);
            for (int x = 0; x < state.Length; x++)
                state[x] = new(state[x] + amplitudes[k] * mode[x]);
        }
    }

    /// <summary>Amplitudes of a state of a content.</summary>
    /// <returns>How far it is from the state that they stand for, see <see cref="SettledStates.Distance"/>.</returns>
    public double Read(Scalar[] state, double u, Span<double> amplitudes)
    {
        var settled = new Scalar[state.Length];
        _settled.Place(settled, u);
        double[] weights = _settled.Weights(settled), off = [.. state.Zip(settled, (a, b) => a - b)];
        double[][] modes = [.. Enumerable.Range(0, Count).Select(k => At(k, u))];
        Project(modes, off, weights, amplitudes);
        for (int k = 0; k < Count; k++)
            for (int x = 0; x < off.Length; x++)
                off[x] -= amplitudes[k] * modes[k][x];
        return off.Zip(weights, (x, w) => Math.Abs(x) * w).Max();
    }

    /// <summary>Amplitudes as variables in [-1, 1].</summary>
    /// <returns>False when one of them is outside, where there is no map.</returns>
    public bool ToBox(double u, ReadOnlySpan<double> amplitudes, Span<double> variables)
    {
        bool isWithin = true;
        for (int k = 0; k < Count; k++)
        {
            double least = _least[k].At(u), most = _most[k].At(u);
            variables[k] = (2 * amplitudes[k] - least - most) / (most - least);
            isWithin &= Math.Abs(variables[k]) <= 1;
        }
        return isWithin;
    }

    /// <summary>Amplitudes at variables in [-1, 1].</summary>
    public double[] FromBox(double u, double[] variables) =>
        [.. variables.Select((t, k) => 0.5 * ((1 - t) * _least[k].At(u) + (1 + t) * _most[k].At(u)))];

    /// <summary>Amplitudes of the sum of modes that is closest to a difference.</summary>
    internal static void Project(double[][] modes, double[] off, double[] weights, Span<double> amplitudes)
    {
        int n = modes.Length;
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            amplitudes[i] = Product(modes[i], off, weights);
            for (int j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = Product(modes[i], modes[j], weights);
        }
        for (int i = n - 1; i >= 0; i--)
            matrix[i, i] += i == 0 ? 0 : Ridge * matrix[0, 0];
        // The matrix is small, symmetric and positive: elimination without exchange.
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
            {
                double factor = matrix[j, i] / matrix[i, i];
                for (int k = i; k < n; k++)
                    matrix[j, k] -= factor * matrix[i, k];
                amplitudes[j] -= factor * amplitudes[i];
            }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                amplitudes[i] -= matrix[i, k] * amplitudes[k];
            amplitudes[i] /= matrix[i, i];
        }
    }

    /// <summary>Scalar product of two differences of states, each entry times its weight.</summary>
    internal static double Product(double[] a, double[] b, double[] weights)
    {
        double sum = 0;
        for (int x = 0; x < a.Length; x++)
            sum += a[x] * b[x] * (weights[x] * weights[x]);
        return sum;
    }

    /// <summary>Writes them into an archive.</summary>
    internal void Save(MapArchive archive, string name)
    {
        archive.Doubles[$"{name} modes"] = [Count, Relaxation, _least[0].Low, _least[0].High];
        for (int k = 0; k < Count; k++)
        {
            archive.Doubles[$"{name} mode {k}"] = [.. _coefficients[k].SelectMany(c => c)];
            archive.Doubles[$"{name} mode {k} least"] = _least[k].Coefficients.ToArray();
            archive.Doubles[$"{name} mode {k} most"] = _most[k].Coefficients.ToArray();
        }
    }

    /// <summary>Reads them from an archive; null where there are none.</summary>
    internal static MemoryModes? Load(MapArchive archive, string name, SettledStates settled, int unknowns)
    {
        if (!archive.Doubles.TryGetValue($"{name} modes", out double[]? head))
            return null;
        ChebyshevSeries Series(int k, string end) => new(head[2], head[3], archive.Doubles[$"{name} mode {k} {end}"]);
        int[] all = [.. Enumerable.Range(0, (int)head[0])];
        return new(settled, [.. all.Select(k => archive.Doubles[$"{name} mode {k}"].Chunk(unknowns).ToArray())],
            [.. all.Select(k => Series(k, "least"))], [.. all.Select(k => Series(k, "most"))], head[1]);
    }

    private double[] At(int mode, double u)
    {
        double low = _least[0].Low, high = _least[0].High, t = (2 * u - low - high) / (high - low), before = 1, now = t;
        double[][] all = _coefficients[mode];
        double[] sum = [.. all[0]];
        for (int c = 1; c < all.Length; c++)
        {
            for (int x = 0; x < sum.Length; x++)
                sum[x] = Math.FusedMultiplyAdd(now, all[c][x], sum[x]);
            (before, now) = (now, 2 * t * now - before);
        }
        return sum;
    }
}
