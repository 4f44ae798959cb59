using FvSolver.Cases.Fits;
using FvSolver.Cases.Fits.Calibration;
using Xunit;

namespace FvSolver.Tests.Fits;

public class RivalTests
{
    /// <summary>For a linear model with Gaussian errors Laplace's approximation is exact: the integral is done here by summation.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(2.0)]
    public void The_evidence_of_a_linear_model_is_the_integral_over_its_prior(double priorSigma)
    {
        CalibrationTarget[] targets = [new("one", 1.2, 0.1, "1", ""), new("two", 2.1, 0.2, "1", "")];
        CalibrationParameter[] parameters = [new("psg.hop_distance", "1", 1, -20, 20) { Prior = new GaussianPrior(0.5, priorSigma) }];
        CalibrationResult result = new Calibrator(parameters, targets, (p, _) => new Dictionary<string, double>
        {
            ["one"] = p["psg.hop_distance"],
            ["two"] = 2 * p["psg.hop_distance"],
        }).Run(new FitOptions());
        double Density(double p) => Math.Exp(-(Math.Pow((p - 1.2) / 0.1, 2) + Math.Pow((2 * p - 2.1) / 0.2, 2)
            + Math.Pow((p - 0.5) / priorSigma, 2)) / 2)
            / (priorSigma * Math.Sqrt(2 * Math.PI));
        const double h = 1e-4;
        double exact = Math.Log(Enumerable.Range(-20000, 60000).Sum(i => Density(i * h) * h));
        Assert.Equal(exact, new Rival("linear", parameters, result, new Dictionary<string, double>()).LogEvidence, 1e-4);
    }
}
