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

    /// <summary>
    /// Two parameters, one flat in its logarithm and one with a prior, and two data that are linear in ln a and b: a Gaussian about the
    /// prior's mean, with the covariance of errors and prior, integrated over ln a. With a prior of another width the number is another.
    /// </summary>
    [Fact]
    public void The_evidence_of_two_parameters_is_that_known_on_paper()
    {
        const double priorSigma = 0.5, s1 = 0.1, s2 = 0.2, lower = 1e-3, upper = 1e3;
        double d1 = Math.Log(2) + 0.4, d2 = 3 * Math.Log(2) - 0.4;
        CalibrationTarget[] targets = [new("one", d1, s1, "1", ""), new("two", d2, s2, "1", "")];
        CalibrationParameter[] parameters =
        [
            new("a", "1", 1, lower, upper) { LogScale = true },
            new("b", "1", 0.1, -20, 20) { Prior = new GaussianPrior(0.1, priorSigma) },
        ];
        double Evidence(IReadOnlyList<CalibrationParameter> given) => new Rival("linear", given, new Calibrator(given, targets, (p, _) =>
            new Dictionary<string, double> { ["one"] = Math.Log(p["a"]) + p["b"], ["two"] = 3 * Math.Log(p["a"]) - p["b"] })
            .Run(new FitOptions()), new Dictionary<string, double>()).LogEvidence;

        // Data less the prior's mean: rows (1, 3) of ln a, covariance of the rest; the integral over ln a of a Gaussian in two data.
        double v11 = s1 * s1 + priorSigma * priorSigma, v22 = s2 * s2 + priorSigma * priorSigma, v12 = -priorSigma * priorSigma;
        double det = v11 * v22 - v12 * v12, r1 = d1 - 0.1, r2 = d2 + 0.1;
        double Product(double a1, double a2, double b1, double b2) =>
            (a1 * b1 * v22 - (a1 * b2 + a2 * b1) * v12 + a2 * b2 * v11) / det;
        double aa = Product(1, 3, 1, 3), ar = Product(1, 3, r1, r2), rr = Product(r1, r2, r1, r2);
        // Density of the data, without the factor 1/(2 pi s1 s2) that rivals share.
        double exact = Math.Log(s1 * s2 / Math.Sqrt(det)) + Math.Log(2 * Math.PI / aa) / 2 - (rr - ar * ar / aa) / 2
            - Math.Log(Math.Log(upper / lower));
        Assert.Equal(exact, Evidence(parameters), 1e-6);
        double wider = Evidence([parameters[0], parameters[1] with { Prior = new GaussianPrior(0.1, 2 * priorSigma) }]);
        Assert.True(Math.Abs(wider - exact) > 0.3);
    }

    /// <summary>A parameter that the data push over its bound: the integral over the inside is summed here, in any unit.</summary>
    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(-2.2, 1)]
    [InlineData(0.9, 1e9)]
    public void A_parameter_on_its_bound_counts_with_the_volume_inside(double datum, double unit)
    {
        CalibrationTarget[] targets = [new("one", datum, 0.1, "1", ""), new("two", 0.5, 0.2, "1", "")];
        CalibrationParameter[] parameters =
        [
            new("a", "1", 2 * unit, unit, 3 * unit) { Prior = new GaussianPrior(1.5 * unit, unit) },
            new("b", "1", 0.2, -20, 20) { Prior = new GaussianPrior(0, 1) },
        ];
        CalibrationResult result = new Calibrator(parameters, targets, (p, _) => new Dictionary<string, double>
        {
            ["one"] = p["a"] / unit,
            ["two"] = 0.4 * p["a"] / unit + p["b"],
        }).Run(new FitOptions());
        Assert.True(result.Fit["a"].Held);
        double exact = 0;
        const double ha = 1e-4, hb = 5e-3;
        for (double a = 1 + ha / 2; a < 2; a += ha)
            for (double b = -2; b < 2; b += hb)
                exact += ha * hb * Math.Exp(-(Math.Pow((a - datum) / 0.1, 2) + Math.Pow((0.4 * a + b - 0.5) / 0.2, 2)
                    + Math.Pow(a - 1.5, 2) + b * b) / 2) / (2 * Math.PI);
        Assert.Equal(Math.Log(exact), new Rival("bounded", parameters, result, new Dictionary<string, double>()).LogEvidence, 1e-3);
    }
}
