namespace FvSolver.Solver.Kinetic;

/// <summary>Exact draws of the film in equilibrium with the gate open.</summary>
/// <remarks>
/// What entered through the lead, X = Q_M/q + given, is frozen. The charges of the links are then a chain: each weighs
/// exp(-kappa_k m_k^2/(2 V_T)), the protons of the plane between two of them f^n/n!, and hydrogen in WO3 closes it, since
/// N_H = const + X - m_{N+1}. Sums over the chain run from the gate to the channel once; each draw runs back, link by link.
/// Hydrogen's own weight is that of its mean chemical potential, exact where it is dilute.
/// </remarks>
public sealed class EquilibriumDraw
{
    // Links are summed over this many standard deviations on either side of the most probable charge.
    private const double Reach = 9;

    private readonly LatticeFilm _film;
    private readonly EventLaws _laws;
    private readonly HydrogenStore _store;
    private readonly int _hydrogen;
    private readonly int[] _first, _protonsFirst;
    private readonly double[][] _weights, _protons;
    private double[] _work = [];
    private double _builtFor = double.NaN;

    internal EquilibriumDraw(LatticeFilm film, EventLaws laws, HydrogenStore store, int hydrogen)
    {
        (_film, _laws, _store, _hydrogen) = (film, laws, store, hydrogen);
        (_first, _weights) = (new int[film.Links], new double[film.Links][]);
        (_protonsFirst, _protons) = (new int[film.Hops + 1], new double[film.Hops + 1][]);
        (MostProbable, Deviation) = (new double[film.Links], new double[film.Links]);
    }

    /// <summary>Most probable charge m of each link.</summary>
    public double[] MostProbable { get; }

    /// <summary>Standard deviation of m of each link in the harmonic approximation; that of the last link is that of N_H.</summary>
    public double[] Deviation { get; }

