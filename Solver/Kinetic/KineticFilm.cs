using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Kinetic;

/// <summary>How a film is simulated; the defaults are right, the rest are limits and deliberate mistakes.</summary>
public sealed record KineticOptions
{
    /// <summary>True to hold the field at V/d whatever the charges are.</summary>
    public bool FixedField { get; init; }

    /// <summary>Mistake: rates take the potentials before the event instead of the energies before and after it.</summary>
    public bool BeforeEvent { get; init; }

    /// <summary>Voltage from which and to which pulses go [V]; NaN for the gate voltage that the source finds.</summary>
    public double BaseVoltage { get; init; } = double.NaN;
}

/// <summary>One device with integer protons, event by event: exact for the plane-mean field.</summary>
/// <remarks>
/// <para>An event moves one charge over one link (see <see cref="LatticeFilm"/>): a reaction at Pd, a hop, or a Volmer step;
/// behind the interface atoms are adsorbed, absorbed and diffuse. Its rate is that of the law at the change of the total
/// electrostatic energy. With the gate open the charge of the metal is an integer and a charge that passes link k changes
/// m_k alone: u = kappa_k (m_k - 1/2)/V_T. An ideal source keeps the electrons of the metal in equilibrium with itself,
/// faster than anything moves; the free energy of metal and source then has the charge delta + integer with
/// V - V_rest = sum kappa_k (m_k + delta), and a passing charge is worth u = kappa_k [m_k + delta - (1 - w_k)/2]/V_T with
/// Ramo's weight w_k. When the gate opens, the integer is drawn from its distribution at that moment. Behind a series
/// resistance electrons pass one by one at the rate (dF/q^2 R)/(e^(dF/kT) - 1) of a resistor.</para>
/// <para>Times follow from the sum of all rates; where the voltage ramps, from thinning of an upper bound.</para>
/// </remarks>
public sealed partial class KineticFilm
{
    // Work of a hop over kT by which a window of a ramp is long: the bound then exceeds the rates by a quarter on average.
    private const double WindowWork = 1;

    private readonly LatticeFilm _film;
    private readonly EventLaws _laws;
    private readonly KineticOptions _options;
    private readonly HydrogenStore _store;
    private readonly int _last;
    private readonly double _restVoltage, _resistance, _spread, _steepness;
    private readonly double[] _factor;
    private readonly int[] _charge, _protons;
    private readonly double[] _forward, _backward, _forwardThen, _backwardThen;
    private double _shift;
    private int _given;
    private Random _random = new();

    /// <summary>A device in its state of rest; see <see cref="Draw"/>.</summary>
    /// <param name="film">Its film.</param>
    /// <param name="mesh">A mesh of its stack, of which the layers of WO3 are taken.</param>
    /// <param name="options">How it is simulated; null for the defaults.</param>
    public KineticFilm(LatticeFilm film, ControlVolumeMesh mesh, KineticOptions? options = null)
    {
        Device device = film.Device;
        (_film, _options) = (film, options ?? new());
        _laws = new(device, film.Area);
        _store = new(_laws, device, mesh, film.Area);
        _last = film.Links - 1;
        _restVoltage = device.Gate.RestVoltage;
        _resistance = device.Gate.SeriesResistance * device.Geometry.Area / film.Area;
        _spread = 1 / (film.TotalVoltagePerCharge * _laws.InverseThermalVoltage);
        _steepness = Enumerable.Range(0, film.Links).Max(film.Ramo) * _laws.InverseThermalVoltage;
        // Jumps a second and proton are Gamma0 on a plane that owns one distance, twice that on one that owns half.
        _factor = [.. film.Counter.Select((_, i) => i == 0 || i == film.Hops ? 2.0 : 1.0)];
        (_charge, _protons) = (new int[film.Links], new int[film.Hops + 1]);
        // The last entry is for electrons through the series resistance.
        (_forward, _backward) = (new double[film.Links + 1], new double[film.Links + 1]);
        (_forwardThen, _backwardThen) = (new double[film.Links + 1], new double[film.Links + 1]);
        (Forward, Backward) = (new long[film.Links], new long[film.Links]);
        _rates = new double[(2 * film.Links + 3) / 4 * 4];
        _tables = [.. Enumerable.Range(0, film.Links).Select(k => new RateTable(
            (int)Math.Round(film.CounterBefore[k]), (charge, forward, backward, place) =>
            {
                double kappa = film.VoltagePerCharge[k] * _laws.InverseThermalVoltage, m = charge - film.CounterBefore[k];
                double half = _options.BeforeEvent ? 0 : 0.5;
                OpenRates(k, kappa * (m - half), out forward[place], out _);
                OpenRates(k, kappa * (m + half), out _, out backward[place]);
            }))];
        double hydrogen = device.Wo3.RestComposition * _store.AllSites
            + device.Interface.RestCoverage * device.Interface.SiteDensity * film.Area;
        RestHydrogen = hydrogen;
        Equilibrium = new(film, _laws, _store, (int)Math.Round(hydrogen + film.CounterBefore[^1]));
    }

    /// <summary>Events along the field over each link since the start.</summary>
    public long[] Forward { get; }

    /// <summary>Events against the field over each link since the start.</summary>
    public long[] Backward { get; }

    /// <summary>All events since the start, those behind the interface included.</summary>
    public long Events { get; private set; }

    /// <summary>The film.</summary>
    public LatticeFilm Film => _film;

    /// <summary>Atoms of hydrogen behind the interface in the state of rest, mean.</summary>
    public double RestHydrogen { get; }

