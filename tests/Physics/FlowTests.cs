using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Physics;
using Xunit;

namespace FvSolver.Tests.Physics;

/// <summary>All flows along an edge, found by reflection with all their options, and values of some worked out by hand.</summary>
public class FlowTests
{
    private static readonly Device Plain = CalibrationRules.Resolve(new());

    private static readonly Device[] s_devices =
    [
        Plain,
        CalibrationRules.Resolve(new()
        {
            Psg = new() { FixedChargeDensity = 4e25, SiteDensity = 2e26 },
            Wo3 = new()
            {
                SpaceCharge = true,
                Statistics = ElectronStatisticsLaw.FermiDirac,
                InteractionPotential = 0.5,
                DiffusionLaw = DiffusionLaw.Thermodynamic,
            },
        }),
    ];

    private static readonly Dictionary<string, Type> s_flows =
        (from type in TermMethod.PublicTypes
         where type.IsValueType && type.GetInterfaces().Any(i => i.Name == typeof(IEdgeFlow<>).Name)
         from arguments in type.GetGenericArguments().Aggregate((Type[][])[[]], (all, parameter) =>
             [.. all.SelectMany(chosen => Options(parameter.Name).Select(option => (Type[])[.. chosen, option]))])
         select type.MakeGenericType(arguments)).ToDictionary(
            t => $"{t.Name}<{string.Join(", ", t.GenericTypeArguments.Select(a => a.Name))}>");

    public static TheoryData<string> Flows => [.. s_flows.Keys];

    private static Type[] Options(string parameter) => parameter switch
    {
        "P" => [typeof(Scalar)],
        "TLimit" => [typeof(NoSiteLimit), typeof(SiteLimit)],
        "THeat" => [typeof(Isothermal), typeof(Warm)],
        "TField" => [typeof(FieldAlong), typeof(FieldAround)],
        "TLaw" => [.. Enum.GetNames<HopLaw>().Select(name =>
            TermMethod.PublicTypes.Single(t => t.Name == $"{name}Hop`1").MakeGenericType(typeof(Scalar)))],
        _ => throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "Unknown option of a flow."),
    };

    [Theory]
    [MemberData(nameof(Flows))]
    public void Slopes_are_the_derivatives_of_the_flow(string name)
    {
        Type type = s_flows[name];
        string[] arguments = ["left", "right", "drop", "inverseThermalVoltage", "across"];
        var random = new Random(5);
        foreach (Device device in s_devices)
            for (int sample = 0; sample < 3; sample++)
            {
                var flow = (IEdgeFlow<Scalar>)TermMethod.Build(type, device);
                double[] x = [.. arguments[..4].Select(a => TermSamples.Argument(a, random)), TermSamples.Parameter("Across")];
                EdgeFactors<Scalar> Edge(double across) => new(new(2e-20), new(1.4), new(across));
                double At(double[] y) =>
                    flow.Evaluate<Scalar>(new(y[0]), new(y[1]), new(y[2]), new(y[3]), Edge(y[4]));
                double value = flow.Evaluate(
                    new(x[0]), new(x[1]), new(x[2]), new(x[3]), Edge(x[4]), out FlowSlopes<Scalar> slopes);
                Assert.Equal(1, value / At(x), 1e-12);
                double[] given = [slopes.ByLeft, slopes.ByRight, slopes.ByDrop, slopes.ByInverse, slopes.ByAcross];
                for (int k = 0; k < x.Length; k++)
                {
                    // Only where temperature varies is that by q/kT given.
                    if (k == 3 && !type.GenericTypeArguments.Contains(typeof(Warm)))
                        continue;
                    double slope = Richardson.Derivative(
                        v => [At([.. x.Select((old, i) => i == k ? v : old)])], x[k], 1e-3 * Math.Abs(x[k]))[0];
                    double size = Math.Max(Math.Abs(slope * x[k]), 1e-3 * Math.Abs(value));
                    Assert.True(Math.Abs(slope - given[k]) * Math.Abs(x[k]) <= 1e-8 * size,
                        $"by {arguments[k]}: {given[k]:r}, by differences {slope:r}; at {string.Join(", ", x)}");
                }
            }
    }

    [Fact]
    public void Hops_go_by_the_whole_field_also_where_the_edge_runs_across_it()
    {
        const double left = 3e25, right = 1e25, drop = 0.03, inverse = 38, hops = 1.4, across = 2e-3, conductance = 2e-20;
        var law = HoppingFlux<Scalar, SinhHop<Scalar>, NoSiteLimit, Isothermal, FieldAround>.Of(Pack.One(Plain), Plain);
        static double Bernoulli(double v) => v / (Math.Exp(v) - 1);
        double u = drop * inverse, x = Math.Sqrt(u * u * hops * hops + across * inverse * inverse);
        double expected = Math.Sinh(x) / x * (Bernoulli(-u) * left - Bernoulli(u) * right) * conductance;
        double flux = law.Evaluate<Scalar>(
            new(left), new(right), new(drop), new(inverse), new(new(conductance), new(hops), new(across)));
        Assert.Equal(1, flux / expected, 1e-12);
    }

    [Fact]
    public void Inserted_hydrogen_diffuses_by_Fick_and_faster_where_it_is_warm()
    {
        const double inverse = 33, left = 3e26, right = 1e26;
        Pack<Scalar> pack = Pack.One(Plain);
        var fixedRate = InsertionDiffusion<Scalar, Isothermal>.Of(pack, Plain);
        var warm = InsertionDiffusion<Scalar, Warm>.Of(pack, Plain);
        EdgeFactors<Scalar> edge = new(new(2e-6), default);
        double warmer = Math.Exp(Plain.Wo3.DiffusionActivationEnergy
            * (1 / Constants.ThermalVoltage(Plain.Heat.ReferenceTemperature) - inverse));
        Assert.InRange(warmer, 1.5, 100);
        double fick = Plain.Wo3.Diffusivity * (left - right) * 2e-6;
        Assert.Equal(1, fixedRate.Evaluate<Scalar>(new(left), new(right), default, new(inverse), edge) / fick, 1e-12);
        Assert.Equal(1, warm.Evaluate<Scalar>(new(left), new(right), default, new(inverse), edge) / (fick * warmer), 1e-12);
        Assert.Equal(1, fixedRate.Mobility<Scalar>(new(0.1), new(inverse)) / Plain.Wo3.Diffusivity, 1e-12);
        Assert.Equal(1, warm.Mobility<Scalar>(new(0.1), new(inverse)) / (Plain.Wo3.Diffusivity * warmer), 1e-12);
        Device thermodynamic = Plain with { Wo3 = Plain.Wo3 with { DiffusionLaw = DiffusionLaw.Thermodynamic } };
        bool[] linear = [fixedRate.IsLinear, warm.IsLinear, InsertionDiffusion<Scalar, Isothermal>.Of(pack, thermodynamic).IsLinear];
        Assert.Equal([true, false, false], linear);
    }
}
