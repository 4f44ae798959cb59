namespace FvSolver.Tests.Physics;

/// <summary>Values of parameters and ranges of arguments of the terms, by name: a new name needs a line here.</summary>
internal static class TermSamples
{
    private static readonly Dictionary<string, double> Parameters = new()
    {
        ["energy"] = 0.35,
        ["atAmbient"] = 0.35,
        ["perKelvin"] = -5e-4,
        ["alpha"] = 0.45,
        ["reorganisationEnergy"] = 0.5,
        ["restCoverage"] = 5e-3,
        ["exchangeCurrentDensity"] = 10,
        ["HopsPerTwoLengths"] = 1.4,
        ["InverseThermalVoltage"] = 38.7,
        ["Conductance"] = 1e-20,
        ["Across"] = 0.02,
        ["conductivity"] = 1e-13,
        ["chargePerDensity"] = 1e-47,
        ["hopsPerTwoLengths"] = 1.4,
    };

    private static readonly Dictionary<string, (double From, double To)> Arguments = new()
    {
        ["x"] = (-14, 14),
        ["u"] = (-9, 9),
        ["inverseThermalVoltage"] = (33, 43),
        ["InverseThermalVoltage"] = (33, 43),
        ["thermalVoltage"] = (0.023, 0.03),
        ["logarithm"] = (-8, 8),
        ["density"] = (1e24, 1.9e26),
        ["Proton"] = (1e24, 1.9e26),
        ["left"] = (1e24, 1.9e26),
        ["right"] = (1e24, 1.9e26),
        ["mobile"] = (1e24, 1e26),
        ["hydrogen"] = (1e24, 1.9e26),
        ["band"] = (-0.3, 0.3),
        ["Band"] = (-0.3, 0.3),
        ["Electrons"] = (1e-3, 1e3),
        ["bound"] = (1e24, 7e25),
        ["field"] = (-1e9, 1e9),
        ["coverage"] = (1e-4, 0.9),
        ["Adsorbed"] = (1e-4, 0.9),
        ["composition"] = (1e-5, 0.5),
        ["Inserted"] = (1e-5, 0.5),
        ["dissolved"] = (2e15, 2e18),
        ["Dissolved"] = (2e15, 2e18),
        ["Leaked"] = (0, 1e18),
        ["bubbles"] = (2e14, 5e17),
        ["Bubbles"] = (2e14, 5e17),
        ["given"] = (-4e20, 8.1e20),
        ["gateVoltage"] = (-2, 2),
        ["potential"] = (-1, 0.5),
        ["drive"] = (1e-3, 1e3),
        ["excessDrop"] = (-0.2, 0.5),
        ["Drop"] = (-0.8, 0.3),
        ["drop"] = (-0.8, 0.3),
        ["Defects"] = (1e-4, 0.9),
        ["Activity"] = (0.1, 10),
        ["Forward"] = (1e-3, 1e3),
        ["Backward"] = (1e-3, 1e3),
        ["Boost"] = (1, 1e6),
        ["boost"] = (1, 1e6),
        ["Remote"] = (1e24, 1.9e26),
        ["RemoteDrop"] = (-0.8, 0.3),
        ["radius"] = (1e-10, 1e-7),
        ["numberDensity"] = (1e26, 2e28),
        ["pressure"] = (1e5, 1e9),
        ["thermalEnergy"] = (3.8e-21, 4.8e-21),
        ["drop"] = (-0.2, 0.2),
        ["flow"] = (-1e9, 1e9),
        ["displacement"] = (-1e-21, 1e-21),
        ["relativeCharge"] = (-1.1, 3),
    };

    /// <summary>Value of a parameter.</summary>
    public static double Parameter(string name) => Parameters.TryGetValue(name, out double value)
        ? value
        : throw new KeyNotFoundException($"The parameter '{name}' of a term has no sample: add one to {nameof(TermSamples)}.");

    /// <summary>A random value of an argument: on a logarithmic scale where the range spans decades.</summary>
    public static double Argument(string name, Random random)
    {
        if (!Arguments.TryGetValue(name, out (double From, double To) range))
            throw new KeyNotFoundException($"The argument '{name}' of a term has no range: add one to {nameof(TermSamples)}.");
        double t = random.NextDouble();
        return range.From > 0 && range.To > 10 * range.From
            ? range.From * Math.Pow(range.To / range.From, t)
            : range.From + (range.To - range.From) * t;
    }
}
