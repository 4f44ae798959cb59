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
/// <remarks>
/// What scatters is a number of protons, mostly that of the reset, which is the same for every step. So the deviation of a step of
/// conductance is that number times the conductance of a proton, whatever the step is.
/// </remarks>
/// <param name="Up">Pulses up.</param>
/// <param name="Down">Pulses down.</param>
/// <param name="ConductancePerProton">Conductance that a proton more in the film and the channel leaves after a long rest [S].</param>
public sealed record UpdateNoise(StepNoise Up, StepNoise Down, double ConductancePerProton)
{
    /// <summary>Deviation of a step up [S].</summary>
    public double DeviationUp => Up.Deviation * ConductancePerProton;

    /// <summary>Deviation of a step down [S].</summary>
    public double DeviationDown => Down.Deviation * ConductancePerProton;

    /// <summary>Deviation for formats with one conductance for both directions, relatively as far from either [S].</summary>
    public double Deviation => Between(DeviationUp, DeviationDown);

    /// <summary>Deviation over the step in the middle of the range, for formats with one number for
    /// both directions, as far from either.</summary>
    public double Relative(UpdateCurve curve)
    {
        double middle = (curve.Min + curve.Max) / 2;
        return Between(DeviationUp / curve.StepUp(middle), DeviationDown / curve.StepDown(middle));
    }

    /// <summary>What <see cref="Deviation"/> is too large for pulses up and too small for pulses down, over what it should be.</summary>
    public double Miss => Apart(DeviationUp, DeviationDown);

    /// <summary>The same of <see cref="Relative"/>.</summary>
    public double RelativeMiss(UpdateCurve curve)
    {
        double middle = (curve.Min + curve.Max) / 2;
        return Apart(DeviationUp / curve.StepUp(middle), DeviationDown / curve.StepDown(middle));
    }

    private static double Between(double a, double b) => 2 * a * b / (a + b);

    private static double Apart(double a, double b) => Between(a, b) / a - 1;

    /// <summary>Simulates the device proton by proton; the closed form stands in where that lacks one of its laws.</summary>
    /// <param name="device">Resolved parameters.</param>
    /// <param name="table">Compact model of the device: it knows the hydrogen in the middle of the curve.</param>
    /// <param name="curve">Update curve.</param>
    /// <param name="pulses">Pulses of each direction.</param>
    public static UpdateNoise Of(Device device, CompactParameterTable table, UpdateCurve curve, int pulses = 4000)
    {
        CompactGeometry geometry = table.Geometry;
        var model = new CompactModel(table.Values());
        double content = model.CompositionAt((curve.Min + curve.Max) / 2, geometry.Length, geometry.Width);
        CompactState less = model.Equilibrium(0.99 * content), more = model.Equilibrium(1.01 * content);
        double conductance = (model.Conductance(more, geometry.Length, geometry.Width)
            - model.Conductance(less, geometry.Length, geometry.Width))
            / ((more.Stored - less.Stored) * geometry.Area / Constants.ElementaryCharge);
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
        return new(Direction(curve.UpAmplitude), Direction(curve.DownAmplitude), conductance);
    }

    /// <summary>All figures.</summary>
    public IReadOnlyList<CompactScatter> Figures => [.. Figure("up", Up), .. Figure("down", Down)];

    private IEnumerable<CompactScatter> Figure(string way, StepNoise noise)
    {
        CompactScatter Row(string name, string meaning, double value, double error, string unit = "1") =>
            new($"{name}_{way}", unit, $"{meaning}, pulses {way}", value, error > 0 ? error : null, FigureKind.Follows, noise.Origin);
        yield return Row("protons", "mean charge of a step in protons", noise.Mean, noise.MeanError);
        yield return Row("pulse_scatter", "standard deviation of the pulse alone in protons", noise.PulseDeviation, noise.PulseError);
        yield return Row(
            "reset_scatter", "standard deviation that opening the gate adds in protons", noise.ResetDeviation, noise.ResetError);
        yield return Row("step_scatter", "both in quadrature over the size of the mean", noise.Relative, noise.RelativeError);
        yield return Row("conductance_scatter", "standard deviation of the step of conductance",
            noise.Deviation * ConductancePerProton, noise.Error * ConductancePerProton, "S");
    }
}
