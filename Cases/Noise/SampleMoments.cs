namespace FvSolver.Cases.Noise;

/// <summary>Moments of a sample with their standard errors.</summary>
public sealed record SampleMoments
{
    /// <summary>Moments of numbers that are independent of each other.</summary>
    public SampleMoments(IReadOnlyList<double> sample)
    {
        Count = sample.Count;
        Mean = sample.Average();
        double second = 0, third = 0, fourth = 0;
        foreach (double x in sample)
        {
            double d = x - Mean, square = d * d;
            (second, third, fourth) = (second + square, third + square * d, fourth + square * square);
        }
        Variance = second / Math.Max(1, Count - 1);
        double variance = second / Count;
        Skew = variance > 0 ? third / Count / Math.Pow(variance, 1.5) : 0;
        // The variance of a sample's variance is (mu_4 - sigma^4)/n to first order.
        VarianceError = Math.Sqrt(Math.Max(0, fourth / Count - variance * variance) / Count);
    }

    /// <summary>Size of the sample.</summary>
    public int Count { get; }

    /// <summary>Mean.</summary>
    public double Mean { get; }

    /// <summary>Its standard error.</summary>
    public double MeanError => Deviation / Math.Sqrt(Count);

    /// <summary>Variance.</summary>
    public double Variance { get; }

    /// <summary>Its standard error.</summary>
    public double VarianceError { get; }

    /// <summary>Standard deviation.</summary>
    public double Deviation => Math.Sqrt(Variance);

    /// <summary>Its standard error.</summary>
    public double DeviationError => Variance > 0 ? VarianceError / (2 * Deviation) : 0;

    /// <summary>Skewness.</summary>
    public double Skew { get; }

    /// <summary>Variance over the size of the mean (Fano factor).</summary>
    public double Fano => Variance / Math.Abs(Mean);

    /// <summary>Its standard error; that of the mean adds hardly anything.</summary>
    public double FanoError => Math.Sqrt(VarianceError * VarianceError / (Mean * Mean) + Math.Pow(Fano * MeanError / Mean, 2));

    /// <summary>Correlation of neighbours within the parts of a sample.</summary>
    public static double LagOne(IEnumerable<IReadOnlyList<double>> parts, double mean)
    {
        double product = 0, square = 0;
        long pairs = 0, count = 0;
        foreach (IReadOnlyList<double> part in parts)
        {
            for (int i = 0; i < part.Count; i++)
            {
                double d = part[i] - mean;
                square += d * d;
                count++;
                if (i == 0)
                    continue;
                product += d * (part[i - 1] - mean);
                pairs++;
            }
        }
        return pairs > 0 && square > 0 ? product / pairs / (square / count) : 0;
    }
}
