using FvSolver.Cases.Compact.Model;
using FvSolver.Cases.Noise;
using FvSolver.Materials;
using FvSolver.Solver.Observe;

namespace FvSolver.Cases.Compact;

/// <summary>A figure of the scatter of a step as it is handed out.</summary>
/// <param name="Name">Name.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Meaning">Meaning, in words.</param>
/// <param name="Value">Value [unit].</param>
/// <param name="StandardError">Standard error [unit]; null for a closed form.</param>
/// <param name="Kind">Kind: it follows from the model, nothing is fitted to it.</param>
/// <param name="Origin">Where it comes from, in words.</param>
public sealed record CompactScatter(
    string Name, string Unit, string Meaning, double Value, double? StandardError, FigureKind Kind, string Origin);

/// <summary>Scatter of the steps of an update curve, at the middle of its range of conductance.</summary>
/// <param name="Up">Pulses up.</param>
/// <param name="Down">Pulses down.</param>
public sealed record UpdateNoise(StepNoise Up, StepNoise Down)
{
    /// <summary>Deviation over the mean step, for formats with one number for both directions: root of the mean square.</summary>
    public double Relative => double.Hypot(Up.Relative, Down.Relative) / Math.Sqrt(2);

    /// <summary>Deviation of a step in the middle of the range, for formats with one conductance for both directions [S].</summary>
    public double Conductance(UpdateCurve curve)
    {
        double middle = (curve.Min + curve.Max) / 2;
        return double.Hypot(Up.Relative * curve.StepUp(middle), Down.Relative * curve.StepDown(middle)) / Math.Sqrt(2);
    }

    /// <summary>Simulates the device proton by proton; the closed form stands in where that lacks one of its laws.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="table">Compact model of the device: it knows the hydrogen in the middle of the curve.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="pulses">Pulses of each direction.</param>
    public static UpdateNoise Of(Device device, CompactParameterTable table, UpdateCurve curve, int pulses = 4000)
    {
        CompactGeometry geometry = table.Geometry;
        double content = new CompactModel(table.Values()).CompositionAt((curve.Min + curve.Max) / 2, geometry.Length, geometry.Width);
        StepNoise Direction(double amplitude)
        {
            try
            {
                return StepNoise.Of(device, amplitude, curve.Width, device.Gate.EdgeTime, device.Gate.HoldTime, content, pulses);
            }
            catch (NotSupportedException e)
            {
                double mean = Math.Sign(amplitude - device.Gate.RestVoltage) * curve.ProtonsPerPulse;
                StepNoise closed = StepNoise.ClosedForm(device, amplitude, mean);
                return closed with { Origin = $"{closed.Origin}. {e.Message}" };
            }
        }
        return new(Direction(curve.UpAmplitude), Direction(curve.DownAmplitude));
    }

    /// <summary>All figures.</summary>
    public IReadOnlyList<CompactScatter> Figures => [.. Figure("up", Up), .. Figure("down", Down)];

    private static IEnumerable<CompactScatter> Figure(string way, StepNoise noise)
    {
        CompactScatter Row(string name, string meaning, double value, double error) =>
            new($"{name}_{way}", "1", $"{meaning}, pulses {way}", value, error > 0 ? error : null, FigureKind.Follows, noise.Origin);
        yield return Row("protons", "mean charge of a step in protons", noise.Mean, noise.MeanError);
        yield return Row("pulse_scatter", "standard deviation of the pulse alone in protons", noise.PulseDeviation, noise.PulseError);
        yield return Row(
            "reset_scatter", "standard deviation that opening the gate adds in protons", noise.ResetDeviation, noise.ResetError);
        yield return Row("step_scatter", "both in quadrature over the size of the mean", noise.Relative, noise.RelativeError);
    }
}
