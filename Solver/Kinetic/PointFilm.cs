using FvSolver.Mesh;

namespace FvSolver.Solver.Kinetic;

/// <summary>Integer protons as point charges on the sites of a cubic lattice between the electrodes.</summary>
/// <remarks>
/// The mean field of the planes and the gate circuit are those of <see cref="DrivenFilm"/>; what the point charges add is their
/// potentials less that mean, see <see cref="PointKernel"/>. Hops go to the six neighbouring sites that are empty, reactions
/// to and from every site of the end planes. With the gate open a Metropolis chain of the same energy takes the place of time.
/// </remarks>
public sealed class PointFilm : DrivenFilm
{
    // Of each proton the rates of six hops and of leaving to either electrode; then of entering at each site of the end planes.
    private const int OfProton = 8, ToGate = 6, ToChannel = 7;

    private readonly PointOptions _points;
    private readonly PointSites _sites;
    private readonly int _sitesOfPlane;
    private double[] _now = [], _atEnd = [];
    private double _voltage, _lift = double.NaN;

    // What is not yet part of the sites' potentials.
    private double Pending { get; set; }

    private PointFilm(LatticeFilm film, ControlVolumeMesh mesh, PointKernel kernel, PointOptions points, Random frozen)
        : base(film, mesh, null)
    {
        _points = points;
        _sitesOfPlane = kernel.Sites;
        _sites = new(kernel, points, film.Counter[1], frozen);
    }

    /// <summary>Makes cells of one device, each with frozen charges and site energies of its own.</summary>
    /// <param name="film">A film whose area is that of the cell, see <see cref="SideOf"/>.</param>
    /// <param name="mesh">A mesh of its stack, of which the layers of WO3 are taken.</param>
    /// <param name="points">What protons feel.</param>
    /// <returns>A cell for a source of random numbers.</returns>
    public static Func<Random, PointFilm> Factory(LatticeFilm film, ControlVolumeMesh mesh, PointOptions points)
    {
        var kernel = new PointKernel(film, SideOf(film.Device.Psg.HopDistance, points.Cell));
        return random => new(film, mesh, kernel, points, random);
    }

    /// <summary>Sites along the side of a cell.</summary>
    public static int SideOf(double hopDistance, double cell) => Math.Max(3, (int)Math.Round(cell / hopDistance));

    /// <inheritdoc/>
    public override void Draw(int entered, Random random)
    {
        DrawPlanes(entered, random);
        if (_points.KeepsContent && double.IsNaN(_lift))
            Calibrate(entered);
        Place();
        Relax(_points.FirstSweeps);
    }

    private void Place()
    {
        _sites.Clear();
        for (int plane = 0; plane <= Film.Hops; plane++)
        {
            for (int n = 0; n < Protons[plane]; n++)
            {
                int site;
                do
                    site = Random.Next(_sitesOfPlane);
                while (_sites.IsOccupied(plane, site));
                _sites.Add(plane, site);
            }
        }
    }

