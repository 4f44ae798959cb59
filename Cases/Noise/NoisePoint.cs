using FvSolver.Cases.Input;
using FvSolver.Materials;
using FvSolver.Solver.Kinetic;

namespace FvSolver.Cases.Noise;

/// <summary>One pulse in one state of one device, of which the scatter is asked.</summary>
public sealed record NoisePoint
{
    /// <summary>The device, with its temperature and thickness.</summary>
    public required Device Device { get; init; }

    /// <summary>Amplitude [V]; NaN for a hold alone.</summary>
    public required double Amplitude { get; init; }

    /// <summary>Width from base to base [s].</summary>
    public required double Width { get; init; }

    /// <summary>Rise and fall time [s].</summary>
    public required double Edge { get; init; }

    /// <summary>Time at the base voltage before the gate opens [s].</summary>
    public double Hold { get; init; }

    /// <summary>Hydrogen in WO3 over that at rest.</summary>
    public double Content { get; init; } = 1;

    /// <summary>Point charges instead of the mean field of planes; null for that field.</summary>
    public PointOptions? Points { get; init; }

    /// <summary>Side of a square cell in place of the device's area [m]; null for the device or the cell of <see cref="Points"/>.</summary>
    public double? Cell { get; init; }

    /// <summary>Times the pulses of the other points.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The pulse.</summary>
    public FilmPulse Pulse => new(Amplitude, Width, Edge, Hold);

    /// <summary>What entered through the lead to bring the channel to <see cref="Content"/>, X.</summary>
    /// <param name="area">Area of the device [m^2].</param>
    public int Entered(double area) =>
        (int)Math.Round((Content - 1) * Device.Wo3.RestComposition * Device.Wo3.SiteDensity * Device.Wo3.Thickness * area);

    /// <summary>The point in a few words.</summary>
    public override string ToString() => string.Join(", ",
        ((string[])[
            double.IsNaN(Amplitude) ? "hold" : QuantityText.Format(Amplitude, "V"),
            QuantityText.Format(double.IsNaN(Amplitude) ? Hold : Width, "s"),
            QuantityText.Format(Device.Heat.AmbientTemperature, "K"),
            QuantityText.Format(Device.Psg.Thickness, "m"),
            Content == 1 ? "" : $"{QuantityText.Format(Content, "1")} x base",
        ]).Where(s => s.Length > 0));
}

/// <summary>How much is simulated, and how.</summary>
public sealed record NoiseSettings
{
    /// <summary>Pulses of each point.</summary>
    public int Pulses { get; init; } = 10_000;

    /// <summary>Time with the gate open between pulses, event by event [s]; NaN draws the equilibrium instead.</summary>
    public double Rest { get; init; } = double.NaN;

    /// <summary>Seed of all random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads; 0 takes one per core.</summary>
    public int Workers { get; init; }

    /// <summary>Limits and deliberate mistakes; null for none.</summary>
    public KineticOptions? Options { get; init; }

    /// <summary>Area that is simulated over the device's.</summary>
    public double AreaFactor { get; init; } = 1;

    /// <summary>What ends the film.</summary>
    public FilmEnds Ends { get; init; } = FilmEnds.Reactions;
}
