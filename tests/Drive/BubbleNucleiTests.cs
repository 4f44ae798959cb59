using FvSolver.Materials;
using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Assembly;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Layout;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Time;
using FvSolver.Tests.Assembly;
using FvSolver.Tests.CrossSections;
using Xunit;

namespace FvSolver.Tests.Drive;

/// <summary>Nuclei of bubbles along a run whose steps and states are those that a test gives.</summary>
public class BubbleNucleiTests
{
    private const double Duration = 1e-3;

    private readonly List<DriveSegment> _pieces = [];
    private readonly List<double> _seen = [], _starts = [], _nextSamples = [];

    // Four equal steps a piece, with a density of dissolved hydrogen at the end of each.
    private (DeviceSimulation Device, BubbleNuclei Nuclei, double Area) Create(double hazard, Func<double, Scalar> dissolved)
    {
        Device plain = new DeviceOptions { Gas = true }.Device();
        var device = new DeviceSimulation(plain with { Gas = plain.Gas with { NucleationHazard = hazard } },
            new() { PsgCells = 9, Wo3Cells = 3 }, new());
        UnknownLayout u = device.Layout;
        device.State[u.Dissolved] = dissolved(0);
        var nuclei = new BubbleNuclei(device, (in DriveSegment piece, IStepObserver<Scalar>? watch) =>
        {
            device.Keep();
            _pieces.Add(piece);
            _starts.Add(device.State[u.Dissolved]);
            _nextSamples.Add(watch!.NextSample);
            for (int step = 1; step <= 4; step++)
            {
                double time = piece.Duration * step / 4;
                if (device.State[u.Bubbles] == 0)
                    device.State[u.Dissolved] = dissolved(time);
                watch!.OnStep(time, device.State);
            }
        });
        return (device, nuclei, u.ChannelInterfaces.Sum(f => f.Area));
    }

    // A density of which the whole device has more than a hundred nuclei a second.
    private static (BubbleNucleation<Scalar> Law, Scalar Dense) Law()
    {
        Device d = new DeviceOptions { Gas = true }.Device();
        var law = BubbleNucleation<Scalar>.Of(Pack.One(d), d);
        Scalar dense = new(HenryLaw.AtRest(d));
        while (!(law.Pressure(dense) > law.Gas.FilmPressure && law.LogRate(dense) + Math.Log(d.Geometry.Area) > Math.Log(100)))
            dense *= new Scalar(1.1);
        return (law, dense);
    }

    private static DriveSegment Segment => new(DriveMode.Voltage, 1, 5, Duration, null);

    [Fact]
    public void The_hazard_is_the_rate_of_nuclei_over_area_and_time()
    {
        (BubbleNucleation<Scalar> law, Scalar dense) = Law();
        var (_, nuclei, area) = Create(1e300, _ => dense);
        nuclei.Run(Segment, null);
        double expected = area * Math.Exp(law.LogRate(dense)) * Duration;
        Assert.True(expected > 0);
        Assert.Equal(expected, nuclei.Hazard, 1e-12 * expected);
        Assert.Equal([Segment], _pieces);
        nuclei.Follow(null).OnStep(Duration, Create(1, _ => dense).Device.State);
        Assert.Equal(expected, nuclei.Hazard, 1e-12 * expected);
        nuclei.Keep();
        Assert.Equal(2 * expected, nuclei.Hazard, 1e-12 * expected);
    }

