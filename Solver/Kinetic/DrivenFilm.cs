using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Kinetic;

/// <summary>A film of integer protons with its gate circuit: what happens in a pulse, whatever the forces between protons are.</summary>
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
public abstract class DrivenFilm
{
    private readonly double _restVoltage, _spread, _steepness;

    private protected DrivenFilm(LatticeFilm film, ControlVolumeMesh mesh, KineticOptions? options)
    {
        Device device = film.Device;
        (Film, Options) = (film, options ?? new());
        Laws = new(device, film.Area);
        Store = new(Laws, device, mesh, film.Area);
        _restVoltage = Laws.FlatVoltage;
        Resistance = device.Gate.SeriesResistance * device.Geometry.Area / film.Area;
        _spread = 1 / (film.TotalVoltagePerCharge * Laws.InverseThermalVoltage);
        _steepness = Enumerable.Range(0, film.Links).Max(film.Ramo) * Laws.InverseThermalVoltage;
        Last = film.Links - 1;
        (Charge, Protons) = (new int[film.Links], new int[film.Hops + 1]);
        (Forward, Backward) = (new long[film.Links], new long[film.Links]);
        RestHydrogen = device.Wo3.RestComposition * Store.AllSites
            + device.Interface.RestCoverage * device.Interface.SiteDensity * film.Area;
        Equilibrium = new(film, Laws, Store, (int)Math.Round(RestHydrogen + film.CounterBefore[^1]));
    }

    /// <summary>The film.</summary>
    public LatticeFilm Film { get; }

    /// <summary>Events along the field over each link since the start.</summary>
    public long[] Forward { get; }

    /// <summary>Events against the field over each link since the start.</summary>
    public long[] Backward { get; }

    /// <summary>All events since the start, those behind the interface included.</summary>
    public long Events { get; private protected set; }

    /// <summary>Atoms of hydrogen behind the interface in the state of rest, mean.</summary>
    public double RestHydrogen { get; }

    /// <summary>Adsorbed and inserted hydrogen now, N_H.</summary>
    public int Hydrogen => Store.Count;

    /// <summary>Protons in PSG.</summary>
    public int MobileProtons => Protons.Sum();

    /// <summary>Protons given by Pd.</summary>
    public int Given { get; private protected set; }

    /// <summary>What entered through the lead, X = Q_M/q + given; under an ideal source the mean over the electrons of the metal.</summary>
    public double Entered => Charge[0] + Shift + Given;

    /// <summary>Charge that all events moved so far, as the lead sees it (Ramo): X without what the voltage itself stores.</summary>
    public double Moved
    {
        get
        {
            double sum = 0;
            for (int k = 0; k <= Last; k++)
                sum -= Film.Ramo(k) * Charge[k];
            return sum;
        }
    }

    /// <summary>Gate voltage [V].</summary>
    public double GateVoltage
    {
        get
        {
            double sum = _restVoltage + Shift * Film.TotalVoltagePerCharge;
            for (int k = 0; k <= Last; k++)
                sum += Film.VoltagePerCharge[k] * (Charge[k] - Film.CounterBefore[k]);
            return sum;
        }
    }

    /// <summary>The equilibrium of the plane-mean field with the gate open.</summary>
    public EquilibriumDraw Equilibrium { get; }

    /// <summary>Called with the time since the start of the pulse after each event of a link [s]; null for none.</summary>
    public Action<double>? OnEvent { get; set; }

    private protected KineticOptions Options { get; }

    private protected EventLaws Laws { get; }

    private protected HydrogenStore Store { get; }

    private protected int Last { get; }

    /// <summary>Series resistance of the simulated area [ohm].</summary>
    private protected double Resistance { get; }

    /// <summary>m_k of each link plus the counter-charges before it.</summary>
    private protected int[] Charge { get; }

    /// <summary>Protons of each plane.</summary>
    private protected int[] Protons { get; }

    /// <summary>delta.</summary>
    private protected double Shift { get; private set; }

    private protected Random Random { get; set; } = new();

    /// <summary>Work of a hop over kT by which a window of a ramp is long.</summary>
    private protected virtual double WindowWork => 1;

    /// <summary>Puts the film into equilibrium with the gate open.</summary>
    /// <param name="entered">X, which fixes the content.</param>
    /// <param name="random">Uniform numbers of this and all that follows.</param>
    public abstract void Draw(int entered, Random random);

    /// <summary>Leaves the gate open after a pulse.</summary>
    /// <param name="duration">Time [s]; NaN for long enough to be in equilibrium.</param>
    public abstract void Recover(double duration);

