using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Runs;

/// <summary>Balances of protons and charge at the end of a run: 0 but for rounding.</summary>
/// <param name="Protons">Hydrogen stored minus given by Pd, over what was transferred; in atoms where less than one was.</param>
/// <param name="Charge">Charge stored minus supplied, over what was transferred, in the same way.</param>
/// <param name="IsAbsolute">True where less than one atom was transferred.</param>
public sealed record RunBalance(double Protons, double Charge, bool IsAbsolute)
{
    private const double Doubtful = 1e-6, Bad = 1e-3;

    /// <summary>Balances of a recorder's device now.</summary>
    public static RunBalance Of(RunRecorder recorder)
    {
        double transferred = recorder.Extremes.Transferred;
        bool isAbsolute = transferred < 1;
        double unit = isAbsolute ? 1 : transferred;
        double protons = recorder.Inventory.ProtonImbalance - recorder.Extremes.ProtonsBefore,
            charge = recorder.Inventory.ChargeImbalance - recorder.Extremes.ChargeBefore;
        return new(protons / unit, charge / (Constants.ElementaryCharge * unit), isAbsolute);
    }

    /// <summary>True above 1e-6, or when it is no number.</summary>
    public bool IsDoubtful => !IsWithin(Doubtful);

    /// <summary>True above 1e-3, or when it is no number: the run has lost hydrogen or charge.</summary>
    public bool HasFailed => !IsWithin(Bad);

    /// <summary>What the balances are in words, e.g. <c>3e-5 of what was transferred</c>.</summary>
    public string Words => $"protons {Protons:g2}, charge {Charge:g2} {(IsAbsolute ? "atoms" : "of what was transferred")}";

    private bool IsWithin(double bound) => Math.Abs(Protons) <= bound && Math.Abs(Charge) <= bound;
}
