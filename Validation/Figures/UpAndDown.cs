using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;
using FvSolver.Validation.Devices;

namespace FvSolver.Validation.Figures;

/// <summary>Fig. 2A run: pulses up, then as many down, with a read after each.</summary>
/// <param name="Conductance">Conductance before the first pulse and after each rest [S].</param>
/// <param name="Given">Protons given by Pd, in the same order.</param>
/// <param name="ProtonEnergy">Proton energy of each pulse [J].</param>
/// <param name="CapacitiveEnergy">C V^2 of each pulse [J].</param>
/// <param name="Up">Number of pulses up.</param>
/// <param name="ChargeImbalance">Charge that is not accounted for at the end [C].</param>
/// <param name="ProtonImbalance">Protons that are not accounted for at the end.</param>
internal sealed record UpAndDown(
    double[] Conductance, double[] Given, double[] ProtonEnergy, double[] CapacitiveEnergy, int Up, double ChargeImbalance,
    double ProtonImbalance)
{
    /// <summary>Runs 1000 pulses of +10 V and 5 ns, then 1000 of the amplitude down.</summary>
    public static UpAndDown Measure(Device device, double amplitudeDown = -8.5, int count = 1000, CancellationToken cancel = default)
    {
        var sample = new VirtualDevice(device);
        List<double> conductance = [sample.Readout.Conductance], given = [0], proton = [], capacitive = [];
        for (int i = 0; i < 2 * count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var (_, _, energy) = sample.Pulse(i < count ? 10 : amplitudeDown, 5e-9);
            conductance.Add(sample.Readout.Conductance);
            given.Add(sample.Inventory.Given);
            proton.Add(energy.Proton);
            capacitive.Add(energy.Capacitive);
        }
        return new([.. conductance], [.. given], [.. proton], [.. capacitive], count, sample.Inventory.ChargeImbalance,
            sample.Inventory.ProtonImbalance);
    }

    /// <summary>Lowest and highest conductance on the way up [S].</summary>
    public (double Low, double High) Range => (Conductance[..(Up + 1)].Min(), Conductance[..(Up + 1)].Max());

    /// <summary>Step of each pulse [S].</summary>
    public double[] Steps => [.. Conductance.Skip(1).Select((g, i) => g - Conductance[i])];

    /// <summary>Largest deviation of a step down from the step up at equal conductance, over the middle 90 % of the range.</summary>
    public double Asymmetry
    {
        get
        {
            double[] steps = Steps;
            (double low, double high) = Range;
            double worst = 0;
            for (int i = Up; i < 2 * Up; i++)
            {
                double g = (Conductance[i] + Conductance[i + 1]) / 2;
                if (g < low + 0.05 * (high - low) || g > high - 0.05 * (high - low))
                    continue;
                int k = 0;
                while (k < Up - 1 && (Conductance[k] + Conductance[k + 1]) / 2 < g)
                    k++;
                worst = Math.Max(worst, Math.Abs(-steps[i] / steps[k] - 1));
            }
            return worst;
        }
    }

    /// <summary>What is left at the end, as a share of the range.</summary>
    public double Remainder => (Conductance[^1] - Conductance[0]) / (Range.High - Range.Low);
}