    /// <summary>A pulse, at the end of which the gate opens.</summary>
    public PulseCharge Pulse(in FilmPulse pulse)
    {
        double before = Entered, start = double.IsNaN(Options.BaseVoltage) ? GateVoltage : Options.BaseVoltage;
        Store.Split(Random);
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

    /// <summary>Takes hydrogen with its electrons out of the channel, or puts it in, until X is this.</summary>
    public void Restore(int entered)
    {
        int excess = (int)Math.Round(Entered) - entered;
        Given -= excess;
        if (Film.Ends == FilmEnds.Reactions)
            Store.Count -= excess;
    }

    /// <summary>Rates of all events at a voltage of the source; those behind the interface are in the sum.</summary>
    /// <param name="voltage">Voltage [V].</param>
    /// <param name="atEnd">True to keep them as those at the end of a window of a ramp.</param>
    /// <returns>Their sum [1/s].</returns>
    private protected abstract double Evaluate(double voltage, bool atEnd);

    /// <summary>Sum over all events of the larger of the rates at the present and at the end of a window [1/s].</summary>
    private protected abstract double LargerRates();

    /// <summary>Sum of all rates after an event behind the interface [1/s].</summary>
    private protected abstract double Refresh();

    /// <summary>Carries out the event at a place within the sum of all rates.</summary>
    /// <returns>True when it was behind the interface.</returns>
    private protected abstract bool Apply(double place, double time);

    /// <summary>Draws the charges with the gate open from the equilibrium of the plane-mean field.</summary>
    private protected void DrawPlanes(int entered, Random random)
    {
        (Random, Shift) = (random, 0);
        Equilibrium.Draw(entered, random, Charge);
        for (int i = 0; i <= Film.Hops; i++)
            Protons[i] = Charge[i + 1] - Charge[i];
        Given = entered - Charge[0];
        Store.Count = Equilibrium.HydrogenAt(entered, Charge[Last]);
    }

    /// <summary>Half of the charge by which an event changes the displacement in its own link.</summary>
    private protected double Half(int link) => Options.FixedField || Options.BeforeEvent ? 0
        : Resistance > 0 ? 0.5
        : 0.5 * (1 - Film.Ramo(link));

    /// <summary>Displacement of a link at a voltage of the source, in charges; after <see cref="SetShift"/>.</summary>
    private protected double Displacement(int link, double voltage) => Options.FixedField
        ? (voltage - _restVoltage) / Film.TotalVoltagePerCharge
        : Charge[link] - Film.CounterBefore[link] + Shift;

    /// <summary>Follows an ideal source.</summary>
    private protected void SetShift(double voltage)
    {
        if (Resistance > 0)
            return;
        double sum = voltage - _restVoltage;
        for (int k = 0; k <= Last; k++)
            sum -= Film.VoltagePerCharge[k] * (Charge[k] - Film.CounterBefore[k]);
        Shift = sum / Film.TotalVoltagePerCharge;
    }

    /// <summary>Counts a charge that passes a link, along the field or against it.</summary>
    private protected void CountPassage(int link, int direction)
    {
        Events++;
        if (direction > 0)
            Forward[link]++;
        else
            Backward[link]++;
        Charge[link] -= direction;
        if (link == 0)
            Given += direction;
    }

    /// <summary>Charges the metal by electrons that leave it.</summary>
    private protected void AddElectrons(int count)
    {
        for (int k = 0; k <= Last; k++)
            Charge[k] += count;
    }

    /// <summary>Holds the voltage at which nothing moves on average, without opening the gate.</summary>
    private protected void Hold(double duration)
    {
        double time = 0;
        Clamp(_restVoltage, _restVoltage, duration, ref time);
    }

    /// <summary>Runs a linear piece of the source's waveform.</summary>
    private void Clamp(double from, double to, double duration, ref double time)
    {
        if (!(duration > 0))
            return;
        bool ramps = from != to;
        int windows = ramps ? Math.Max(1, (int)Math.Ceiling(Math.Abs(to - from) * _steepness / WindowWork)) : 1;
        double length = duration / windows, rise = (to - from) / windows, slope = rise / length;
        for (int w = 0; w < windows; w++)
        {
            double start = from + rise * w, t = 0;
            double bound = Bound(start, start + rise, ramps);
            while ((t -= Math.Log(1 - Random.NextDouble()) / bound) < length)
            {
                double place = Random.NextDouble() * bound;
                if (ramps)
                {
                    double total = Evaluate(start + slope * t, atEnd: false);
                    if (total > bound * 1.001)
                        throw new InvalidOperationException("A rate neither grows nor drops all along a ramp of the voltage.");
                    if (place >= total)
                        continue;
                }
                bool isBehind = Apply(place, time + t);
                bound = isBehind && !ramps ? Refresh() : Bound(start + slope * t, start + rise, ramps);
            }
            time += length;
        }
        SetShift(to);
    }

    /// <summary>Upper bound of the sum of all rates between two voltages; the sum itself where they are one.</summary>
    private double Bound(double voltage, double end, bool ramps)
    {
        double total = Evaluate(voltage, atEnd: false);
        if (!ramps)
            return total;
        Evaluate(end, atEnd: true);
        return Store.Rate + LargerRates();
    }

    /// <summary>Cuts the metal off with the integer charge that its electrons have at this moment.</summary>
    private void Open()
    {
        if (Resistance == 0)
        {
            int reach = (int)Math.Ceiling(10 * Math.Sqrt(_spread)) + 1, centre = (int)Math.Round(Shift);
            double Weight(int e) => Math.Exp(-(e - Shift) * (e - Shift) / (2 * _spread));
            double sum = 0;
            for (int e = centre - reach; e <= centre + reach; e++)
                sum += Weight(e);
            double place = Random.NextDouble() * sum;
            int electrons = centre - reach;
            while (electrons < centre + reach && (place -= Weight(electrons)) >= 0)
                electrons++;
            AddElectrons(electrons);
        }
        Shift = 0;
    }
}
