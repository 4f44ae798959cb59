using FvSolver.Materials;
using static FvSolver.Cases.Schema.Describe;

namespace FvSolver.Cases.Schema;

/// <summary>The table <c>[study]</c>.</summary>
internal static class StudyForms
{
    private static readonly ChoiceForm Parameter = new(
        [.. ParameterCatalogue.Device.Parameters.Where(p => p.Type == typeof(double)).Select(p => p.Path)]);

    private static readonly KeyForm Amplitude = Needed("amplitude", Any("V"), "\"10 V\"", "Gate voltage of the pulses.");
    private static readonly KeyForm OneWidth = Needed("width", new NumberForm("s", Width), "\"5 ns\"", "Width of the pulses.");

    /// <summary>The whole table.</summary>
    public static VariantForm Study { get; } = new("type",
    [
        ("dc-current", "Direct current of a large device, beside the energy of a pulse of a small one.", new TableForm(
            Needed("voltage", Any("V"), "\"10 V\"", "Gate voltage."),
            Needed("read_at", new NumberForm("s", new Bounds(1e-9, 1)), "\"1 us\"", "When the current is read."),
            Needed("until", new NumberForm("s", new Bounds(1e-9, 10)), "\"1 ms\"", "How long the voltage is held."),
            Needed("pulse", new TableForm(
                Needed("device_length", Positive("m"), "\"150 nm\"", "Length of the small device."),
                Needed("device_width", Positive("m"), "\"50 nm\"", "Width of the small device."),
                Amplitude,
                OneWidth,
                Needed("count", Count(1, 1e6), "20", "Number of pulses.")), "", "Pulses of the small device."))),
        ("depletion", "Width, capacitance and conductance of a film of WO3 against the gate voltage; needs wo3.space_charge.",
            new TableForm(
            Needed("voltages", Several(Any("V")), "[-2, 0, 2]", "Gate voltages; at least three."))),
        ("endurance", "Cycles of the protocol, beside cycles with a fixed number of pulses.", new TableForm(
            Needed("fixed_count", Count(1, 1e6), "50", "Pulses each way of a cycle with fixed numbers."),
            Needed("fixed_cycles", Count(1, 1000), "10", "Number of such cycles."))),
        ("fixed-counts", "Cycles of fixed numbers of pulses until they settle: neutral films beside films with space charge.",
            new TableForm(
            Needed("count", Count(1, 1e6), "1000", "Pulses each way of a cycle."),
            Needed("cycles", Count(1, 1000), "50", "Most cycles."),
            Needed("amplitude_up", Any("V"), "\"10 V\"", "Gate voltage of the pulses up."),
            Needed("amplitudes_down", Several(Any("V")), "[\"-8.5 V\"]", "Gate voltages of the pulses down."),
            OneWidth,
            Needed("rest", Positive("s"), "\"1 s\"", "Time with the gate open after each pulse."),
            Needed("permittivities", Several(new NumberForm("1", new Bounds(1, 1e5))), "[50, 100]", "Relative permittivities of WO3."),
            Needed("localised_densities", Several(new NumberForm("m^-2", new Bounds(0, 1e30))), "[\"0 m^-2\", \"1e17 m^-2\"]",
                "Localised electrons per area."))),
        ("gas-spots", "Where along an interface gas appears; needs a cross-section and gas.enabled.", new TableForm(
            Amplitude,
            Needed("widths", Several(new NumberForm("s", Width)), "[\"5 ns\", \"60 ns\"]", "Widths of the pulses."),
            Needed("count", Count(1, 1e6), "2", "Pulses of each width."),
            Needed("fugacity", Positive("1"), "100", "Fugacity of hydrogen, in bar, that counts as a spot."))),
        ("gate-overlap", "One pulse at each overlap of gate and channel; needs a cross-section.", new TableForm(
            Needed("overlaps", Several(Any("m")), "[\"-10 nm\", \"0 nm\"]", "How far the gate reaches beyond the channel."),
            Amplitude,
            OneWidth)),
        ("heating", "Rise of temperature in single pulses; needs heat.enabled.", new TableForm(
            Amplitude,
            Needed("widths", Several(new NumberForm("s", Width)), "[\"5 ns\", \"100 ns\"]", "Widths of the pulses."),
            Needed("filament_power", Positive("W"), "\"10 uW\"", "Power of the filament it is compared with."),
            Needed("filament_radius", Positive("m"), "\"10 nm\"", "Radius of that filament."))),
        ("hopping-fit", "Step against amplitude and width, and the hopping distance that the paper's fit finds in it.", new TableForm(
        [
            .. Grid,
            Needed("fit", new TableForm(Grid), "", "Grid of the fit."),
            Optional("trains", new TableForm([Needed("count", Count(1, 1e6), "1000", "Pulses of a train."), .. Grid]),
                "", "Means over trains of equal pulses, fitted as well."),
            Optional("against", new ListForm(new TableForm(
                Needed("parameter", Parameter, "\"psg.hop_distance\"", "Parameter that is varied."),
                Needed("values", Several(Any(null)), "[\"5 angstrom\", \"6 angstrom\"]",
                    "Its values, in its unit or with one of their own."),
                Optional("shows", new ChoiceForm(["distance", "exponent"]), "\"distance\"", "Which outcome of the fit is drawn."),
                Optional("label", Text, "\"hopping distance\"", "Name on the axis; the symbol when left out."))), "",
                "How the fit depends on single parameters."),
        ])),
        ("pulse-length", "Long pulses, gas and damage; needs gas.enabled and hypotheses.remote_heyrovsky.", new TableForm(
            Amplitude,
            Needed("widths", Several(new NumberForm("s", Width)), "[\"5 ns\", \"50 ns\", \"90 ns\"]", "Widths of the pulses."),
            Needed("count", Count(2, 10000), "5", "Pulses of each width."),
            Needed("onset_width", Positive("s"), "\"50 ns\"", "Width at which gas begins in the paper; one of widths."),
            Needed("failure_width", Positive("s"), "\"90 ns\"", "Width at which devices fail in the paper; one of widths."),
            Needed("reversible", new ListForm(Text, OrOne: true, Least: 0), "[\"interface.tafel_rate=1e6\"]",
                "Settings of the case without the hypothesis, as path=value."),
            Needed("crowding", new ListForm(Text, OrOne: true, Least: 0), "[\"interface.absorption_rate=10\"]",
                "Settings of the rival, a crowded interface."),
            Needed("long_train", new TableForm(
                OneWidth,
                Needed("count", Count(1, 1e6), "1000", "Number of pulses.")), "", "A train of short pulses, beside the long ones."),
            Needed("devices", new TableForm(
                Needed("count", Count(3, 10000), "25", "Number of devices."),
                Needed("tension_spread", new NumberForm("1", new Bounds(0, 1)), "0.05", "Spread of their surface tensions, relative."),
                Needed("seed", Count(int.MinValue), "1", "Seed of the spread.")), "", "Devices that differ in surface tension."))),
        ("retention", "States held with the gate open, without and with leakage.", new TableForm(
            Needed("levels", Several(new NumberForm("1", new Bounds(1, 1000))), "[1, 10]", "Conductances over that at rest."),
            Needed("duration", new NumberForm("s", new Bounds(1, 1e9, ExclusiveMin: true)), "\"100 s\"", "Time of holding."),
            Needed("leakage", Several(Positive("S/m")), "[1e-12]", "Electronic conductivities of PSG."),
            Needed("allowed_loss", new NumberForm("1", new Bounds(0, 1, ExclusiveMin: true)), "0.01", "Loss that counts as flat."),
            Amplitude,
            OneWidth,
            Optional("samples", Count(10, 100000), "50", "Samples over the time."))),
        ("rough-film", "Many rough films: how steps and apparent distances scatter; needs film and site_energies of a cross-section.",
            new TableForm(
            Needed("samples", Count(2, 10000), "8", "Number of films."),
            Needed("amplitude", Positive("V"), "\"10 V\"", "Gate voltage of the pulse."),
            Needed("low_amplitude", Positive("V"), "\"8 V\"", "A lower one, for the apparent distance."),
            OneWidth)),
        ("speed-limit", "Current density of a neutral film against the field, for every hop law.", new TableForm(
            Needed("from", Positive("V/m"), "1e6", "Lowest field."),
            Needed("to", new NumberForm("V/m", new Bounds(0, 1e11, ExclusiveMin: true)), "2e9", "Highest field."),
            Needed("low", Positive("V/m"), "1e6", "Field of the ratio's denominator."),
            Needed("high", new NumberForm("V/m", new Bounds(0, 1e11, ExclusiveMin: true)), "1e9", "Field of the ratio's numerator."),
            Optional("count", Count(2, 100000), "200", "Number of fields."))),
        ("thickness-ensemble", "Virtual devices on films of several thicknesses, each fitted by the paper's law.", new TableForm(
            Needed("thicknesses", Several(Positive("m")), "[\"5 nm\", \"10 nm\"]", "Nominal thicknesses of PSG."),
            Needed("devices", Several(new NumberForm("1", new Bounds(1, 10000))), "[2, 2]", "Number of devices on each."),
            Needed("fields", Several(Positive("V/m")), "[0.8e9, 1e9]", "Amplitudes over nominal thickness."),
            Needed("widths", Several(new NumberForm("s", Width)), "[\"5 ns\", \"10 ns\"]", "Widths of the pulses."),
            Needed("pulses", Count(1, 1e6), "1", "Pulses of which a step is the mean."),
            Optional("calibrated_on", Several(Positive("m")), "[\"5 nm\"]", "Thicknesses to which parameters were calibrated."),
            Needed("read_noise", NonNegative("S"), "\"5 pS\"", "Standard deviation of a read."),
            Optional("seed", Count(0), "1", "Seed of the deviations."),
            Optional("spread", new ListForm(new TableForm(
                Needed("parameter", Parameter, "\"psg.thickness\"", "Parameter that differs from device to device."),
                Needed("relative", new NumberForm("1", new Bounds(0, 0.3)), "0.015", "Its standard deviation, relative."))), "",
                "Deviations from device to device."))),
    ]);

    private static KeyForm[] Grid =>
    [
        Needed("amplitudes", Several(Positive("V")), "[\"8 V\", \"10 V\"]", "Gate voltages; at least two."),
        Needed("widths", Several(new NumberForm("s", Width)), "[\"5 ns\", \"10 ns\"]", "Widths of the pulses; at least two."),
    ];
}