    /// <summary>Finds the constant potential at which the film is as full with the gate open as in the mean field of its planes.</summary>
    /// <remarks>
    /// Correlation binds protons to the film, their images to its ends. What the interfaces were calibrated to contains that already.
    /// </remarks>
    private void Calibrate(int entered)
    {
        const int draws = 400;
        double wanted = 0;
        for (int i = 0; i < draws; i++)
        {
            DrawPlanes(entered, Random);
            wanted += MobileProtons / (double)draws;
        }
        // A proton more charges both double layers, each of a compact layer and about half a hop.
        double gain = (Film.VoltagePerCharge[0] + Film.VoltagePerCharge[1] / 2) / 8, mean = 0;
        int steps = 4 * _points.FirstSweeps;
        (_lift, Pending) = (0, 0);
        Place();
        for (int i = 0; i < steps; i++)
        {
            Relax(1);
            double change = gain * (_sites.Count - wanted) * (i < steps / 2 ? 1 : 0.3);
            Pending += change;
            mean += i < steps / 2 ? 0 : Pending / (steps - steps / 2);
        }
        (_lift, Pending) = (mean, 0);
        _sites.Clear();
        _sites.Lift(mean);
        DrawPlanes(entered, Random);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A time is given: a Metropolis chain has none.</exception>
    public override void Recover(double duration)
    {
        if (!double.IsNaN(duration))
            throw new NotSupportedException("Point charges have no time with the gate open: leave --rest out.");
        Relax(_points.Sweeps);
    }

    /// <summary>Attempts this many moves of each proton with the gate open.</summary>
    public void Relax(int sweeps)
    {
        _sites.KeepsEnds = false;
        // Few protons are soon exchanged only if many moves are tried, which then cost little.
        for (int i = sweeps * Math.Max(_sites.Count, 30_000 / (1 + _sites.Count)); i > 0; i--)
        {
            double kind = Random.NextDouble();
            if (kind < 0.05)
                TryGate();
            else if (kind < 0.1)
                TryChannel();
            else if (_sites.Count > 0)
                TryHop(Random.Next(_sites.Count), 1 + Random.Next(PointSites.Directions - 1));
        }
    }

    private protected override double Evaluate(double voltage, bool atEnd)
    {
        SetShift(voltage);
        ref double[] rates = ref atEnd ? ref _atEnd : ref _now;
        int size = _sites.Count * OfProton + 2 * _sitesOfPlane;
        if (rates.Length < size)
            rates = new double[2 * size];
        _sites.KeepsEnds = true;
        double sum = Store.Rate;
        for (int i = 0; i < _sites.Count; i++)
        {
            Span<double> own = rates.AsSpan(i * OfProton, OfProton);
            SetProton(i, voltage, own);
            foreach (double rate in own)
                sum += rate;
        }
        return sum + SetEntries(voltage, sum, rates.AsSpan(_sites.Count * OfProton, 2 * _sitesOfPlane));
    }

    private protected override double LargerRates()
    {
        double sum = 0;
        for (int r = 0; r < _sites.Count * OfProton + 2 * _sitesOfPlane; r++)
            sum += Math.Max(_now[r], _atEnd[r]);
        return sum;
    }

    private protected override bool Apply(double place, double time)
    {
        int protons = _sites.Count * OfProton;
        for (int r = 0; r < protons + 2 * _sitesOfPlane; r++)
        {
            if ((place -= _now[r]) >= 0)
                continue;
            if (r < protons)
                Leave(r / OfProton, r % OfProton);
            else
                Enter(r - protons);
            OnEvent?.Invoke(time);
            return false;
        }
        Events++;
        Store.Apply(place);
        return true;
    }

    private protected override double WindowWork => 2;

    private protected override double Refresh() => Evaluate(_voltage, atEnd: false);

    private double Work(int link, double m) => Film.VoltagePerCharge[link] * Laws.InverseThermalVoltage * m;

    private void SetProton(int proton, double voltage, Span<double> rates)
    {
        _voltage = voltage;
        rates.Clear();
        int plane = _sites.Plane(proton);
        double inverse = Laws.InverseThermalVoltage, factor = plane == 0 || plane == Film.Hops ? 2 : 1;
        if (_sites.IsFree(proton, PointSites.Ahead))
        {
            double u = Work(plane + 1, Displacement(plane + 1, voltage) - Half(plane + 1))
                - _sites.Rise(proton, PointSites.Ahead) * inverse;
            Laws.Hop(u, out double rate, out _);
            rates[0] = rate * factor;
        }
        if (_sites.IsFree(proton, PointSites.Back))
        {
            double u = Work(plane, Displacement(plane, voltage) + Half(plane)) + _sites.Rise(proton, PointSites.Back) * inverse;
            Laws.Hop(u, out _, out double rate);
            rates[1] = rate * factor;
        }
        for (int d = PointSites.Back + 1; d < PointSites.Directions; d++)
            if (_sites.IsFree(proton, d))
                Laws.Hop(-_sites.Rise(proton, d) * inverse, out rates[d - 1], out _);
        double here = _sites.Here(proton) * inverse;
        if (plane == 0)
        {
            Laws.Gate(Work(0, Displacement(0, voltage) + Half(0)) - here, out _, out double rate);
            rates[ToGate] = rate / Film.Counter[0];
        }
        if (plane == Film.Hops)
        {
            Laws.Coverage(Store.Adsorbed, out double vacant, out _);
            Laws.Channel(Work(Last, Displacement(Last, voltage) - Half(Last)) + here, out double rate, out _);
            rates[ToChannel] = rate * vacant / Film.Counter[^1];
        }
    }

    private double SetEntries(double voltage, double others, Span<double> rates)
    {
        double inverse = Laws.InverseThermalVoltage;
        Laws.Coverage(Store.Adsorbed, out _, out double occupied);
        double gate = Work(0, Displacement(0, voltage) - Half(0)), channel = Work(Last, Displacement(Last, voltage) + Half(Last));
        double Into(double u)
        {
            Laws.Gate(u, out double forward, out _);
            return forward;
        }

        double Back(double u)
        {
            Laws.Channel(u, out _, out double backward);
            return backward;
        }

        return SetEnd(0, gate, -inverse, _sites.AtGate, Into, Laws.GateActivity(Given), others, rates[.._sitesOfPlane])
            + SetEnd(Film.Hops, channel, inverse, _sites.AtChannel, Back, occupied, others, rates[_sitesOfPlane..]);
    }

    /// <summary>Rates of entering at each site of an end plane.</summary>
    private double SetEnd(
        int plane, double work, double perVolt, ReadOnlySpan<double> potentials, Func<double, double> law, double activity, double others,
        Span<double> rates)
    {
        double least = double.PositiveInfinity, sum = 0;
        foreach (double potential in potentials)
            least = Math.Min(least, potential);
        // Against a strong field nothing enters: less than rounding of all other rates.
        if (law(work + perVolt * least) * activity < 1e-14 * others)
        {
            rates.Clear();
            return 0;
        }
        for (int s = 0; s < rates.Length; s++)
        {
            rates[s] = _sites.IsOccupied(plane, s) ? 0 : law(work + perVolt * potentials[s]) * activity / _sitesOfPlane;
            sum += rates[s];
        }
        return sum;
    }

    private void Leave(int proton, int kind)
    {
        int plane = _sites.Plane(proton);
        if (kind == ToGate)
        {
            Pass(0, -1);
            _sites.Remove(proton);
        }
        else if (kind == ToChannel)
        {
            Pass(Last, 1);
            _sites.Remove(proton);
            Store.Adsorb(1);
        }
        else
        {
            Hop(proton, plane, kind + 1);
        }
    }

    private void Enter(int place)
    {
        if (place < _sitesOfPlane)
        {
            Pass(0, 1);
            _sites.Add(0, place);
            return;
        }
        Pass(Last, -1);
        _sites.Add(Film.Hops, place - _sitesOfPlane);
        Store.Adsorb(-1);
    }

    private void Hop(int proton, int plane, int direction)
    {
        if (direction == PointSites.Ahead)
            Pass(plane + 1, 1);
        else if (direction == PointSites.Back)
            Pass(plane, -1);
        else
            Events++;
        _sites.Move(proton, direction);
    }

    private void Pass(int link, int direction)
    {
        CountPassage(link, direction);
        if (link > 0)
            Protons[link - 1] -= direction;
        if (link < Last)
            Protons[link] += direction;
    }

    private bool Accepts(double logRatio) => logRatio >= 0 || Random.NextDouble() < Math.Exp(logRatio);

    /// <summary>m of a link with the gate open.</summary>
    private double OpenCharge(int link) => Charge[link] - Film.CounterBefore[link];

    private void TryHop(int proton, int direction)
    {
        if (!_sites.IsFree(proton, direction))
            return;
        int plane = _sites.Plane(proton);
        double log = -_sites.Rise(proton, direction) * Laws.InverseThermalVoltage;
        if (direction == PointSites.Ahead)
            log += Work(plane + 1, OpenCharge(plane + 1) - 0.5) + LogWeight(plane + 1) - LogWeight(plane);
        else if (direction == PointSites.Back)
            log -= Work(plane, OpenCharge(plane) + 0.5) + LogWeight(plane) - LogWeight(plane - 1);
        if (Accepts(log))
            Hop(proton, plane, direction);
    }

    /// <summary>Logarithm of the volume that a plane owns, over a constant.</summary>
    private double LogWeight(int plane) => Math.Log(Film.Counter[plane]);

    private void TryGate()
    {
        double log = Math.Log(Laws.GateActivity(Given)) + Laws.GateOffset;
        if (Random.NextDouble() < 0.5)
        {
            int site = Random.Next(_sitesOfPlane);
            if (!_sites.IsOccupied(0, site) && Accepts(log + Work(0, OpenCharge(0) - 0.5) - Energy(0, site)
                + Math.Log(Film.Counter[0] / (Protons[0] + 1))))
                Enter(site);
            return;
        }
        if (Pick(0) is var proton && proton >= 0 && Accepts(-log - Work(0, OpenCharge(0) + 0.5)
            + Energy(proton) + Math.Log(Protons[0] / Film.Counter[0])))
            Leave(proton, ToGate);
    }

    private void TryChannel()
    {
        int plane = Film.Hops;
        if (Random.NextDouble() < 0.5)
        {
            int site = Random.Next(_sitesOfPlane);
            if (Store.Count > 0 && !_sites.IsOccupied(plane, site) && Accepts(LogActivity(Store.Count) - Work(Last, OpenCharge(Last) + 0.5)
                - Energy(plane, site) + Math.Log(Film.Counter[plane] / (Protons[plane] + 1))))
            {
                Pass(Last, -1);
                _sites.Add(plane, site);
                Store.Count--;
            }
            return;
        }
        if (Pick(plane) is var proton && proton >= 0 && Accepts(-LogActivity(Store.Count + 1) + Work(Last, OpenCharge(Last) - 0.5)
            + Energy(proton) + Math.Log(Protons[plane] / Film.Counter[plane])))
        {
            Pass(Last, 1);
            _sites.Remove(proton);
            Store.Count++;
        }
    }

    /// <summary>Potential of a site over kT/q, with the lift that is being looked for.</summary>
    private double Energy(int plane, int site) => (_sites.At(plane, site) + Pending) * Laws.InverseThermalVoltage;

    /// <summary>The same of a proton's own site.</summary>
    private double Energy(int proton) => (_sites.Here(proton) + Pending) * Laws.InverseThermalVoltage;

    private double LogActivity(int atoms)
    {
        Laws.Coverage(Store.AdsorbedAt(atoms), out double vacant, out double occupied);
        return Math.Log(occupied / vacant) - Laws.ChannelOffset;
    }

    /// <summary>One of the protons of a plane; -1 when there is none.</summary>
    private int Pick(int plane)
    {
        if (Protons[plane] == 0)
            return -1;
        int wanted = Random.Next(Protons[plane]);
        for (int i = 0; i < _sites.Count; i++)
            if (_sites.Plane(i) == plane && wanted-- == 0)
                return i;
        return -1;
    }
}
