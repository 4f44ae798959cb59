using MathNet.Numerics.Distributions;

namespace FvSolver.Cases.Sweeps;

/// <summary>How a sampled parameter is spread.</summary>
public abstract record Distribution
{
    /// <summary>Value at a cumulative probability in (0, 1).</summary>
    public abstract double Quantile(double probability);
}

/// <summary>Normal spread.</summary>
/// <param name="Mean">Mean [unit].</param>
/// <param name="Sigma">Standard deviation [unit].</param>
public sealed record NormalSpread(double Mean, double Sigma) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double probability) => Normal.InvCDF(Mean, Sigma, probability);
}

/// <summary>Lognormal spread.</summary>
/// <param name="Median">Median [unit].</param>
/// <param name="Sigma">Standard deviation of the logarithm.</param>
public sealed record LognormalSpread(double Median, double Sigma) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double probability) => Median * Math.Exp(Normal.InvCDF(0, Sigma, probability));
}

/// <summary>Uniform spread.</summary>
/// <param name="From">Lower end [unit].</param>
/// <param name="To">Upper end [unit].</param>
public sealed record UniformSpread(double From, double To) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double probability) => From + (To - From) * probability;
}

/// <summary>Spread that is uniform in the logarithm.</summary>
/// <param name="From">Lower end, positive [unit].</param>
/// <param name="To">Upper end [unit].</param>
public sealed record LogUniformSpread(double From, double To) : Distribution
{
    /// <inheritdoc/>
    public override double Quantile(double probability) => From * Math.Pow(To / From, probability);
}
