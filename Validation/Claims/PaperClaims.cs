using static FvSolver.Solver.Observe.FigureKind;

namespace FvSolver.Validation.Claims;

/// <summary>Every number and statement of Onen et al., Science 377, 539 (2022), in the order of the text.</summary>
internal static class PaperClaims
{
    /// <summary>The claims.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new("Pd is loaded in 3 % hydrogen (forming gas) and then under vacuum", "3 % H2", "limits.cell-voltage", "U_Pd pumped down",
            Follows, "the plateau of PdHx, whatever the pressure was above it"),
        new("the amplitudes +10 V and -8.5 V move equal and opposite charge", "0.75 V between", "figures.response-to-pulses",
            "step down against step up at equal conductance", Calibrated, "by the offset V_cell, whose origin is unknown"),
        Claim.Without("the gate is self-aligned and charges nothing beside the channel", "said",
            "edges over the channel would show in protons, symmetry, distance and exponent (docs/cross-sections.md)"),
        Claim.Without("reads of 0.1 V for about 1 s with the gate open leave the state", "said",
            "held for 1 s, a read drives protons through PSG from end to end and takes a fifth of the conductance; a second later it is "
                + "back (fv run read-disturb)"),
        Claim.Without("smallest device of 30 nm by 60 nm", "shown", "currents scale with the area by construction"),
        new("base resistance", "88 Mohm", "figures.base-conductance", "base resistance", Calibrated,
            "the electron mobility follows by rule"),
        new("range of 1000 pulses", "20x", "figures.response-to-pulses", "range", Calibrated),
        new("steps nearly equal", "nearly linear", "figures.response-to-pulses", "largest over smallest step up", Calibrated),
        new("the way down ends at the start", "returns", "figures.response-to-pulses", "left after the way down, share of the range",
            Calibrated),
        new("states held with the gate open", "flat over 100 s", "figures.retention", "change of conductance from 1 to 100 s without leak",
            Follows, "a model without a leak has nothing that could lose it"),
        new("1e5 pulses without degradation", "none", "figures.endurance", "change of pulses up from cycle 2 to the last", Follows,
            "with the loop closed at G_min and G_max; with fixed counts of 1000 the base drifts by a quarter a cycle (fv run fig2c)"),
        new("capacitive energy of a pulse", "2.5 fJ", "figures.capacitive-energy", "C V^2 at 10 V", Input, "eps_r is chosen by it"),
        new("energy of the protons of a pulse", "15 aJ", "figures.response-to-pulses", "proton energy a pulse, mean of the way up",
            Calibrated),
        new("current of the 750 x 1000 nm device at 10 V", "30 nA", "figures.large-device-current", "current after 1 us", Calibrated,
            "closed films carry it for 3.1 ms (Pd) and 0.7 ms (WO3)"),
        new("current density at 10 V over 10 nm", "4.0e4 A/m^2", "figures.large-device-current", "current density after 1 us", Calibrated,
            "the 30 nA over 0.75 um^2"),
        new("protons a pulse, from current, area and width", "9.4", "figures.protons-per-pulse", "protons a pulse", Input, "arithmetic"),
        new("the current follows sinh(q a V/2kTd)", "eq. 1", "mission.reduced-law", null, Follows, "between ideal interfaces"),
        Claim.Without("all of the pulse falls over PSG", "V_PSG = V_pulse", "9.3 V of 10 V does: the cell's rest voltage is taken off"),
        new("hopping distance of Fig. 3A", "5.6 angstrom", "mission.hopping-distance-means-5nm",
            "hopping distance by means of 1000 pulses", Calibrated,
            "on 5 nm; on lattice planes too, mission.hopping-distance-means-5nm-lattice"),
        new("exponent of the pulse width", "1.2", "mission.hopping-distance-means-5nm", "exponent by means of 1000 pulses", Calibrated,
            "set by the edges of the pulse, mission.exponent-by-edges"),
        new("one hopping distance on every thickness", "5.6 angstrom", "mission.hopping-distance-means-10nm",
            "hopping distance by means of 1000 pulses", Follows, "5 and 14 nm are calibrated through l_S and c_fix, 7.5 and 10 nm follow"),
        Claim.Without("25 devices on four chips scatter", "mean and SD", "the spread of virtual devices is put in (fv run fig3b)"),
        Claim.Without("PSG stands about 1 V/nm", "breaks at 0.8 to 1.5 V/nm", "a threshold that runs warn of; nothing breaks down"),
        new("activation energy of protons", "0.38 eV", "figures.dilute-limit", "E_a from the current density", Follows,
            "only with fewer than one proton in the film"),
        new("the field removes the barrier at 1 V/nm", "1 V/nm", "figures.saturation-field", "field", Follows,
            "it takes 1.36 V/nm for a hop of 5.6 angstrom and 0.38 eV") { IsContradicted = true },
        new("rate against low field", "six orders", "figures.rate-gain", "gain", Follows,
            "of the current between 1 mV/nm and 1 V/nm; the mobility gains 2.1e3"),
        new("rise of temperature in a pulse", "about 2 K", "figures.temperature-rise", "largest rise", Follows, "two orders below"),
        new("filament devices run hot", "500 K", "figures.filament-heating", "temperature of the filament", Input, "estimate by P/(4 k r)"),
        new("the interfaces are the bottleneck at low field", "said", "mission.hopping-distance-map", null, Follows,
            "the apparent distance hardly depends on their exchange currents") { IsContradicted = true },
        Claim.Without("slow diffusion in WO3 crowds hydrogen at the interface", "said",
            "y at the surface is 4e-4 after 90 ns, 3e-4 at rest: no crowding in the model"),
        new("protons move ballistically at high field", "said", "figures.long-pulses", "largest fugacity over that of the whole supply",
            Follows, "hops are Markovian; a proton that is not thermalised on its last hop makes 23 bar of hydrogen in a train of "
                + "90 ns") { IsContradicted = true },
        new("pulses up to 40 ns leave the device sound", "40 ns", "figures.long-pulses", "expected nuclei, last hop not thermalised",
            Follows, "no pulse up to 100 ns nucleates a bubble"),
        new("failure at 90 ns", "90 ns", "figures.long-pulses", "fugacity of the whole supply over what nucleates", Follows,
            "none up to 100 ns: all hydrogen that a train brings would make 69 bar, where 540 bar nucleate a bubble in the most "
                + "favourable place") { IsContradicted = true },
        new("above 40 ns the step grows from pulse to pulse", "a cascade", "figures.long-pulses",
            "change of the train at 90 ns over that by reversible steps, last hop not thermalised", Follows,
            "neither by the hypothesis nor by crowding, which delays insertion at every width") { IsContradicted = true },
        Claim.Without("widest stability window of a protonic electrolyte", "3.35 V", "breakdown is a threshold of the field only"),
        Claim.Without("oxygen is too slow to matter in a pulse", "said", "no oxygen in the model"),
        new("a state outlasts its pulse by far", "1e10 times", "figures.retention", "change of conductance from 1 to 100 s without leak",
            Follows, "100 s over 5 ns is 2e10"),
        Claim.Without("faster than a synapse and as frugal", "1e4 times; 10 fJ", "arithmetic on widths and energies above"),
    ];
}