    [Fact]
    public void A_rate_that_changes_exponentially_is_integrated_exactly_and_one_from_zero_as_a_triangle()
    {
        (BubbleNucleation<Scalar> law, Scalar dense) = Law();
        double area = 0;
        double Rate(Scalar dissolved) => area * Math.Exp(law.LogRate(dissolved));
        Scalar At(double time) => new(dense * (1 + 0.02 * time / Duration));
        (_, BubbleNuclei nuclei, area) = Create(1e300, At);
        nuclei.Run(Segment, null);
        double expected = 0;
        for (int step = 0; step < 4; step++)
        {
            double a = Rate(At(step * Duration / 4)), b = Rate(At((step + 1) * Duration / 4));
            Assert.True(b > 1.05 * a);
            expected += (b - a) / Math.Log(b / a) * Duration / 4;
        }
        Assert.Equal(expected, nuclei.Hazard, 1e-9 * expected);
        (_, nuclei, area) = Create(1e300, time => time >= 0.9 * Duration ? dense : default);
        nuclei.Run(Segment, null);
        Assert.Equal(Rate(dense) / 2 * Duration / 4, nuclei.Hazard, 1e-12 * nuclei.Hazard);
    }

    [Fact]
    public void Without_supersaturation_there_is_no_hazard()
    {
        (BubbleNucleation<Scalar> law, Scalar dense) = Law();
        while (law.Pressure(dense) > law.Gas.FilmPressure)
            dense *= new Scalar(0.5);
        foreach (Scalar dissolved in new[] { dense, default, -dense })
        {
            var (_, nuclei, _) = Create(1e-300, _ => dissolved);
            nuclei.Run(Segment, null);
            Assert.Equal((0.0, 0), (nuclei.Hazard, nuclei.Count));
        }
    }

    [Fact]
    public void At_the_due_number_the_run_goes_back_and_a_nucleus_takes_the_least_that_does_not_dissolve()
    {
        (BubbleNucleation<Scalar> law, Scalar dense) = Law();
        // Due within the third of four steps.
        double area = Create(1, _ => dense).Area, rate = area * Math.Exp(law.LogRate(dense)), due = 0.6 * Duration;
        var (device, nuclei, _) = Create(rate * due, _ => dense);
        nuclei.Run(Segment, new Seen(_seen, 1));
        Assert.Equal(1, nuclei.Count);
        // The whole, stopped; the part up to the nucleus; the rest, with voltages of the same ramp.
        Assert.Equal(3, _pieces.Count);
        Assert.Equal([1, 0.6, 0.4], _pieces.Select(p => Math.Round(p.Duration / Duration, 9)));
        Assert.Equal([1, 1, 1 + 4 * 0.6], _pieces.Select(p => Math.Round(p.Start, 9)));
        Assert.Equal([5, 1 + 4 * 0.6, 5], _pieces.Select(p => Math.Round(p.End, 9)));
        Scalar bubbles = device.State[device.Layout.Bubbles], left = device.State[device.Layout.Dissolved];
        Assert.Equal(dense, bubbles + left, 1e-12 * dense);
        Assert.True(law.Gas.Content(bubbles) >= 1);
        Assert.True(law.Gas.LogFugacity(bubbles) <= Math.Log(law.Henry.Fugacity(left)));
        Scalar fewer = new(bubbles / 1.03);
        Assert.True(law.Gas.Content(fewer) < 1
            || law.Gas.LogFugacity(fewer) > Math.Log(law.Henry.Fugacity(new Scalar(dense - fewer))));
        Assert.Equal([1, 1, 1 - due], _nextSamples.Select(s => Math.Round(s, 12)));
        // Steps are seen once, in order, and those after the nucleus too.
        Assert.Equal(_seen.Distinct().Order(), _seen);
        Assert.Equal(Duration, _seen[^1], 1e-15);
        Assert.Equal(0.25 * Duration, _seen[0], 1e-15);
        double after = area * Math.Exp(law.LogRate(left));
        Assert.Equal(rate * due + after * (Duration - due), nuclei.Hazard, 1e-9 * nuclei.Hazard);
        // With a bubble there is no other, however many are due.
        nuclei.Run(Segment with { Duration = 100 * Duration }, null);
        Assert.Equal(1, nuclei.Count);
    }

