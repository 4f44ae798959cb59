using FvSolver.Cases.Figures;
using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Figures;

/// <summary>Gain of the hop rate by the field.</summary>
public sealed class RateGain : ValidationCase
{
    public override string Id => "figures.rate-gain";

    public override string Title => "1 V/nm speeds hopping up by six orders of magnitude over 1 mV/nm";

    public override CaseGroup Group => CaseGroup.Figures;

    public override string Equation => "gain = sinh(x_1)/sinh(x_0), x = q a E/(2 kT)";

    public override string Source => "onen2022: Onen et al., Science 377, 539 (2022): six orders of magnitude at room temperature";

    public override Control Control { get; } = new("the bulk is ohmic: its mobility does not grow with the field");

    public override ValidationOutcome Run(RunContext context)
    {
        // A neutral film of 10 nm between electrodes that hold its density; its flux is the solver's.
        Electrolyte psg = new();
        if (context.Perturbed)
            psg = psg with { HopDistance = 1e-15 };
        double Rate(double field) => Film(psg, field).Flux(Film(psg, field).Settle(1e-9), 0);
        double[] fields = [.. Enumerable.Range(0, 31).Select(i => Math.Pow(10, 6 + i / 10.0))];
        double slow = Rate(1e6);
        double[] gain = [.. fields.Select(e => Rate(e) / slow)];
        return new(
            new Check("gain", "1", gain[^1], 2.0825e6, Band.Between(1e6, 1e7)),
            new Check("gain, independent calculation", "1", gain[^1], 2.0825e6, Band.Relative(1e-3)))
        {
            Charts =
            [
                new("Rate over rate at 1 mV/nm", "field [V/nm]", "gain",
                    new Curve("hopping", CurveStyle.Markers, [.. fields.Select(e => e / 1e9)], gain),
                    new Curve("ohmic", CurveStyle.Line, [.. fields.Select(e => e / 1e9)], [.. fields.Select(e => e / 1e6)])) { LogX = true,
                        LogY = true },
            ],
        };
    }

    private static HoppingFilm<SinhHop<Scalar>> Film(Electrolyte psg, double field) =>
        new([0, 2.5e-9, 5e-9, 7.5e-9, 10e-9], psg, (psg.FixedChargeDensity, field * 10e-9), (psg.FixedChargeDensity, 0));
}
