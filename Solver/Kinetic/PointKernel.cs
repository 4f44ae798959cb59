using FvSolver.Materials;

namespace FvSolver.Solver.Kinetic;

/// <summary>Potentials between lattice sites of a cell that is repeated laterally, without the mean field of the planes.</summary>
/// <remarks>Taken off is q/(eps A) z_&lt; (d - z_&gt;)/d, the potential of the charge spread over the cell's area A.</remarks>
internal sealed class PointKernel
{
    // Single precision: rounding of 1e-8 V per pair is nothing, and the table then fits into the processor's cache.
    private readonly float[] _pairs;
    private readonly LatticeFilm _film;
    private readonly ImagePotential _potential;
    private readonly double[] _depths;
    private readonly double _permittivity;

    public PointKernel(LatticeFilm film, int side)
    {
        (_film, Side, Planes) = (film, side, film.Hops + 1);
        Electrolyte psg = film.Device.Psg;
        _permittivity = psg.RelativePermittivity * Constants.VacuumPermittivity;
        _potential = new(film.Thickness, psg.RelativePermittivity);
        _depths = [.. Enumerable.Range(0, Planes).Select(i => psg.SternThickness + i * psg.HopDistance)];
        OwnImage = [.. _depths.Select(_potential.OwnImages)];
        _pairs = [.. Table(_depths, 0).Select(v => (float)v)];
    }

    /// <summary>Sites along each side of the cell.</summary>
    public int Side { get; }

    /// <summary>Planes.</summary>
    public int Planes { get; }

    /// <summary>Sites of a plane.</summary>
    public int Sites => Side * Side;

    /// <summary>Energy of a proton on each plane in the field of its own images, over q [V].</summary>
    public double[] OwnImage { get; }

    /// <summary>Rows of potentials between two planes [V], by lateral offsets from 0 to the side.</summary>
    public ReadOnlySpan<float> Pairs(int plane, int other) => _pairs.AsSpan((plane * Planes + other) * Sites, Sites);

    /// <summary>Potentials at the sites of all planes of unit charges in the middle of lattice cubes below a plane, by offsets.</summary>
    public double[] Between() =>
        Table([.. Enumerable.Range(0, Planes - 1).Select(i => _depths[i] + _film.Device.Psg.HopDistance / 2)], 0.5);

    private double[] Table(double[] from, double shift)
    {
        double hop = _film.Device.Psg.HopDistance, length = Side * hop;
        int copies = (int)Math.Ceiling(7 * _film.Thickness / length);
        var table = new double[_depths.Length * from.Length * Sites];
        for (int x = 0; x < Side; x++)
        {
            for (int y = 0; y < Side; y++)
            {
                double dx = (x + shift) * hop, dy = (y + shift) * hop;
                List<double> distances = [];
                for (int i = -copies; i <= copies; i++)
                {
                    for (int j = -copies; j <= copies; j++)
                    {
                        double rho = double.Hypot(dx + i * length, dy + j * length);
                        if (rho > 1e-3 * hop && rho < 7 * _film.Thickness)
                            distances.Add(rho);
                    }
                }
                var sum = new double[_depths.Length * from.Length];
                if (distances.Count > 0)
                    _potential.Add(distances, _depths, from, sum);
                bool isColumn = shift == 0 && x == 0 && y == 0;
                for (int a = 0; a < _depths.Length; a++)
                    for (int b = 0; b < from.Length; b++)
                    {
                        double low = Math.Min(_depths[a], from[b]), high = Math.Max(_depths[a], from[b]);
                        double value = sum[a * from.Length + b]
                            - Constants.ElementaryCharge / (_permittivity * _film.Area) * low * (_film.Thickness - high) / _film.Thickness;
                        if (isColumn && a != b)
                            value += _potential.OnNormal(_depths[a], from[b]);
                        table[(a * from.Length + b) * Sites + x * Side + y] = value;
                    }
            }
        }
        return table;
    }
}
