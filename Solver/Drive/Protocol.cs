namespace FvSolver.Solver.Drive;

/// <summary>One step of what is done to the gate; steps follow each other.</summary>
public abstract record ProtocolStep;

/// <summary>
/// Trapezoidal voltage pulses, each from the present gate voltage and back to it; the source then holds the gate there before it opens.
/// </summary>
public sealed record PulseTrain : ProtocolStep
{
    /// <summary>Amplitudes [V]; pulse k uses entry k modulo the length.</summary>
    public required IReadOnlyList<double> Amplitudes { get; init; }

    /// <summary>Widths from base to base [s]; pulse k uses entry k modulo the length.</summary>
    public required IReadOnlyList<double> Widths { get; init; }

    /// <summary>Rise and fall time [s]; null takes the device's.</summary>
    public double? Edge { get; init; }

    /// <summary>Time at the base voltage after the falling edge, before the gate opens [s]; null takes the device's.</summary>
    public double? Hold { get; init; }

    /// <summary>Number of pulses, or the largest number when <see cref="Until"/> is given.</summary>
    public required int Count { get; init; }

    /// <summary>Time with the gate open after each pulse [s]; the read is at its end.</summary>
    public double Rest { get; init; } = 1;

    /// <summary>Ends the train after the first pulse at whose read it holds; null runs all pulses.</summary>
    public StopCondition? Until { get; init; }

    /// <summary>Amplitude [V] and width [s] of a pulse, counted from 0.</summary>
    public (double Amplitude, double Width) PulseAt(int k) => (Amplitudes[k % Amplitudes.Count], Widths[k % Widths.Count]);
}

/// <summary>Gate open for a time [s].</summary>
public sealed record Rest(double Duration) : ProtocolStep;

/// <summary>Gate voltage ramped from its present value and then held by the voltage source.</summary>
/// <param name="Voltage">Voltage held [V].</param>
/// <param name="Duration">Time at the voltage after the ramp [s].</param>
/// <param name="Edge">Time of the ramp [s]; null takes the device's edge time.</param>
public sealed record Hold(double Voltage, double Duration, double? Edge = null) : ProtocolStep;

/// <summary>Constant current into the gate for a time.</summary>
/// <param name="Current">Current, positive into the gate [A].</param>
/// <param name="Duration">Time [s].</param>
public sealed record CurrentPulse(double Current, double Duration) : ProtocolStep;

/// <summary>Piecewise linear voltage of a source that can let go of the gate; at its end the gate opens.</summary>
/// <remarks>
/// At a time marked <see cref="Open"/> the gate opens; until then the source holds the voltage before. The next voltage connects the
/// source again: it takes the gate from where it floats to that voltage by a ramp of the device's edge time, which ends at the time given.
/// </remarks>
/// <param name="Times">Increasing times from the start of the step [s], the first 0.</param>
/// <param name="Voltages">
/// Voltage at each time [V], or <see cref="Open"/>; the first is reached by a ramp of the device's edge time before the step when it
/// differs from the present one.
/// </param>
public sealed record VoltageTable(IReadOnlyList<double> Times, IReadOnlyList<double> Voltages) : ProtocolStep
{
    /// <summary>Stands for a voltage where the gate is open.</summary>
    public const double Open = double.NaN;

    /// <summary>The voltage that pulses in the table are seen from [V]: of its first and last the one nearer to that of the gate.</summary>
    /// <param name="gate">Gate voltage before the table [V].</param>
    internal double Base(double gate)
    {
        double[] driven = [.. Voltages.Where(v => !double.IsNaN(v))];
        return driven.Length > 0 && Math.Abs(driven[0] - gate) > Math.Abs(driven[^1] - gate) ? driven[^1] : driven.FirstOrDefault(gate);
    }

    /// <summary>The pieces between the times of the table, in order.</summary>
    /// <param name="edge">Time of the ramp by which the source meets the gate [s].</param>
    public IEnumerable<VoltagePiece> Pieces(double edge)
    {
        for (int i = 1; i < Times.Count; i++)
        {
            (double from, double to, double duration) = (Voltages[i - 1], Voltages[i], Times[i] - Times[i - 1]);
            if (!double.IsNaN(from))
            {
                yield return new(from, double.IsNaN(to) ? from : to, duration);
                continue;
            }
            double ramp = double.IsNaN(to) ? 0 : edge;
            yield return new(null, null, duration - ramp);
            if (ramp > 0)
                yield return new(null, to, ramp);
        }
    }
}

/// <summary>A linear piece of a <see cref="VoltageTable"/>.</summary>
/// <param name="From">Voltage at its start [V]; null where the gate stands.</param>
/// <param name="To">Voltage at its end [V]; null while the gate is open.</param>
/// <param name="Duration">Length [s].</param>
public readonly record struct VoltagePiece(double? From, double? To, double Duration);

/// <summary>Drain ramped to a voltage under an open gate, held and ramped back: a read that takes its time.</summary>
/// <param name="Voltage">Voltage of the drain [V].</param>
/// <param name="Duration">Time at the voltage [s].</param>
/// <param name="Edge">Time of each ramp [s]; null takes the device's edge time.</param>
public sealed record DrainBias(double Voltage, double Duration, double? Edge = null) : ProtocolStep;

/// <summary>Steps done several times over.</summary>
public sealed record Repeat(int Count, IReadOnlyList<ProtocolStep> Steps) : ProtocolStep;

/// <summary>What a bound of <see cref="StopCondition"/> is on.</summary>
public enum StopQuantity
{
    /// <summary>Conductance of the channel [S].</summary>
    Conductance,

    /// <summary>Mean composition of the channel [1].</summary>
    Composition,
}

/// <summary>A bound that ends a train when it is reached.</summary>
/// <param name="Quantity">What is compared.</param>
/// <param name="Bound">The bound [S or 1].</param>
/// <param name="Above">True to stop at or above the bound, false at or below.</param>
public sealed record StopCondition(StopQuantity Quantity, double Bound, bool Above)
{
    /// <summary>True when a value of the quantity ends the train.</summary>
    public bool IsReached(double value) => Above ? value >= Bound : value <= Bound;
}
