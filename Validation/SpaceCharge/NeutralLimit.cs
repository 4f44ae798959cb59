using FvSolver.Materials;
using FvSolver.Validation.Checks;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.SpaceCharge;

/// <summary>Localised electrons without end: the neutral model with n = 1.</summary>
public sealed class NeutralLimit : ValidationCase
{
    public override string Id => "limits.film-neutral";

    public override string Title => "With more and more localised electrons the film becomes the neutral one of n = 1";

    public override CaseGroup Group => CaseGroup.Limits;

    public override string Equation => "N_D -> infinity: e^p -> 1, effective n = 1 + C/(C + N_D) -> 1";

    public override string Source => "limit of the free energy at g_W = 0; the neutral model is solved by other terms";

    public override Control Control { get; } = new("a hundred times fewer electrons are localised");

    public override ValidationOutcome Run(RunContext context)
    {
        List<Check> checks = [];
        foreach (ElectronStatisticsLaw statistics in Enum.GetValues<ElectronStatisticsLaw>())
        {
            // With Fermi-Dirac statistics a density of states far above keeps the electrons dilute.
            Device device = new()
            {
                Wo3 = new()
                {
                    SpaceCharge = true,
                    Statistics = statistics,
                    StateDensity = 1e36,
                    LocalisedDensity = context.Perturbed ? 1e22 : 1e24
                }
            };
            VirtualDevice film = new(device, 1e-9, FilmDevice.Equal(24)), neutral = new(new(), 1e-9, FilmDevice.Equal(24));
            foreach (double volts in new[] { 10.0, 10, -8.5 })
            {
                (double before, double neutralBefore) = (film.Inventory.Channel, neutral.Inventory.Channel);
                film.Pulse(volts, 5e-9);
                neutral.Pulse(volts, 5e-9);
                checks.Add(new($"hydrogen of a pulse of {volts} V, {statistics}", "1", film.Inventory.Channel - before,
                    neutral.Inventory.Channel - neutralBefore, Band.Relative(1e-6)));
            }
        }
        return new(checks);
    }
}