    /// <summary>Draws the charges of all links.</summary>
    /// <param name="entered">X.</param>
    /// <param name="random">Uniform numbers.</param>
    /// <param name="charge">Of each link m_k plus the counter-charges before it, an integer.</param>
    public void Draw(int entered, Random random, int[] charge)
    {
        Prepare(entered);
        int last = _film.Links - 1;
        Close(entered, _weights[last]);
        charge[last] = _first[last] + Pick(_weights[last].Length, random);
        for (int k = last - 1; k >= 0; k--)
        {
            double[] weights = _weights[k], protons = _protons[k];
            int offset = charge[k + 1] - _first[k] - _protonsFirst[k];
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                int n = offset - i;
                _work[i] = sum += (uint)n < (uint)protons.Length ? weights[i] * protons[n] : 0;
            }
            charge[k] = _first[k] + Pick(weights.Length, random);
        }
    }

    /// <summary>Hydrogen behind the interface that belongs to an X and a charge of the last link.</summary>
    public int HydrogenAt(int entered, int lastCharge) => _hydrogen + entered - lastCharge;

    /// <summary>Sums over the chain for an X, unless those that are there serve.</summary>
    public void Prepare(int entered)
    {
        // Within a few per cent of the hydrogen the windows still reach far enough, and the activity of Pd is the same.
        if (Math.Abs(entered - _builtFor) <= 0.02 * Math.Max(1, _hydrogen + _builtFor - _film.CounterBefore[^1]))
            return;
        _builtFor = entered;
        FindMostProbable(entered);
        double logActivity = LogGateActivity(entered);
        for (int k = 0; k < _film.Links; k++)
            (_first[k], _weights[k]) = Window(k);
        for (int i = 0; i <= _film.Hops; i++)
            SetProtons(i);
        for (int k = 0; k < _film.Links; k++)
        {
            double kappa = _film.VoltagePerCharge[k] * _laws.InverseThermalVoltage / 2, largest = 0;
            double[] weights = _weights[k];
            for (int i = 0; i < weights.Length; i++)
            {
                double m = _first[k] + i - _film.CounterBefore[k], centre = MostProbable[k];
                double exponent = -kappa * (m * m - centre * centre);
                if (k == 0)
                    exponent -= logActivity * (m - centre);
                weights[i] = Math.Exp(exponent) * (k == 0 ? 1 : Before(k, _first[k] + i));
                largest = Math.Max(largest, weights[i]);
            }
            for (int i = 0; i < weights.Length; i++)
                weights[i] /= largest;
        }
        _work = new double[_weights.Max(w => w.Length)];
    }

    private double LogGateActivity(int entered) => Math.Log(_laws.GateActivity(entered - MostProbable[0])) + _laws.GateOffset;

    private (int First, double[] Weights) Window(int link)
    {
        double centre = MostProbable[link] + _film.CounterBefore[link], reach = Reach * Deviation[link] + 2;
        int first = (int)Math.Floor(centre - reach);
        return (first, new double[(int)Math.Ceiling(centre + reach) - first + 1]);
    }

    /// <summary>Weights f^n/n! of a plane, over all that its two links allow.</summary>
    private void SetProtons(int plane)
    {
        int low = Math.Max(0, _first[plane + 1] - _first[plane] - _weights[plane].Length + 1);
        int high = Math.Max(low, _first[plane + 1] + _weights[plane + 1].Length - 1 - _first[plane]);
        var weights = new double[high - low + 1];
        double f = _film.Counter[plane];
        int centre = Math.Clamp((int)(f + MostProbable[plane + 1] - MostProbable[plane]), low, high);
        weights[centre - low] = 1;
        for (int n = centre + 1; n <= high; n++)
            weights[n - low] = weights[n - 1 - low] * f / n;
        for (int n = centre; n > low; n--)
            weights[n - 1 - low] = weights[n - low] * n / f;
        (_protonsFirst[plane], _protons[plane]) = (low, weights);
    }

    /// <summary>Sum over all charges of the link before.</summary>
    private double Before(int link, int charge)
    {
        double[] weights = _weights[link - 1], protons = _protons[link - 1];
        int offset = charge - _first[link - 1] - _protonsFirst[link - 1];
        double sum = 0;
        for (int i = Math.Max(0, offset - protons.Length + 1); i < Math.Min(weights.Length, offset + 1); i++)
            sum += weights[i] * protons[offset - i];
        return sum;
    }

    /// <summary>Sums of the last link's weights with those of the hydrogen that each charge leaves in the channel.</summary>
    private void Close(int entered, double[] weights)
    {
        int last = _film.Links - 1;
        double log = 0, largest = double.NegativeInfinity;
        for (int i = 0; i < weights.Length; i++)
        {
            int atoms = _hydrogen + entered - _first[last] - i;
            _work[i] = atoms >= 0 && weights[i] > 0 ? log + Math.Log(weights[i]) : double.NegativeInfinity;
            largest = Math.Max(largest, _work[i]);
            if (atoms > 0)
                log += LogActivity(atoms);
        }
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            _work[i] = sum += Math.Exp(_work[i] - largest);
    }

    /// <summary>ln of the activity of this many atoms of hydrogen over that at rest.</summary>
    private double LogActivity(int atoms)
    {
        _laws.Coverage(_store.AdsorbedAt(atoms), out double vacant, out double occupied);
        return Math.Log(occupied / vacant) - _laws.ChannelOffset;
    }

    private int Pick(int count, Random random)
    {
        double place = random.NextDouble() * _work[count - 1];
        int index = Array.BinarySearch(_work, 0, count, place);
        return Math.Min(index < 0 ? ~index : index + 1, count - 1);
    }

    /// <summary>Newton's method on the logarithm of the weight, which is concave; its curvature gives the deviations.</summary>
    private void FindMostProbable(int entered)
    {
        int links = _film.Links;
        double[] m = MostProbable, gradient = new double[links], diagonal = new double[links];
        double[] next = new double[links], step = new double[links];
        Array.Clear(m);
        double Total() => _hydrogen + entered - _film.CounterBefore[^1];
        for (int iteration = 0; iteration < 200; iteration++)
        {
            for (int k = 0; k < links; k++)
            {
                double kappa = _film.VoltagePerCharge[k] * _laws.InverseThermalVoltage;
                (gradient[k], diagonal[k], next[k]) = (-kappa * m[k], -kappa, 0);
            }
            for (int i = 0; i <= _film.Hops; i++)
            {
                double n = _film.Counter[i] + m[i + 1] - m[i] + 0.5, pull = Math.Log(_film.Counter[i] / n);
                gradient[i + 1] += pull;
                gradient[i] -= pull;
                diagonal[i] -= 1 / n;
                diagonal[i + 1] -= 1 / n;
                next[i] = 1 / n;
            }
            gradient[0] -= LogGateActivity(entered);
            double atoms = Math.Max(2, Total() - m[^1]);
            int below = (int)atoms;
            double low = LogActivity(below), slope = LogActivity(below + 1) - low;
            gradient[^1] += low + slope * (atoms + 0.5 - below);
            diagonal[^1] -= slope;
            Solve(diagonal, next, gradient, step);
            double size = 1;
            for (int i = 0; i <= _film.Hops; i++)
            {
                double n = _film.Counter[i] + m[i + 1] - m[i] + 0.5, change = step[i] - step[i + 1];
                if (change < 0)
                    size = Math.Min(size, 0.7 * n / -change);
            }
            if (-step[^1] > 0)
                size = Math.Min(size, 0.7 * (Total() - m[^1]) / -step[^1]);
            double largest = 0;
            for (int k = 0; k < links; k++)
            {
                m[k] -= size * step[k];
                largest = Math.Max(largest, Math.Abs(step[k]));
            }
            if (largest < 1e-6)
                break;
        }
        var unit = new double[links];
        for (int k = 0; k < links; k++)
        {
            Array.Clear(unit);
            unit[k] = 1;
            Solve(diagonal, next, unit, step);
            Deviation[k] = Math.Sqrt(-step[k]);
        }
    }

    /// <summary>Symmetric tridiagonal system.</summary>
    private static void Solve(double[] diagonal, double[] next, double[] right, double[] x)
    {
        int n = diagonal.Length;
        var d = new double[n];
        (d[0], x[0]) = (diagonal[0], right[0]);
        for (int i = 1; i < n; i++)
        {
            double factor = next[i - 1] / d[i - 1];
            d[i] = diagonal[i] - factor * next[i - 1];
            x[i] = right[i] - factor * x[i - 1];
        }
        x[n - 1] /= d[n - 1];
        for (int i = n - 2; i >= 0; i--)
            x[i] = (x[i] - next[i] * x[i + 1]) / d[i];
    }
}
