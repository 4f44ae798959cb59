using System.Reflection;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>All terms, found by reflection.</summary>
public class TermDerivativeTests
{
    public static TheoryData<string> Methods => new(TermMethod.All.Select(m => m.Name));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Duals_have_the_derivatives_of_the_plain_numbers(string name)
    {
        TermMethod method = TermMethod.All.Single(m => m.Name == name);
        var random = new Random(7);
        string[] arguments = method.Arguments;
        Assert.NotEmpty(arguments);
        for (int switches = 0; switches < method.SwitchCount; switches++)
            for (int sample = 0; sample < 4; sample++)
            {
                double[] x = [.. arguments.Select(a => TermSamples.Argument(a, random))];
                (double Value, double[] Slope)[] exact = method.Exact(x, switches);
                Assert.Equal(method.Plain(x, switches).Length, exact.Length);
                for (int k = 0; k < x.Length; k++)
                {
                    int argument = k;
                    double[] slope = Richardson.Derivative(
                        value => method.Plain([.. x.Select((old, i) => i == argument ? value : old)], switches),
                        x[k], 1e-3 * Math.Abs(x[k]));
                    for (int r = 0; r < slope.Length; r++)
                    {
                        // A term that is nearly constant has its derivative only to the rounding of its value.
                        double size = Math.Max(Math.Abs(exact[r].Slope[k] * x[k]), 1e-3 * Math.Abs(exact[r].Value));
                        double error = Math.Abs(slope[r] - exact[r].Slope[k]) * Math.Abs(x[k]);
                        Assert.True(error <= 1e-8 * size,
                            $"result {r} by {arguments[k]}: {exact[r].Slope[k]:r}, by differences {slope[r]:r}; switches {switches}, at "
                                + $"{string.Join(", ", x)}");
                    }
                }
            }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Duals_have_the_values_of_the_plain_numbers(string name)
    {
        TermMethod method = TermMethod.All.Single(m => m.Name == name);
        var random = new Random(8);
        for (int switches = 0; switches < method.SwitchCount; switches++)
        {
            double[] x = [.. method.Arguments.Select(a => TermSamples.Argument(a, random))];
            double[] plain = method.Plain(x, switches);
            double[] dual = [.. method.Exact(x, switches).Select(r => r.Value)];
            Assert.Equal(plain, dual, (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Abs(a) + 1e-300);
        }
    }

    [Fact]
    public void Every_public_type_of_the_terms_has_a_test_of_its_own_identity()
    {
        Type[] covered =
        [
            .. typeof(TermDerivativeTests).Assembly.GetTypes().SelectMany(t => t.GetMethods())
                .SelectMany(m => m.GetCustomAttributes<CoversAttribute>()).SelectMany(a => a.Terms).Distinct(),
        ];
        // What only carries numbers has nothing to prove.
        Type[] terms = [.. TermMethod.PublicTypes.Where(t => t.IsValueType && t.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Any(m => m.IsGenericMethodDefinition))];
        Assert.NotEmpty(terms);
        Assert.Empty(terms.Except(covered).Select(t => t.Name));
    }
}
