using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Edges;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Physics;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.CrossSections;

/// <summary>Hops in a field that runs across the edges of the mesh.</summary>
public class CrossFieldTests
{
    public static TheoryData<HopLaw, bool, bool> Options
    {
        get
        {
            var data = new TheoryData<HopLaw, bool, bool>();
            foreach (HopLaw law in Enum.GetValues<HopLaw>())
                foreach (bool limited in new[] { false, true })
                    data.Add(law, limited, law == HopLaw.Saturating);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void The_Jacobian_knows_the_potentials_across(HopLaw law, bool limited, bool heat)
    {
        var options = new DeviceOptions { HopLaw = law, SiteLimit = limited, Heat = heat };
        Device device = options.Device();
        (DeviceSystem<Scalar> system, SparsityPattern pattern) = UniformSection.TwoColumns(device);
        UnknownLayout u = system.Layout;
        Scalar[] x = RandomState.Of(system, device, new Random(1));
        JacobianCheck.Run(system, pattern, 2e-10, x, j => system.Scale[j] > 1e3 ? 1e-3 * Math.Abs(x[j])
            : j >= u.Temperature && u.Temperature >= 0 ? 0.2 : j == u.GateCharge ? 1e-16 : 2e-3, options);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_field_drives_protons_along_itself_as_fast_as_along_an_edge(HopLaw law, bool limited, bool heat)
    {
        Device device = new DeviceOptions { HopLaw = law, SiteLimit = limited, Heat = heat }.Device();
        (double a, double thermal) = (device.Psg.HopDistance, Constants.ThermalVoltage(300));
        foreach (double field in new[] { 1e7, 3e8, 1.2e9 })
            foreach (double angle in new[] { 0.0, 0.3, 0.8, 1.5 })
            {
                const double Length = 1e-10;
                double across = Math.Pow(field * Math.Sin(angle) * a / 2, 2);
                double Flow<TField>(double along, double square)
                    where TField : struct => HopLaws.Use(law, new FlowOf<TField>(
                        device, limited, along * Length, 1 / thermal, new(new(1), new(a / (2 * Length)), new(square))));
                Assert.Equal(1, Flow<FieldAround>(field * Math.Cos(angle), across) / (Math.Cos(angle) * Flow<FieldAlong>(field, 0)), 1e-9);
            }
    }

    [Fact]
    public void The_field_across_is_exact_for_a_uniform_field_beside_corners_too()
    {
        Device device = new DeviceOptions().Device();
        Rectangle[] rectangles =
        [
            new("psg", MaterialKind.Electrolyte, 0, 10e-9, 0, 10e-9),
            new("channel", MaterialKind.Channel, 0, 10e-9, 10e-9, 14e-9),
            new("gate", MaterialKind.GateMetal, 0, 4e-9, 0, 3e-9),
        ];
        ControlVolumeMesh mesh = CrossSectionMesh.Build(
            new() { Rectangles = rectangles, Depth = 50e-9, CompactLayer = device.Psg.SternThickness },
            new LineGrading { MaxSize = 3e-9, Growth = 1.4, FineLines = [new(4e-9, 0.3e-9)] },
            new LineGrading { MaxSize = 2e-9, Growth = 1.3, FineLines = [new(3e-9, 0.2e-9)] });
        var context = new AssemblyContext<Scalar>([new(device, mesh)], new UnknownLayout(mesh, device), hasLedger: false);
        EdgeSet edges = EdgeSet.Within(mesh, context.U, MaterialKind.Electrolyte);
        const double AlongX = 3e8, Down = 7e8;
        var x = new Scalar[context.U.Size];
        for (int i = 0; i < context.U.PsgNodes.Length; i++)
            x[context.U.Potential + i] = new(-AlongX * mesh.X[context.U.PsgNodes[i]] - Down * mesh.Z[context.U.PsgNodes[i]]);
        var cross = new CrossField<Scalar>(context, edges);
        cross.Update(x);
        for (int e = 0; e < edges.Count; e++)
        {
            double component = mesh.X[edges.LeftMesh[e]] == mesh.X[edges.RightMesh[e]] ? AlongX : Down;
            double expected = Math.Pow(component * device.Psg.HopDistance / 2, 2);
            Assert.Equal(1, cross.Squares[e] / expected, 1e-12);
        }
    }

    private sealed record FlowOf<TField>(
        Device Device, bool Limited, double Drop, double Inverse, EdgeFactors<Scalar> Edge) : IHopLawUse<Scalar, double>
        where TField : struct
    {
        public double With<TLaw>()
            where TLaw : struct, IHopLaw<TLaw, Scalar> => Limited ? Of<TLaw, SiteLimit>() : Of<TLaw, NoSiteLimit>();

        private double Of<TLaw, TLimit>()
            where TLaw : struct, IHopLaw<TLaw, Scalar>
            where TLimit : struct => HoppingFlux<Scalar, TLaw, TLimit, Isothermal, TField>.Of(Pack.One(Device), Device)
                .Evaluate<Scalar>(new(5e25), new(5e25), new(Drop), new(Inverse), Edge);
    }
}
