using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.LinearAlgebra;
using FvSolver.Solver.Settings;
using FvSolver.Solver.Time;
using FvSolver.Tests.Assembly;
using Xunit;

namespace FvSolver.Tests.House;

/// <summary>Time stepping allocates nothing.</summary>
public class AllocationTests
{
    private static readonly MeshSettings Mesh = new()
    {
        PsgCells = 9,
        Wo3Cells = 3,
        Psg = PsgNodes.Tanh,
        TanhStrength = 1.5,
        PdCells = 2,
        OxideCells = 2
    };

    public static TheoryData<HopLaw, bool> Options
    {
        get
        {
            var data = new TheoryData<HopLaw, bool>();
            foreach (HopLaw law in Enum.GetValues<HopLaw>())
                foreach (bool everything in new[] { false, true })
                    data.Add(law, everything);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void No_step_of_a_pulse_or_rest_allocates(HopLaw law, bool everything)
    {
        var device = new DeviceSimulation(Device(law, everything), Mesh, new SolverSettings());
        // The first pulses run static constructors and make the delegates that are kept.
        for (int i = 0; i < 3; i++)
            Pulse();
        long steps = device.Statistics.Steps, before = GC.GetAllocatedBytesForCurrentThread();
        Pulse();
        Pulse();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(device.Statistics.Steps - steps > 20);
        Assert.Equal(0, allocated);

        void Pulse()
        {
            device.Pulse(8, 5e-9, 1.1e-9);
            device.Rest(1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void No_step_in_lanes_allocates(HopLaw law, bool everything)
    {
        Device device = Device(law, everything);
        var system = new DeviceSystem<Lanes>([new(device, DeviceStack.Mesh(device, Mesh))],
            pattern => new BlockTridiagonal<Lanes>(pattern));
        var integrator = new RosenbrockIntegrator<Lanes>(system, RosenbrockTableau.Rodas4P, 1e-5, 10000);
        Lanes[] state = system.RestState(), quadratures = new Lanes[system.QuadratureCount];
        Segment();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Segment();
        Segment();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Segment()
        {
            Lanes gate = state[system.Layout.GateVoltage];
            system.Connect(new LinearDrive<Lanes> { Mode = DriveMode.Voltage, Start = gate, Slope = Lanes.From(2e9) });
            integrator.Advance(state, quadratures, 1e-9);
        }
    }

    private static Device Device(HopLaw law, bool everything) => new DeviceOptions
    {
        HopLaw = law,
        Heat = everything,
        Gas = everything,
        Hypotheses = everything,
        Traps = everything,
        SiteLimit = everything,
        Marcus = everything,
        Thermodynamic = everything,
        FiniteReservoir = everything,
        Losses = everything,
    }.Device();
}
