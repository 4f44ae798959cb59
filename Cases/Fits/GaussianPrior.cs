namespace FvSolver.Cases.Fits;

/// <summary>What is known of a parameter before the fit; it enters as one more residual (p - mean)/sigma.</summary>
/// <param name="Mean">Expected value [unit of the parameter].</param>
/// <param name="Sigma">
/// Standard deviation [unit of the parameter]; for a parameter on a logarithmic scale that of ln p, so 0.1 means 10 %.
/// </param>
public sealed record GaussianPrior(double Mean, double Sigma);