    /// <summary>Adsorbed and inserted hydrogen now, N_H.</summary>
    public int Hydrogen => _store.Count;

    /// <summary>Protons in PSG.</summary>
    public int MobileProtons => _protons.Sum();

    /// <summary>Protons given by Pd.</summary>
    public int Given => _given;

    /// <summary>What entered through the lead, X = Q_M/q + given; under an ideal source the mean over the electrons of the metal.</summary>
    public double Entered => _charge[0] + _shift + _given;

    /// <summary>Charge that all events moved so far, as the lead sees it (Ramo): X without what the voltage itself stores.</summary>
    public double Moved
    {
        get
        {
            double sum = 0;
            for (int k = 0; k <= _last; k++)
                sum -= _film.Ramo(k) * _charge[k];
            return sum;
        }
    }

    /// <summary>Gate voltage [V].</summary>
    public double GateVoltage
    {
        get
        {
            double sum = _restVoltage + _shift * _film.TotalVoltagePerCharge;
            for (int k = 0; k <= _last; k++)
                sum += _film.VoltagePerCharge[k] * (_charge[k] - _film.CounterBefore[k]);
            return sum;
        }
    }

    /// <summary>The equilibrium with the gate open.</summary>
    public EquilibriumDraw Equilibrium { get; }

    /// <summary>Called with the time since the start of the pulse after each event of a link [s]; null for none.</summary>
    public Action<double>? OnEvent { get; set; }

    /// <summary>Draws the state with the gate open from its equilibrium.</summary>
    /// <param name="entered">X, which fixes the content.</param>
    /// <param name="random">Uniform numbers of this and all that follows.</param>
    public void Draw(int entered, Random random)
    {
        _random = random;
        _shift = 0;
        if (_film.Ends == FilmEnds.Reservoirs)
        {
            DrawBetweenReservoirs();
            return;
        }
        Equilibrium.Draw(entered, random, _charge);
        for (int i = 0; i <= _film.Hops; i++)
            _protons[i] = _charge[i + 1] - _charge[i];
        _given = entered - _charge[0];
        _store.Count = Equilibrium.HydrogenAt(entered, _charge[_last]);
    }

    /// <summary>Takes hydrogen with its electrons out of the channel, or puts it in, until X is this.</summary>
    public void Restore(int entered)
    {
        int excess = (int)Math.Round(Entered) - entered;
        _given -= excess;
        _store.Count -= excess;
    }

    /// <summary>A pulse, at the end of which the gate opens.</summary>
    public PulseCharge Pulse(in FilmPulse pulse)
    {
        double before = Entered, start = double.IsNaN(_options.BaseVoltage) ? GateVoltage : _options.BaseVoltage;
        _store.Split(_random);
        double time = 0;
        if (!double.IsNaN(pulse.Amplitude))
        {
            Clamp(start, pulse.Amplitude, pulse.Edge, ref time);
            Clamp(pulse.Amplitude, pulse.Amplitude, pulse.Width - 2 * pulse.Edge, ref time);
            Clamp(pulse.Amplitude, start, pulse.Edge, ref time);
        }
        Clamp(start, start, pulse.Hold, ref time);
        SetShift(start);
        double mean = Entered;
        Open();
        return new(mean - before, (int)Math.Round(Entered - before));
    }

    /// <summary>Independent protons between reservoirs: each plane has a Poisson number.</summary>
    private void DrawBetweenReservoirs()
    {
        _given = 0;
        for (int i = 0; i <= _film.Hops; i++)
            _protons[i] = i == 0 || i == _film.Hops ? 0 : Poisson(_film.Counter[i]);
        _charge[0] = 0;
        for (int i = 0; i <= _film.Hops; i++)
            _charge[i + 1] = _charge[i] + _protons[i];
    }

    private int Poisson(double mean)
    {
        // Arrivals at unit rate until the time is over; only limits with few protons come here.
        int count = -1;
        for (double time = 0; time < mean; count++)
            time -= Math.Log(1 - _random.NextDouble());
        return count;
    }

    /// <summary>Cuts the metal off with the integer charge that its electrons have at this moment.</summary>
    private void Open()
    {
        if (_resistance == 0)
        {
            int reach = (int)Math.Ceiling(10 * Math.Sqrt(_spread)) + 1, centre = (int)Math.Round(_shift);
            double sum = 0;
            for (int e = centre - reach; e <= centre + reach; e++)
                sum += Math.Exp(-(e - _shift) * (e - _shift) / (2 * _spread));
            double place = _random.NextDouble() * sum;
            int electrons = centre - reach;
            while (electrons < centre + reach && (place -= Math.Exp(-(electrons - _shift) * (electrons - _shift) / (2 * _spread))) >= 0)
                electrons++;
            for (int k = 0; k <= _last; k++)
                _charge[k] += electrons;
        }
        _shift = 0;
    }

    private void SetShift(double voltage)
    {
        if (_resistance > 0)
            return;
        double sum = voltage - _restVoltage;
        for (int k = 0; k <= _last; k++)
            sum -= _film.VoltagePerCharge[k] * (_charge[k] - _film.CounterBefore[k]);
        _shift = sum / _film.TotalVoltagePerCharge;
    }
}

/// <summary>What one pulse brought through the lead, in protons.</summary>
/// <param name="Mean">Without the noise of the electrons at the moment when the gate opens: the noise of the pulse alone.</param>
/// <param name="Step">With it, an integer: what is frozen.</param>
public readonly record struct PulseCharge(double Mean, int Step);
