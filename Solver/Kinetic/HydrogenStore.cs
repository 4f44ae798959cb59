using FvSolver.Materials;
using FvSolver.Mesh;

namespace FvSolver.Solver.Kinetic;

/// <summary>Hydrogen behind the PSG/WO3 interface: adsorbed atoms and atoms in layers of WO3, one by one.</summary>
/// <remarks>
/// Split, every atom is somewhere and absorption and diffusion are events. Pooled, with the gate open, only their number is
/// kept: absorption at 1e8 1/s brings the pool into equilibrium long before the slow exchange with PSG changes it.
/// </remarks>
internal sealed class HydrogenStore
{
    private readonly EventLaws _laws;
    private readonly double[] _sites, _inverseVolume, _conductance;
    private readonly double[] _inward, _outward;
    private readonly Dictionary<int, double> _adsorbedOf = [];
    private double _total;

    public HydrogenStore(EventLaws laws, Device device, ControlVolumeMesh mesh, double area)
    {
        _laws = laws;
        int[] nodes = [.. Enumerable.Range(0, mesh.NodeCount).Where(n => mesh.MaterialOf(n) == MaterialKind.Channel)];
        double scale = area / device.Geometry.Area;
        _sites = [.. nodes.Select(n => mesh.Volume[n] * scale * device.Wo3.SiteDensity)];
        _inverseVolume = [.. nodes.Select(n => 1 / (mesh.Volume[n] * scale))];
        _conductance = [.. Enumerable.Range(0, mesh.EdgeCount).Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Channel)
            .Select(e => mesh.EdgeArea[e] * scale / mesh.EdgeLength[e])];
        Layers = new int[nodes.Length];
        AllSites = _sites.Sum();
        // Link 0 is absorption into the first layer, link j from layer j-1 to layer j.
        (_inward, _outward) = (new double[nodes.Length], new double[nodes.Length]);
    }

    /// <summary>Adsorbed atoms.</summary>
    public int Adsorbed { get; private set; }

    /// <summary>Atoms of each layer of WO3.</summary>
    public int[] Layers { get; }

    /// <summary>Sites of WO3.</summary>
    public double AllSites { get; }

    /// <summary>Atoms in all.</summary>
    public int Count { get; set; }

    /// <summary>Sum of the rates of all events [1/s].</summary>
    public double Rate => _total;

    /// <summary>Mean number of adsorbed atoms when this many are in equilibrium.</summary>
    public double AdsorbedAt(int count)
    {
        if (_adsorbedOf.TryGetValue(count, out double known))
            return known;
        // Monotonic in the composition: bisection.
        double low = 0, high = Math.Min(1, count / AllSites);
        for (int i = 0; i < 60; i++)
        {
            double y = (low + high) / 2;
            if (y * AllSites + _laws.AdsorbedAt(y) < count)
                low = y;
            else
                high = y;
        }
        return _adsorbedOf[count] = Math.Max(0, count - low * AllSites);
    }

    /// <summary>Puts every atom of the pool somewhere, by its equilibrium.</summary>
    public void Split(Random random)
    {
        double share = Count > 0 ? AdsorbedAt(Count) / Count : 0;
        Adsorbed = 0;
        Array.Clear(Layers);
        for (int i = 0; i < Count; i++)
        {
            if (random.NextDouble() < share)
            {
                Adsorbed++;
                continue;
            }
            double place = random.NextDouble() * AllSites;
            int layer = 0;
            while (layer < Layers.Length - 1 && (place -= _sites[layer]) >= 0)
                layer++;
            Layers[layer]++;
        }
        Update();
    }

    /// <summary>Takes up one atom on the surface, or gives one off.</summary>
    public void Adsorb(int change)
    {
        Adsorbed += change;
        Count += change;
        Update();
    }

    /// <summary>Carries out the event at a place within <see cref="Rate"/>.</summary>
    public void Apply(double place)
    {
        for (int j = 0; j < _inward.Length; j++)
        {
            if ((place -= _inward[j]) < 0)
            {
                Move(j, 1);
                return;
            }
            if ((place -= _outward[j]) < 0)
            {
                Move(j, -1);
                return;
            }
        }
    }

    private void Move(int link, int direction)
    {
        if (link == 0)
            Adsorbed -= direction;
        else
            Layers[link - 1] -= direction;
        Layers[link] += direction;
        Update();
    }

    private void Update()
    {
        _laws.Absorption(Adsorbed, Layers[0] / _sites[0], out _inward[0], out _outward[0]);
        double total = _inward[0] + _outward[0];
        for (int j = 1; j < Layers.Length; j++)
        {
            double left = Layers[j - 1] * _inverseVolume[j - 1], right = Layers[j] * _inverseVolume[j];
            double conductance = _laws.Diffusivity(left + right) * _conductance[j - 1];
            (_inward[j], _outward[j]) = (left * conductance, right * conductance);
            total += _inward[j] + _outward[j];
        }
        _total = total;
    }
}
