using FvSolver.Mesh;

namespace FvSolver.Solver.Kinetic;

/// <summary>A cell of point charges and its equilibrium with the gate open: a Metropolis chain of their total energy.</summary>
public abstract class PointCell : DrivenFilm
{
    private readonly PointOptions _points;
    private double _lift = double.NaN;

    private protected PointCell(LatticeFilm film, ControlVolumeMesh mesh, PointKernel kernel, PointOptions points, Random frozen)
        : base(film, mesh, null)
    {
        _points = points;
        SitesOfPlane = kernel.Sites;
        Sites = new(kernel, points, film.Counter[1], frozen);
    }

    /// <summary>Energy over kT that point charges and what is frozen add to the mean field of the planes.</summary>
    public double Correlation
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Sites.Count; i++)
                sum += Sites.Own(i) + (Sites.Here(i) - Sites.Own(i)) / 2;
            return sum * Laws.InverseThermalVoltage;
        }
    }

    private protected PointSites Sites { get; }

    private protected int SitesOfPlane { get; }

    // What is not yet part of the sites' potentials.
    private double Pending { get; set; }

    /// <inheritdoc/>
    public override void Draw(int entered, Random random)
    {
        DrawPlanes(entered, random);
        if (_points.KeepsContent && double.IsNaN(_lift))
            Calibrate(entered);
        Place();
        Relax(_points.FirstRelaxations);
    }

    private void Place()
    {
        Sites.Clear();
        for (int plane = 0; plane <= Film.Hops; plane++)
        {
            for (int n = 0; n < Protons[plane]; n++)
            {
                int site;
                do
                    site = Random.Next(SitesOfPlane);
                while (Sites.IsOccupied(plane, site));
                Sites.Add(plane, site);
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
        int steps = 4 * _points.FirstRelaxations;
        (_lift, Pending) = (0, 0);
        Place();
        for (int i = 0; i < steps; i++)
        {
            Relax(1);
            double change = gain * (Sites.Count - wanted) * (i < steps / 2 ? 1 : 0.3);
            Pending += change;
            mean += i < steps / 2 ? 0 : Pending / (steps - steps / 2);
        }
        (_lift, Pending) = (mean, 0);
        Sites.Clear();
        Sites.Lift(mean);
        DrawPlanes(entered, Random);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A time is given: a Metropolis chain has none.</exception>
    public override void Recover(double duration)
    {
        if (!double.IsNaN(duration))
            throw new NotSupportedException("Point charges have no time with the gate open: leave --rest out.");
        Relax(_points.Relaxations);
    }

    /// <summary>Attempts moves with the gate open for this many relaxation times of the film.</summary>
    /// <remarks>
    /// A move takes one of n protons a step a along the field or against it with 0.15 each, so that it diffuses by 0.15 a^2/n a move and a
    /// field relaxes in eps kT/(q^2 0.15 a^2/(A d)) moves, whatever n is; each proton is tried once at least. The number of moves
    /// must not go by the protons of the moment: that would leave the fuller cells fuller.
    /// </remarks>
    public void Relax(int times)
    {
        Sites.KeepsEnds = false;
        double across = Film.Thickness / Film.Device.Psg.HopDistance;
        double moves = across * across / (0.15 * Film.TotalVoltagePerCharge * Laws.InverseThermalVoltage);
        for (double i = times * Math.Max(moves, Film.CounterBefore[^1]); i > 0; i--)
        {
            double kind = Random.NextDouble();
            if (kind < 0.05)
                TryGate();
            else if (kind < 0.1)
                TryChannel();
            else if (Sites.Count > 0)
                TryHop(Random.Next(Sites.Count), 1 + Random.Next(PointSites.Directions - 1));
        }
    }

    /// <summary>Moves a proton to a neighbouring site.</summary>
    private protected void Hop(int proton, int direction)
    {
        int plane = Sites.Plane(proton);
        if (direction == PointSites.Ahead)
            Pass(plane + 1, 1);
        else if (direction == PointSites.Back)
            Pass(plane, -1);
        else
            Events++;
        Sites.Move(proton, direction);
    }

    /// <summary>Puts a proton from Pd onto an empty site of the first plane.</summary>
    private protected void EnterFromGate(int site)
    {
        Pass(0, 1);
        Sites.Add(0, site);
    }

    /// <summary>Gives a proton of the first plane back to Pd.</summary>
    private protected void LeaveToGate(int proton)
    {
        Pass(0, -1);
        Sites.Remove(proton);
    }

    /// <summary>Puts a proton from the interface onto an empty site of the last plane; the caller keeps the hydrogen behind it.</summary>
    private protected void EnterFromChannel(int site)
    {
        Pass(Last, -1);
        Sites.Add(Film.Hops, site);
    }

    /// <summary>Discharges a proton of the last plane; the caller keeps the hydrogen behind it.</summary>
    private protected void LeaveToChannel(int proton)
    {
        Pass(Last, 1);
        Sites.Remove(proton);
    }

    /// <summary>Work of a charge over a link of this displacement, over kT.</summary>
    private protected double Work(int link, double m) => Film.VoltagePerCharge[link] * Laws.InverseThermalVoltage * m;

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
        if (!Sites.IsFree(proton, direction))
            return;
        int plane = Sites.Plane(proton);
        double log = -Sites.Rise(proton, direction) * Laws.InverseThermalVoltage;
        if (direction == PointSites.Ahead)
            log += Work(plane + 1, OpenCharge(plane + 1) - 0.5) + LogWeight(plane + 1) - LogWeight(plane);
        else if (direction == PointSites.Back)
            log -= Work(plane, OpenCharge(plane) + 0.5) + LogWeight(plane) - LogWeight(plane - 1);
        if (Accepts(log))
            Hop(proton, direction);
    }

    /// <summary>Logarithm of the volume that a plane owns, over a constant.</summary>
    private double LogWeight(int plane) => Math.Log(Film.Counter[plane]);

    private void TryGate()
    {
        double log = Math.Log(Laws.GateActivity(Given)) + Laws.GateOffset;
        if (Random.NextDouble() < 0.5)
        {
            int site = Random.Next(SitesOfPlane);
            if (!Sites.IsOccupied(0, site) && Accepts(log + Work(0, OpenCharge(0) - 0.5) - Energy(0, site)
                + Math.Log(Film.Counter[0] / (Protons[0] + 1))))
                EnterFromGate(site);
            return;
        }
        if (Pick(0) is var proton && proton >= 0 && Accepts(-log - Work(0, OpenCharge(0) + 0.5)
            + Energy(proton) + Math.Log(Protons[0] / Film.Counter[0])))
            LeaveToGate(proton);
    }

    private void TryChannel()
    {
        int plane = Film.Hops;
        if (Random.NextDouble() < 0.5)
        {
            int site = Random.Next(SitesOfPlane);
            if (Store.Count > 0 && !Sites.IsOccupied(plane, site) && Accepts(LogActivity(Store.Count) - Work(Last, OpenCharge(Last) + 0.5)
                - Energy(plane, site) + Math.Log(Film.Counter[plane] / (Protons[plane] + 1))))
            {
                EnterFromChannel(site);
                Store.Count--;
            }
            return;
        }
        if (Pick(plane) is var proton && proton >= 0 && Accepts(-LogActivity(Store.Count + 1) + Work(Last, OpenCharge(Last) - 0.5)
            + Energy(proton) + Math.Log(Protons[plane] / Film.Counter[plane])))
        {
            LeaveToChannel(proton);
            Store.Count++;
        }
    }

    /// <summary>Potential of a site over kT/q, with the lift that is being looked for.</summary>
    private double Energy(int plane, int site) => (Sites.At(plane, site) + Pending) * Laws.InverseThermalVoltage;

    /// <summary>The same of a proton's own site.</summary>
    private double Energy(int proton) => (Sites.Here(proton) + Pending) * Laws.InverseThermalVoltage;

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
        for (int i = 0; i < Sites.Count; i++)
            if (Sites.Plane(i) == plane && wanted-- == 0)
                return i;
        return -1;
    }
}
