using System.Runtime.CompilerServices;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using static FvSolver.Materials.Constants;

namespace FvSolver.Solver.Assembly;

/// <summary>Electrons in WO3 of a cross-section: div(-sigma grad psi) = 0 inside, held at source and drain.</summary>
/// <remarks>
/// <para>At a node n on the PSG, the current into the film is that of the protons plus the displacement of the compact layer,
/// so that total current is continuous: d(D_n)/dt + q (r_V + r_Hy) A + sum sigma A/h (psi_j - psi_n) = 0 with
/// D_n = A eps (phi_n - psi_n - chi)/l_S. D_n is linear in the unknowns: its row of M holds -C at phi_n and C at psi_n.</para>
/// <para>Index: under an open gate the charges Q_M and D_n are given by the past. Gauss's law then has flux conditions at the
/// gate and along the channel; what is left of the constant mode of phi is fixed by the nodes whose psi or metal is held,
/// the ends of the channel and the side walls of the contacts. The index is 1 as long as there is such a node.</para>
/// <para>The film's charge n_2D in the factor of the image charge (<see cref="ElectronConductivity{P}"/>) is taken at the start
/// of each segment of the waveform: within a pulse the film gains less than one part in a hundred.</para>
/// </remarks>
internal sealed class ElectronConduction<P> : IAssemblyPart<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    private const int DensityLeft = 0, DensityRight = 1, PsiLeft = 2, PsiRight = 3, PhiLeft = 4, ImageLeft = 5, PhiRight = 6,
        ImageRight = 7;
    private const int Locals = 8;
    private const int RowLeft = 0, RowRight = 1, RowHeatLeft = 2, RowHeatRight = 3;

    private readonly AssemblyContext<P> _context;
    private readonly UnknownLayout _u;
    private readonly FilmColumns _columns;
    private readonly ElectronConductivity<P> _law;
    private readonly Edge[] _edges;
    private readonly P[] _inverseCharge;
    private readonly P _flatBand, _layer;
    private readonly (int Row, int Unknown)[] _held;
    private readonly P[] _values = AlignedArray.Create<P>(Locals);
    private readonly Dual<P, Gradient8<P>>[] _duals = new Dual<P, Gradient8<P>>[Locals];

    public ElectronConduction(AssemblyContext<P> context)
    {
        _context = context;
        _u = context.U;
        ControlVolumeMesh mesh = context.Mesh;
        _columns = new(mesh, _u);
        _law = ElectronConductivity<P>.Of(context.Pack, context.Device);
        _flatBand = context.Pack(d => -InsertionPotential.AtRest(d));
        _layer = context.Pack(d => d.Psg.RelativePermittivity * VacuumPermittivity / d.Psg.SternThickness);
        _inverseCharge = AlignedArray.Create<P>(_u.ChannelInterfaces.Length);
        _edges = [.. Enumerable.Range(0, mesh.EdgeCount)
            .Where(e => mesh.MaterialOf(mesh.EdgeLeft[e]) == MaterialKind.Channel)
            .Select(e =>
            {
                int left = _u.Local[mesh.EdgeLeft[e]], right = _u.Local[mesh.EdgeRight[e]];
                int columnLeft = _columns.Of[left], columnRight = _columns.Of[right];
                (int phiLeft, int imageLeft) = Image(columnLeft);
                (int phiRight, int imageRight) = Image(columnRight);
                int heatLeft = UnknownLayout.At(_u.Temperature, mesh.EdgeLeft[e]);
                int heatRight = UnknownLayout.At(_u.Temperature, mesh.EdgeRight[e]);
                return new Edge(columnLeft, columnRight, context.Pack((_, m) => m.EdgeArea[e] / m.EdgeLength[e]), new(
                    [_u.ElectronRow(left), _u.ElectronRow(right), heatLeft, heatRight],
                    [
                        _u.Hydrogen + left, _u.Hydrogen + right, _u.Electron + left, _u.Electron + right,
                        phiLeft, imageLeft, phiRight, imageRight,
                    ]));
            })];
        _held = [.. Enumerable.Range(0, _u.Wo3Nodes.Length)
            .Where(n => _u.Terminals[n] != ChannelTerminal.None)
            .Select(n => (_u.Electron + n, _u.Terminals[n] == ChannelTerminal.Drain ? _u.DrainVoltage : -1))];
        bool isGrounded = _u.ChannelInterfaces.Any(f => _u.Terminals[_u.Local[f.Second]] != ChannelTerminal.None)
            || mesh.Interfaces.Any(f => mesh.MaterialOf(f.First) == MaterialKind.Electrolyte
                && mesh.MaterialOf(f.Second) == MaterialKind.ContactMetal);
        if (!isGrounded)
            throw new MeshException(
                "Electrons in the channel need an electrolyte that reaches a contact or the end of the channel; nothing else holds the "
                    + "potential under an open gate.");
    }

    /// <summary>Takes the film's charge from the state at the start of a segment.</summary>
    public void Prepare(P[] x)
    {
        Array.Clear(_inverseCharge);
        for (int n = 0; n < _u.Wo3Nodes.Length; n++)
            if (_columns.Of[n] >= 0)
                _inverseCharge[_columns.Of[n]] += (x[_u.Hydrogen + n] + _law.Background) * _columns.Thickness[n];
        for (int k = 0; k < _inverseCharge.Length; k++)
            _inverseCharge[k] = P.Reciprocal(_inverseCharge[k] * ElementaryCharge);
    }

    /// <summary>Largest |D|/(q n_2D) over the film's columns: above 1 the field asks for more electrons than the film holds.</summary>
    public double LargestImageRatio(P[] x)
    {
        double largest = 0;
        for (int k = 0; k < _inverseCharge.Length; k++)
        {
            (int phi, int image) = Image(k);
            largest = Math.Max(largest, Math.Abs(P.Lane((x[phi] - x[image] - _flatBand) * _layer * _inverseCharge[k], 0)));
        }
        return largest;
    }

    public void Enter(MatrixEntries<P> entries)
    {
        foreach (Edge edge in _edges)
            edge.Block.Enter(entries);
        foreach ((int row, int unknown) in _held)
        {
            entries.Add(row, row, P.From(-1));
            entries.Add(row, unknown, P.From(1));
        }
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddResidual(P[] x, P[] f)
    {
        foreach (Edge edge in _edges)
        {
            int[] k = edge.Block.Unknowns, rows = edge.Block.Rows;
            for (int i = 0; i < Locals; i++)
                _values[i] = k[i] >= 0 ? x[k[i]] : default;
            P current = Current(_values, edge), fall = _values[PsiLeft] - _values[PsiRight];
            if (rows[RowLeft] >= 0)
                f[rows[RowLeft]] -= current;
            if (rows[RowRight] >= 0)
                f[rows[RowRight]] += current;
            if (_context.HasEnergy)
                _context.AddHeat(f, current * fall, rows[RowHeatLeft], rows[RowHeatRight]);
        }
        foreach ((int row, int unknown) in _held)
            f[row] += unknown >= 0 ? x[unknown] - x[row] : -x[row];
    }

    [MethodImpl(Compilation.HotLoop)]
    public void AddLinearised(P[] x, P[] f, Span<P> jacobian)
    {
        AddResidual(x, f);
        P one = P.From(1);
        foreach (Edge edge in _edges)
        {
            LocalBlock<P> b = edge.Block;
            for (int i = 0; i < Locals; i++)
                _duals[i] = b.Seed<Gradient8<P>>(x, i);
            var current = Current(_duals, edge);
            b.Add(jacobian, RowLeft, current, -one);
            b.Add(jacobian, RowRight, current, one);
            if (_context.HasEnergy)
                _context.AddHeat(jacobian, b, current * (_duals[PsiLeft] - _duals[PsiRight]), one, RowHeatLeft, RowHeatRight);
        }
    }

    /// <summary>Current along an edge, positive from left to right [A]; sigma is the mean of the nodes.</summary>
    private T Current<T>(T[] v, Edge edge)
        where T : struct, IReal<T, P>
    {
        T left = _law.At(v[DensityLeft]), right = _law.At(v[DensityRight]);
        if (edge.ColumnLeft >= 0)
            left *= Factor(v[PhiLeft], v[ImageLeft], edge.ColumnLeft);
        if (edge.ColumnRight >= 0)
            right *= Factor(v[PhiRight], v[ImageRight], edge.ColumnRight);
        return (left + right) * (v[PsiLeft] - v[PsiRight]) * (edge.AreaOverLength * 0.5);
    }

    private T Factor<T>(T phi, T psi, int column)
        where T : struct, IReal<T, P> =>
        ElectronConductivity<P>.ImageFactor((phi - psi - _flatBand) * (_layer * _inverseCharge[column]));

    private (int Phi, int Psi) Image(int column) => column < 0 ? (-1, -1)
        : (_u.Potential + _u.Local[_u.ChannelInterfaces[column].First], _u.Electron + _u.Local[_u.ChannelInterfaces[column].Second]);

    private sealed record Edge(int ColumnLeft, int ColumnRight, P AreaOverLength, LocalBlock<P> Block);
}
