using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Assembly;

// The faces of the interface, and the unknowns on both sides of each.
internal sealed partial class ChannelContact<P>
{
    /// <summary>The face of an interface, with what its equations depend on.</summary>
    private Face CreateFace(int k)
    {
        Interface f = _u.ChannelInterfaces[k];
        int psg = _u.Local[f.First], wo3 = _u.Local[f.Second];
        int heatPsg = UnknownLayout.At(_u.Temperature, f.First), heatWo3 = UnknownLayout.At(_u.Temperature, f.Second);
        int psi = UnknownLayout.At(_u.Electron, wo3), film = UnknownLayout.At(_u.FilmPotential, wo3);
        var species = new int[InterfaceSpecies.Count];
        Array.Fill(species, -1);
        (species[Proton], species[Inserted]) = (_u.Proton + psg, _u.Hydrogen + wo3);
        int remote = _hasRemote ? OneHopFrom(f.First) : -1;
        species[Remote] = remote >= 0 ? _u.Proton + remote : -1;
        foreach ((InterfaceSpecies own, _) in _own)
            species[own.Place] = _u.Start(own) + k;
        P area = _context.AreaOf(f);
        var block = new LocalBlock<P>(
            [.. species, heatPsg, heatWo3, _u.ElectronRow(wo3)],
            [
                .. species, _u.Potential + psg, heatPsg, heatWo3, film, remote >= 0 ? _u.Potential + remote : -1,
                UnknownLayout.At(_u.ElectronDensity, wo3),
            ],
            psi, [Phi, RemotePhi], GradientPair<Gradient8<P>, P>.Capacity);
        return new(k, wo3, psi, film, area, area * _layer.Capacitance, block);
    }

    /// <summary>Number of the PSG node nearest to one hopping distance above a node at the interface.</summary>
    private int OneHopFrom(int face)
    {
        ControlVolumeMesh mesh = _context.Mesh;
        double x = mesh.X[face], z = mesh.Z[face] - _context.Device.Psg.HopDistance;
        return _u.Local[_u.PsgNodes.Where(n => n != face).MinBy(n => double.Hypot(mesh.X[n] - x, mesh.Z[n] - z))];
    }

    private sealed record Face(int Place, int Wo3Place, int Psi, int Film, P Area, P Capacitance, LocalBlock<P> Block)
    {
        /// <summary>Unknown of the potential on the channel's side of the compact layer, or -1 where it is 0.</summary>
        public int Electrode { get; } = Film >= 0 ? Film : Psi;
    }
}
