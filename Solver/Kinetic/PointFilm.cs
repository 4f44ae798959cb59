using FvSolver.Mesh;

namespace FvSolver.Solver.Kinetic;

/// <summary>Integer protons as point charges on the sites of a cubic lattice between the electrodes.</summary>
/// <remarks>
/// The mean field of the planes and the gate circuit are those of <see cref="DrivenFilm"/>; what the point charges add is their
/// potentials less that mean, see <see cref="PointKernel"/>. Hops go to the six neighbouring sites that are empty, reactions
/// to and from every site of the end planes. With the gate open the chain of <see cref="PointCell"/> takes the place of time.
/// </remarks>
public sealed class PointFilm : PointCell
{
    // Of each proton the rates of six hops and of leaving to either electrode; then of entering at each site of the end planes.
    private const int OfProton = 8, ToGate = 6, ToChannel = 7;

    private double[] _now = [], _atEnd = [];
    private double _voltage;

    private PointFilm(LatticeFilm film, ControlVolumeMesh mesh, PointKernel kernel, PointOptions points, Random frozen)
        : base(film, mesh, kernel, points, frozen)
    {
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

    private protected override double Evaluate(double voltage, bool atEnd)
    {
        if (!atEnd)
            _voltage = voltage;
        SetShift(voltage);
        ref double[] rates = ref atEnd ? ref _atEnd : ref _now;
        int size = Sites.Count * OfProton + 2 * SitesOfPlane;
        if (rates.Length < size)
            rates = new double[2 * size];
        Sites.KeepsEnds = true;
        double sum = Store.Rate;
        for (int i = 0; i < Sites.Count; i++)
        {
            Span<double> own = rates.AsSpan(i * OfProton, OfProton);
            SetProton(i, voltage, own);
            foreach (double rate in own)
                sum += rate;
        }
        Span<double> entries = rates.AsSpan(Sites.Count * OfProton, 2 * SitesOfPlane);
        return sum + SetFromGate(voltage, sum, entries[..SitesOfPlane]) + SetFromChannel(voltage, sum, entries[SitesOfPlane..]);
    }

    private protected override double LargerRates()
    {
        double sum = 0;
        for (int r = 0; r < Sites.Count * OfProton + 2 * SitesOfPlane; r++)
            sum += Math.Max(_now[r], _atEnd[r]);
        return sum;
    }

    private protected override bool Apply(double place, double time)
    {
        int protons = Sites.Count * OfProton;
        for (int r = 0; r < protons + 2 * SitesOfPlane; r++)
        {
            if ((place -= _now[r]) >= 0)
                continue;
            if (r < protons)
                Carry(r / OfProton, r % OfProton);
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

    private protected override double Refresh()
    {
        // The coverage has changed, on which nothing but the Volmer step depends.
        int protons = Sites.Count * OfProton;
        for (int i = 0; i < Sites.Count; i++)
            if (Sites.Plane(i) == Film.Hops)
                SetProton(i, _voltage, _now.AsSpan(i * OfProton, OfProton));
        double sum = Store.Rate;
        foreach (double rate in _now.AsSpan(0, protons + SitesOfPlane))
            sum += rate;
        return sum + SetFromChannel(_voltage, sum, _now.AsSpan(protons + SitesOfPlane, SitesOfPlane));
    }

    private void SetProton(int proton, double voltage, Span<double> rates)
    {
        rates.Clear();
        int plane = Sites.Plane(proton);
        double inverse = Laws.InverseThermalVoltage, factor = plane == 0 || plane == Film.Hops ? 2 : 1;
        if (Sites.IsFree(proton, PointSites.Ahead))
        {
            double u = Work(plane + 1, Displacement(plane + 1, voltage) - Half(plane + 1))
                - Sites.Rise(proton, PointSites.Ahead) * inverse;
            Laws.Hop(u, out double rate, out _);
            rates[0] = rate * factor;
        }
        if (Sites.IsFree(proton, PointSites.Back))
        {
            double u = Work(plane, Displacement(plane, voltage) + Half(plane)) + Sites.Rise(proton, PointSites.Back) * inverse;
            Laws.Hop(u, out _, out double rate);
            rates[1] = rate * factor;
        }
        for (int d = PointSites.Back + 1; d < PointSites.Directions; d++)
            if (Sites.IsFree(proton, d))
                Laws.Hop(-Sites.Rise(proton, d) * inverse, out rates[d - 1], out _);
        double here = Sites.Here(proton) * inverse;
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

    private double SetFromGate(double voltage, double others, Span<double> rates)
    {
        double Into(double u)
        {
            Laws.Gate(u, out double forward, out _);
            return forward;
        }

        double work = Work(0, Displacement(0, voltage) - Half(0));
        return SetEnd(0, work, -Laws.InverseThermalVoltage, Sites.AtGate, Into, Laws.GateActivity(Given), others, rates);
    }

    private double SetFromChannel(double voltage, double others, Span<double> rates)
    {
        double Back(double u)
        {
            Laws.Channel(u, out _, out double backward);
            return backward;
        }

        Laws.Coverage(Store.Adsorbed, out _, out double occupied);
        double work = Work(Last, Displacement(Last, voltage) + Half(Last));
        return SetEnd(Film.Hops, work, Laws.InverseThermalVoltage, Sites.AtChannel, Back, occupied, others, rates);
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
            rates[s] = Sites.IsOccupied(plane, s) ? 0 : law(work + perVolt * potentials[s]) * activity / SitesOfPlane;
            sum += rates[s];
        }
        return sum;
    }

    private void Carry(int proton, int kind)
    {
        if (kind == ToGate)
        {
            LeaveToGate(proton);
        }
        else if (kind == ToChannel)
        {
            LeaveToChannel(proton);
            Store.Adsorb(1);
        }
        else
        {
            Hop(proton, kind + 1);
        }
    }

    private void Enter(int place)
    {
        if (place < SitesOfPlane)
        {
            EnterFromGate(place);
            return;
        }
        EnterFromChannel(place - SitesOfPlane);
        Store.Adsorb(-1);
    }
}
