namespace FvSolver.Tests.Physics;

/// <summary>Values of parameters and ranges of arguments of the terms, by name: a new name needs a line here.</summary>
internal static class TermSamples
{
    private static readonly Dictionary<string, double> Parameters = new()
    {
        ["Energy"] = 0.35,
        ["ReferenceInverseThermalVoltage"] = 38.7,
        ["InverseCritical"] = 1e-16,
        ["Saturation"] = 1e15,
        ["GrowthRate"] = 1e6,
        ["ShrinkRate"] = 1e-3,
        ["LeakRate"] = 20,
        ["Equilibrium"] = 35,
        ["ExchangeRate"] = 6e19,
        ["RestPotential"] = 0.35,
        ["RestCoverage"] = 5e-3,
        ["RestComposition"] = 3.3e-4,
        ["AbsorptionRate"] = 1e26,
        ["ExcessSpecies"] = 1,
        ["Interaction"] = 0.5,
        ["TafelRate"] = 1e24,
        ["HeyrovskyRate"] = 1e20,
        ["InverseHenry"] = 1 / 3e14,
        ["Alpha"] = 0.45,
        ["ReorganisationEnergy"] = 0.5,
        ["InverseRestOdds"] = 199,
        ["InverseSites"] = 1 / 1.86e28,
        ["Species"] = 2,
        ["RestDrop"] = 1.1,
        ["Fraction"] = 0.6,
        ["InverseAtoms"] = 7.35e-22,
        ["PlateauLow"] = 0.01,
        ["PlateauHigh"] = 0.6,
        ["MigrationBarrier"] = 0.38,
        ["HopDistance"] = 5.7e-10,
        ["DisorderWidth"] = 0.06,
        ["DisorderFieldConstant"] = 2.9e-5,
        ["PositionalDisorder"] = 1.5,
        ["InverseSiteDensity"] = 1 / 2e26,
        ["Constant"] = 3e-14,
        ["TracerDilute"] = 1e-13,
        ["TracerSlope"] = -15,
        ["InverseRestDensity"] = 1 / 4e25,
        ["RestVacancy"] = 0.8,
        ["SpotRate"] = 1e18,
        ["InverseOnsetDrop"] = 11.8,
        ["FeedbackPerDensity"] = 1e-16,
        ["TrapDensity"] = 8e25,
        ["CaptureCoefficient"] = 1e-17,
        ["ReleaseRate"] = 1e8,
        ["LoweringPerRootField"] = 5.2e-5,
        ["LargestLowering"] = 0.2,
        ["InverseRestTrapOdds"] = 3,
        ["HopsPerTwoLengths"] = 1.4,
        ["InverseThermalVoltage"] = 38.7,
        ["Conductance"] = 1e-20,
        ["AttemptFrequency"] = 1e13,
        ["ActivationEnergy"] = 0.6,
        ["areaOverLength"] = 1e-7,
        ["chargePerDensity"] = 1e-47,
        ["Permittivity"] = 3.5e-11,
        ["FixedChargeDensity"] = 4e25,
        ["Mobility"] = 1e-25,
        ["Background"] = 1e23,
        ["InverseThreshold"] = 1e-24,
        ["ExcessExponent"] = 1,
        ["SmallestDissolved"] = 1e10,
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
        ["ProtonDensity"] = (1e24, 1.9e26),
        ["left"] = (1e24, 1.9e26),
        ["right"] = (1e24, 1.9e26),
        ["mobile"] = (1e24, 1e26),
        ["bound"] = (1e24, 7e25),
        ["field"] = (-1e9, 1e9),
        ["coverage"] = (1e-4, 0.9),
        ["Coverage"] = (1e-4, 0.9),
        ["composition"] = (1e-5, 0.5),
        ["Composition"] = (1e-5, 0.5),
        ["dissolved"] = (1e14, 2e16),
        ["Dissolved"] = (1e14, 2e16),
        ["bubbles"] = (2e13, 5e14),
        ["Bubbles"] = (2e13, 5e14),
        ["given"] = (-4e20, 8.1e20),
        ["gateVoltage"] = (-2, 2),
        ["potential"] = (-1, 0.5),
        ["drive"] = (1e-3, 1e3),
        ["excessDrop"] = (-0.2, 0.5),
        ["Drop"] = (-0.8, 0.3),
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
