using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;

namespace FvSolver.Solver.Physics;

/// <summary>Electrons of WO3 with space charge that conduct: n C/(C + N_D), the share that hydrogen has of the donors.</summary>
/// <remarks>A named choice: the localised electrons, n_loc at rest, give way to the field in the same proportion as the others.</remarks>
public readonly struct ConductingElectrons<P>
    where P : struct, IParameter<P>, IReal<P, P>
{
    /// <summary>n by the band.</summary>
    public required ElectronStatistics<P> Statistics { get; init; }

    /// <summary>N_D [m^-3].</summary>
    public required P DonorDensity { get; init; }

    /// <summary>The electrons of a device's channel.</summary>
    public static ConductingElectrons<P> Of(Pack<P> pack, Device device) => new()
    {
        Statistics = ElectronStatistics<P>.Of(pack, device),
        DonorDensity = pack(ElectronStatistics.DonorDensity),
    };

    /// <summary>Mobility of all electrons over mu_e: the share that conducts, with percolation.</summary>
    /// <param name="hydrogen">C [m^-3].</param>
    /// <param name="density">n [m^-3].</param>
    /// <param name="conductivity">That of those that conduct.</param>
    public P Mobility(P hydrogen, P density, in ElectronConductivity<P> conductivity)
    {
        P share = hydrogen / (hydrogen + DonorDensity);
        return conductivity.Percolates ? share * conductivity.Percolation(density * share) : share;
    }

    /// <summary>Their density [m^-3].</summary>
    /// <param name="hydrogen">C [m^-3].</param>
    /// <param name="band">phi - psi [V].</param>
    public T At<T>(T hydrogen, T band)
        where T : struct, IReal<T, P> => Of(hydrogen, Statistics.Excess(band) + Statistics.RestDensity);

    /// <summary>Their density [m^-3].</summary>
    /// <param name="hydrogen">C [m^-3].</param>
    /// <param name="density">n of all electrons [m^-3].</param>
    public T Of<T>(T hydrogen, T density)
        where T : struct, IReal<T, P> => density * hydrogen / (hydrogen + DonorDensity);
}
