using FvSolver.Cases.Sampling;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace FvSolver.Cases.Studies;

/// <summary>Numbers of pulses that virtual devices last, and the Weibull distribution that fits them.</summary>
/// <param name="Pulses">Number of pulses until the first nucleus of each device, in order.</param>
/// <param name="Shape">Shape of the fitted distribution.</param>
/// <param name="Scale">Its scale, pulses.</param>
internal sealed record FailureTimes(double[] Pulses, double Shape, double Scale)
{
    /// <summary>Devices that differ in their surface tension, each with a nucleus at a random moment.</summary>
    /// <remarks>
    /// A device whose trains of <paramref name="count"/> pulses have the hazard H lasts -ln(u) count/H pulses, u even between 0 and 1. The
    /// line ln(-ln(1 - F)) over ln of the pulses is fitted to median ranks F = (i - 0.3)/(n + 0.4) (Benard
    /// and Bos-Levenbach, Stat. Neerl. 7, 163 (1953)).
    /// </remarks>
    /// <param name="train">The train.</param>
    /// <param name="count">Number of its pulses.</param>
    /// <param name="tension">Median surface tension [J/m^2].</param>
    /// <param name="spread">Standard deviation of its logarithm.</param>
    /// <param name="devices">Number of devices.</param>
    /// <param name="seed">Seed.</param>
    public static FailureTimes Draw(GasTrainResult train, int count, double tension, double spread, int devices, int seed)
    {
        double[] pulses =
        [
            .. Enumerable.Range(0, devices).Select(i =>
            {
                double own = tension * Math.Exp(spread * Normal.InvCDF(0, 1, new CounterRandom(seed, i, 0).NextUnit()));
                return -Math.Log(new CounterRandom(seed, i, 1).NextUnit()) * count / train.HazardAt(own);
            }).Order(),
        ];
        (double intercept, double shape) = Fit.Line([.. pulses.Select(t => Math.Log(t))], [.. Ranks(devices)]);
        return new(pulses, shape, Math.Exp(-intercept / shape));
    }

    /// <summary>ln(-ln(1 - F)) of each device by its rank.</summary>
    public IEnumerable<double> Ordinates => Ranks(Pulses.Length);

    private static IEnumerable<double> Ranks(int devices) =>
        Enumerable.Range(1, devices).Select(i => Math.Log(-Math.Log(1 - (i - 0.3) / (devices + 0.4))));
}
