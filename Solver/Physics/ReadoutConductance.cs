using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Conductance of the channel between source and drain per thickness of the film: (W/L) sigma [S/m].</summary>
/// <remarks>G = (W/L) integral of sigma dz, for a channel that does not vary along x; with space charge by the electrons that conduct,
/// else by hydrogen, without a sheet of image charge.</remarks>
public readonly struct ReadoutConductance<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>W/L.</summary>
    public required P WidthOverLength { get; init; }

    /// <summary>Conductivity of the film.</summary>
    public required ElectronConductivity<P> Conductivity { get; init; }

    /// <summary>Electrons that conduct, with space charge.</summary>
    public required ConductingElectrons<P> Electrons { get; init; }

    /// <summary>The read-out of a device.</summary>
    public static ReadoutConductance<P> Of(Pack<P> pack, Device device) => new()
    {
        WidthOverLength = pack(d => d.Geometry.Width / d.Geometry.Length),
        Conductivity = ElectronConductivity<P>.Of(pack, device),
        Electrons = ConductingElectrons<P>.Of(pack, device),
    };

    /// <summary>(W/L) sigma at a density of hydrogen [S/m].</summary>
    /// <param name="density">C [m^-3].</param>
    public T PerThickness<T>(T density)
        where T : struct, IReal<T, P> => Conductivity.At(density) * WidthOverLength;

    /// <summary>(W/L) sigma with space charge [S/m].</summary>
    /// <param name="density">C [m^-3].</param>
    /// <param name="band">phi - psi [V].</param>
    public T WithSpaceCharge<T>(T density, T band)
        where T : struct, IReal<T, P> => PerThickness(Electrons.At(density, band));
}
