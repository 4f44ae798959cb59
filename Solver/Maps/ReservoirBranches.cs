using FvSolver.Materials;
using FvSolver.Solver.Layout;

namespace FvSolver.Solver.Maps;

/// <summary>The parts of a gate's isotherm in terms of the hydrogen that it has given.</summary>
public readonly record struct ReservoirBranches
{
    private readonly bool _isFinite;

    /// <summary>Those of a device.</summary>
    public ReservoirBranches(Device device, UnknownLayout layout)
    {
        _isFinite = device.Pd.FiniteReservoir;
        Atoms = SlowContent.ReservoirAtoms(device, layout);
        UpperCorner = (device.Pd.HydrogenFraction - device.Pd.PlateauHigh) * Atoms;
        LowerCorner = (device.Pd.HydrogenFraction - device.Pd.PlateauLow) * Atoms;
    }

    /// <summary>Pd atoms of the gate.</summary>
    public double Atoms { get; }

    /// <summary>Given hydrogen at which the plateau begins; less is richer.</summary>
    public double UpperCorner { get; }

    /// <summary>Given hydrogen at which it ends.</summary>
    public double LowerCorner { get; }

    /// <summary>The part on which a gate is, all the while that what it has given is within bounds; null across a corner.</summary>
    public ReservoirBranch? Within(double least, double most)
    {
        if (!_isFinite)
            return ReservoirBranch.Constant;
        if (least >= UpperCorner && most <= LowerCorner)
            return ReservoirBranch.Plateau;
        return most <= UpperCorner ? ReservoirBranch.Above : least >= LowerCorner ? ReservoirBranch.Below : null;
    }

    /// <summary>What a gate has given in the middle of a part on which that makes no difference; null where it does.</summary>
    public double? Middle(ReservoirBranch branch) => branch switch
    {
        ReservoirBranch.Constant => 0,
        ReservoirBranch.Plateau => 0.5 * (UpperCorner + LowerCorner),
        _ => null,
    };
}
