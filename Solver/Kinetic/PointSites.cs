namespace FvSolver.Solver.Kinetic;

/// <summary>Protons on the sites of a cell, and the potentials that they feel at their own and their neighbouring sites.</summary>
/// <remarks>The seven potentials of a proton are those of all others and of what is frozen; they follow each move.</remarks>
internal sealed class PointSites
{
    /// <summary>Directions: none, with the field, against it, and the four along the plane.</summary>
    public const int Directions = 7, Ahead = 1, Back = 2;

    private static readonly (int X, int Y, int Z)[] s_steps =
        [(0, 0, 0), (0, 0, 1), (0, 0, -1), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0)];

    private readonly PointKernel _kernel;
    private readonly bool _pairs;
    private readonly int _side, _planes;
    private readonly double[] _frozen;
    private readonly bool[] _occupied;
    private readonly double[] _atGate, _atChannel;
    private int[] _x = new int[256], _y = new int[256], _z = new int[256];
    private double[] _potentials = new double[256 * Directions];

    /// <summary>An empty cell.</summary>
    /// <param name="kernel">Potentials between sites.</param>
    /// <param name="options">What protons feel.</param>
    /// <param name="counters">Counter-charges to freeze between each pair of planes.</param>
    /// <param name="random">Where they are, and the energies of sites.</param>
    public PointSites(PointKernel kernel, PointOptions options, double counters, Random random)
    {
        (_kernel, _pairs, _side, _planes) = (kernel, options.Pairs, kernel.Side, kernel.Planes);
        _frozen = new double[_planes * kernel.Sites];
        _occupied = new bool[_frozen.Length];
        (_atGate, _atChannel) = (new double[kernel.Sites], new double[kernel.Sites]);
        if (options.CounterCharges)
            Freeze(kernel.Between(), counters, random);
        for (int site = 0; site < _frozen.Length; site++)
        {
            if (options.OwnImage)
                _frozen[site] += kernel.OwnImage[site / kernel.Sites];
            if (options.SiteDisorder > 0)
                _frozen[site] += options.SiteDisorder * Normal(random);
        }
        Clear();
    }

    /// <summary>Protons.</summary>
    public int Count { get; private set; }

    /// <summary>Potentials at the sites of the first plane [V]; kept while <see cref="KeepsEnds"/>.</summary>
    public ReadOnlySpan<double> AtGate => _atGate;

    /// <summary>The same at the last plane.</summary>
    public ReadOnlySpan<double> AtChannel => _atChannel;

    /// <summary>True while the potentials of all sites of the end planes follow each move; they are summed anew when it is set.</summary>
    public bool KeepsEnds
    {
        get;
        set
        {
            if (value && !field)
                SumEnds();
            field = value;
        }
    }

    /// <summary>Adds a constant to what is frozen at every site [V]; to be called on an empty cell.</summary>
    public void Lift(double potential)
    {
        for (int site = 0; site < _frozen.Length; site++)
            _frozen[site] += potential;
    }

    /// <summary>Potential at a site of all protons and of what is frozen [V].</summary>
    public double At(int plane, int site)
    {
        int x = site / _side, y = site % _side;
        double sum = Frozen(x, y, plane);
        for (int j = 0; _pairs && j < Count; j++)
            sum += _kernel.Pairs(plane, _z[j])[Wrap(x - _x[j]) * _side + Wrap(y - _y[j])];
        return sum;
    }

    /// <summary>Plane of a proton.</summary>
    public int Plane(int proton) => _z[proton];

    /// <summary>Number of a proton's site within its plane.</summary>
    public int SiteInPlane(int proton) => _x[proton] * _side + _y[proton];

    /// <summary>True when a proton is there.</summary>
    public bool IsOccupied(int plane, int site) => _occupied[plane * _kernel.Sites + site];

    /// <summary>Potential of a proton at its own site [V].</summary>
    public double Here(int proton) => _potentials[proton * Directions];

    /// <summary>What is frozen at the site of a proton [V].</summary>
    public double Own(int proton) => Frozen(_x[proton], _y[proton], _z[proton]);

    /// <summary>Rise of the potential toward a neighbouring site [V].</summary>
    public double Rise(int proton, int direction) => _potentials[proton * Directions + direction] - _potentials[proton * Directions];

    /// <summary>True when a neighbouring site is in the film and empty.</summary>
    public bool IsFree(int proton, int direction)
    {
        (int x, int y, int z) = s_steps[direction];
        z += _z[proton];
        return (uint)z < (uint)_planes && !_occupied[(z * _side + Wrap(_x[proton] + x)) * _side + Wrap(_y[proton] + y)];
    }

    /// <summary>Takes all protons out.</summary>
    public void Clear()
    {
        (Count, KeepsEnds) = (0, false);
        Array.Clear(_occupied);
    }

    /// <summary>Puts a proton onto an empty site.</summary>
    public void Add(int plane, int site)
    {
        int x = site / _side, y = site % _side;
        if (Count == _x.Length)
            Grow();
        Charge(x, y, plane, 1, -1);
        int i = Count++;
        (_x[i], _y[i], _z[i]) = (x, y, plane);
        _occupied[plane * _kernel.Sites + site] = true;
        Sum(i);
    }

    /// <summary>Takes a proton out; the last one gets its number.</summary>
    public void Remove(int proton)
    {
        int x = _x[proton], y = _y[proton], plane = _z[proton], last = --Count;
        _occupied[(plane * _side + x) * _side + y] = false;
        (_x[proton], _y[proton], _z[proton]) = (_x[last], _y[last], _z[last]);
        _potentials.AsSpan(last * Directions, Directions).CopyTo(_potentials.AsSpan(proton * Directions));
        Charge(x, y, plane, -1, -1);
    }

    /// <summary>Moves a proton to a neighbouring site.</summary>
    public void Move(int proton, int direction)
    {
        (int dx, int dy, int dz) = s_steps[direction];
        int x = _x[proton], y = _y[proton], z = _z[proton];
        _occupied[(z * _side + x) * _side + y] = false;
        Charge(x, y, z, -1, proton);
        (_x[proton], _y[proton], _z[proton]) = (Wrap(x + dx), Wrap(y + dy), z + dz);
        _occupied[((z + dz) * _side + _x[proton]) * _side + _y[proton]] = true;
        Charge(_x[proton], _y[proton], _z[proton], 1, proton);
        Sum(proton);
    }

    /// <summary>Standard normal number (Box and Muller).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private int Wrap(int i) => i < 0 ? i + _side : i >= _side ? i - _side : i;

    private double Frozen(int x, int y, int z) => _frozen[(z * _side + x) * _side + y];

    private void Freeze(double[] table, double counters, Random random)
    {
        for (int gap = 0; gap < _planes - 1; gap++)
        {
            // Whole charges whose mean is right.
            int count = (int)(counters + random.NextDouble());
            for (int c = 0; c < count; c++)
            {
                int cx = random.Next(_side), cy = random.Next(_side);
                for (int z = 0; z < _planes; z++)
                    for (int x = 0; x < _side; x++)
                        for (int y = 0; y < _side; y++)
                            _frozen[(z * _side + x) * _side + y] -=
                                table[((z * (_planes - 1) + gap) * _side + Wrap(x - cx)) * _side + Wrap(y - cy)];
            }
        }
    }

    /// <summary>Potentials of a proton from all others and from what is frozen.</summary>
    private void Sum(int proton)
    {
        Span<double> own = _potentials.AsSpan(proton * Directions, Directions);
        int x = _x[proton], y = _y[proton], z = _z[proton];
        for (int d = 0; d < Directions; d++)
        {
            (int dx, int dy, int dz) = s_steps[d];
            int plane = z + dz;
            own[d] = 0;
            if ((uint)plane >= (uint)_planes)
                continue;
            int column = Wrap(x + dx), row = Wrap(y + dy);
            double sum = Frozen(column, row, plane);
            if (_pairs)
            {
                for (int j = 0; j < Count; j++)
                    if (j != proton)
                        sum += _kernel.Pairs(plane, _z[j])[Wrap(column - _x[j]) * _side + Wrap(row - _y[j])];
            }
            own[d] = sum;
        }
    }

    /// <summary>Adds the potential of a charge to what all but one proton feel, and to the first and the last plane.</summary>
    private void Charge(int x, int y, int z, int sign, int except)
    {
        if (!_pairs)
            return;
        for (int j = 0; j < Count; j++)
        {
            if (j == except)
                continue;
            int dx = Wrap(_x[j] - x), dy = Wrap(_y[j] - y), plane = _z[j], place = dx * _side + dy;
            int left = Wrap(dx - 1) * _side + dy, right = Wrap(dx + 1) * _side + dy;
            int down = dx * _side + Wrap(dy - 1), up = dx * _side + Wrap(dy + 1);
            Span<double> own = _potentials.AsSpan(j * Directions, Directions);
            ReadOnlySpan<float> pairs = _kernel.Pairs(plane, z);
            own[0] += sign * pairs[place];
            own[3] += sign * pairs[right];
            own[4] += sign * pairs[left];
            own[5] += sign * pairs[up];
            own[6] += sign * pairs[down];
            if (plane + 1 < _planes)
                own[Ahead] += sign * _kernel.Pairs(plane + 1, z)[place];
            if (plane > 0)
                own[Back] += sign * _kernel.Pairs(plane - 1, z)[place];
        }
        if (KeepsEnds)
            AddEnds(x, y, z, sign);
    }

    private void SumEnds()
    {
        _frozen.AsSpan(0, _kernel.Sites).CopyTo(_atGate);
        _frozen.AsSpan((_planes - 1) * _kernel.Sites).CopyTo(_atChannel);
        for (int j = 0; _pairs && j < Count; j++)
            AddEnds(_x[j], _y[j], _z[j], 1);
    }

    private void AddEnds(int x, int y, int z, int sign)
    {
        AddPlane(_atGate, 0, x, y, z, sign);
        AddPlane(_atChannel, _planes - 1, x, y, z, sign);
    }

    private void AddPlane(double[] map, int plane, int x, int y, int z, int sign)
    {
        ReadOnlySpan<float> pairs = _kernel.Pairs(plane, z);
        for (int i = 0; i < _side; i++)
        {
            int row = Wrap(i - x) * _side;
            for (int j = 0; j < y; j++)
                map[i * _side + j] += sign * pairs[row + j - y + _side];
            for (int j = y; j < _side; j++)
                map[i * _side + j] += sign * pairs[row + j - y];
        }
    }

    private void Grow()
    {
        int size = 2 * _x.Length;
        Array.Resize(ref _x, size);
        Array.Resize(ref _y, size);
        Array.Resize(ref _z, size);
        Array.Resize(ref _potentials, size * Directions);
    }
}