    [Fact]
    public void Up_to_the_nucleus_the_run_goes_again_from_where_it_was()
    {
        (BubbleNucleation<Scalar> law, Scalar dense) = Law();
        Scalar At(double time) => new(dense * (1 + 0.02 * time / Duration));
        double rate = Create(1, At).Area * Math.Exp(law.LogRate(dense));
        var (_, nuclei, _) = Create(rate * 0.6 * Duration, At);
        nuclei.Run(Segment, null);
        Assert.Equal([dense.Value, dense.Value], _starts.Take(2));
    }

    [Fact]
    public void A_piece_that_is_followed_stops_where_a_nucleus_is_due()
    {
        (BubbleNucleation<Scalar> law, Scalar dense) = Law();
        var (device, nuclei, area) = Create(1, _ => dense);
        double time = 1 / (area * Math.Exp(law.LogRate(dense)));
        IStepObserver<Scalar> watch = nuclei.Follow(new Seen(_seen, 1));
        watch.OnStep(0.9 * time, device.State);
        Assert.Equal([0.9 * time], _seen);
        Assert.Throws<BubbleNuclei.DueException>(() => watch.OnStep(1.1 * time, device.State));
        Assert.Equal((1, 7), (watch.NextSample, nuclei.Follow(new Seen(_seen, 7)).NextSample));
        Assert.Equal(double.PositiveInfinity, nuclei.Follow(null).NextSample);
    }

    [Fact]
    public void Along_an_interface_the_bubble_is_where_nuclei_are_most_frequent()
    {
        DeviceSimulation device = CrossSectionCaseTests.DeviceOf(
            CrossSectionCaseTests.Small, "gas.enabled=true", "gas.nucleation_hazard=1e-9");
        UnknownLayout u = device.Layout;
        var law = BubbleNucleation<Scalar>.Of(Pack.One(device.Device), device.Device);
        Scalar dense = new(HenryLaw.AtRest(device.Device));
        while (!(law.Pressure(dense) > law.Gas.FilmPressure && law.LogRate(dense) + Math.Log(device.Device.Geometry.Area) > 0))
            dense *= new Scalar(1.1);
        const int Place = 3;
        for (int k = 0; k < u.ChannelInterfaces.Length; k++)
            device.State[u.Dissolved + k] = new(dense * (k == Place ? 1 : 0.9));
        double expected = 0;
        for (int k = 0; k < u.ChannelInterfaces.Length; k++)
            expected += u.ChannelInterfaces[k].Area * Math.Exp(law.LogRate(device.State[u.Dissolved + k]));
        var nuclei = new BubbleNuclei(device, (in DriveSegment piece, IStepObserver<Scalar>? watch) =>
        {
            device.Keep();
            watch!.OnStep(piece.Duration, device.State);
        });
        double due = 1e-9 / expected;
        nuclei.Run(Segment with { Duration = 0.9 * due }, null);
        Assert.Equal(0.9e-9, nuclei.Hazard, 1e-20);
        nuclei.Run(Segment with { Duration = 0.2 * due }, null);
        Assert.Equal(1, nuclei.Count);
        Assert.All(Enumerable.Range(0, u.ChannelInterfaces.Length), k => Assert.Equal(k == Place, device.State[u.Bubbles + k] > 0));
        Assert.Equal(dense, device.State[u.Dissolved + Place] + device.State[u.Bubbles + Place], 1e-12 * dense);
        // One bubble anywhere is enough.
        nuclei.Run(Segment with { Duration = 100 * due }, null);
        Assert.Equal(1, nuclei.Count);
    }

    [Fact]
    public void Its_numbers_come_back_from_a_checkpoint()
    {
        var device = new DeviceSimulation(new DeviceOptions { Gas = true }.Device(), new() { PsgCells = 9, Wo3Cells = 3 }, new());
        device.Nucleation = (0.25, 3);
        Assert.Equal((0.25, 3), device.Nucleation);
        var none = new DeviceSimulation(new DeviceOptions().Device(), new() { PsgCells = 9, Wo3Cells = 3 }, new()) { Nucleation = (1, 1) };
        Assert.Equal((0, 0), none.Nucleation);
    }
}
