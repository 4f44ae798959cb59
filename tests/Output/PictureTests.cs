using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FvSolver.Cases.Figures;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Plots;
using FvSolver.Cases.Plots.Views;
using FvSolver.Cases.Runs;
using FvSolver.Solver.Observe;
using FvSolver.Tests.House;
using SkiaSharp;
using Xunit;

namespace FvSolver.Tests.Output;

public sealed class PictureTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    private static readonly SKColor Up = SKColor.Parse("#0072B2"), Down = SKColor.Parse("#D55E00");

    private static int Pixels(SKBitmap bitmap, SKColor color) => bitmap.Pixels.Count(p => p == color);

    [Fact]
    public void A_staircase_has_the_wanted_size_and_both_directions()
    {
        ResultPlot.Save(Sample.Programming(), At("p.png"), "staircase", new PictureSize(640, 420));
        using SKBitmap bitmap = SKBitmap.Decode(At("p.png"));

        Assert.Equal((640, 420), (bitmap.Width, bitmap.Height));
        Assert.True(Pixels(bitmap, Up) > 50 && Pixels(bitmap, Down) > 50, "the curves are missing");
        Assert.Equal(SKColors.White, bitmap.GetPixel(0, 0));
    }

    [Fact]
    public void Pulses_in_one_direction_show_no_other()
    {
        ResultPlot.Save(Sample.Programming(100, 0), At("p.png"), "staircase", new PictureSize(640, 420));
        using SKBitmap bitmap = SKBitmap.Decode(At("p.png"));
        Assert.True(Pixels(bitmap, Up) > 50);
        Assert.Equal(0, Pixels(bitmap, Down));
    }

    [Fact]
    public void An_svg_holds_its_words_as_text_in_the_shipped_font()
    {
        Result sample = Sample.Programming();
        // Only where a run is the paper's does the paper's value stand in its picture.
        ResultPlot.Save(sample, At("p.svg"), "staircase");
        Assert.DoesNotContain("Onen et al. 2022", File.ReadAllText(At("p.svg")));
        sample.Record.Figures["range"] = new(20, "1", "range") { Kind = FigureKind.Calibrated };
        ResultPlot.Save(sample, At("p.svg"), "staircase");
        XElement[] texts = [.. XDocument.Load(At("p.svg")).Descendants().Where(e => e.Name.LocalName == "text")];
        string all = string.Join('|', texts.Select(t => t.Value.Trim()));

        foreach (string words in new[] { "Fig. 2A: 1000 pulses up, 1000 down", "conductance (nS)", "pulse number", "up: +10 V, 5 ns",
            "down: −8.5 V, 5 ns", "Onen et al. 2022", "20 × base" })
            Assert.Contains(words, all);
        Assert.All(texts, t => Assert.Equal("DejaVu Sans", t.Attribute("font-family")?.Value));
    }

    [Fact]
    public void A_pdf_is_a_page_with_its_font()
    {
        ResultPlot.Save(Sample.Programming(), At("p.pdf"), "staircase");
        string pdf = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(At("p.pdf")));
        Assert.StartsWith("%PDF-", pdf);
        Assert.Contains("/FontFile2", pdf);
        Assert.True(OutputFile.IsOurs(At("p.pdf")));
    }

    [Fact]
    public void A_picture_for_print_has_its_width_and_type_of_eight_points_whatever_the_number_of_panels()
    {
        FigureSpec one = ResultPlot.Figure(Sample.Programming(), "staircase");
        FigureSpec many = one with { Panels = [.. Enumerable.Repeat(one.Panels[0], 6)], Columns = 3 };
        var column = new PictureStyle { Width = 0.085 };
        FigureImage.Save(one, At("p.svg"), column);
        FigureImage.Save(many, At("m.svg"), column);
        string svg = File.ReadAllText(At("p.svg"));
        Assert.Contains("width=\"85mm\"", svg);
        Assert.Contains("<text", svg);
        // 13 units are 8 points: 85 mm are 391.5 units.
        Assert.Contains("viewBox=\"0 0 391.", svg);
        // Panels that have no room beside each other stand below each other.
        Assert.True(Height(File.ReadAllText(At("m.svg"))) > 4 * Height(svg));
        FigureImage.Save(one, At("p.png"), column);
        Assert.Equal(2008, SKBitmap.Decode(At("p.png")).Width);
        (string _, byte[] resolution) = AnimatedPng.Chunks(File.ReadAllBytes(At("p.png"))).Single(c => c.Type == "pHYs");
        Assert.Equal(23622, BinaryPrimitives.ReadInt32BigEndian(resolution));

        static double Height(string svg) =>
            double.Parse(Regex.Match(svg, "height=\"([0-9.]+)mm\"").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("light", 255, 255)]
    [InlineData("dark", 255, 0x15)]
    [InlineData("transparent", 0, 0)]
    public void The_theme_is_that_of_the_paper(string name, byte alpha, byte red)
    {
        PictureTheme theme = PictureTheme.All.Single(t => t.Name == name);
        FigureImage.Save(ResultPlot.Figure(Sample.Programming(), "staircase"), At("p.png"), new() { Theme = theme });
        SKColor corner = SKBitmap.Decode(At("p.png")).GetPixel(2, 2);
        Assert.Equal((alpha, red), (corner.Alpha, corner.Red));
    }

    [Fact]
    public void Results_are_laid_over_each_other_in_one_picture()
    {
        (string, Result)[] both = [("first", Sample.Programming()), ("second", Sample.Programming())];
        FigureSpec figure = Overlay.Figure(both, "staircase");
        Assert.Equal(["first: up: +10 V, 5 ns", "first: down: −8.5 V, 5 ns", "second: up: +10 V, 5 ns", "second: down: −8.5 V, 5 ns"],
            figure.Panels[0].Curves.Select(c => c.Label));
        Assert.Equal(4, figure.Panels[0].Curves.Select(c => c.Color).Distinct().Count());
        Assert.Contains("no view 'fig9'", Assert.Throws<OutputException>(() => Overlay.Figure(both, "fig9")).Message);
    }

    [Fact]
    public void A_run_without_pulses_shows_gate_and_protons_over_its_time()
    {
        CaseDefinition hold = CaseReader.Parse("""
            mesh.psg_cells = 12
            [[protocol]]
            type = "hold"
            voltage = "2 V"
            duration = "1 us"
            """, "hold.toml");
        FigureSpec figure = ResultPlot.Figure(CaseRun.Start(hold, "", "").RunUnwritten(null, default));
        Assert.Equal("pulse", figure.Name);
        Assert.EndsWith("gate and protons", figure.Title);
        // On the left all of the run, in the unit of its axis.
        Assert.InRange(figure.Panels[0].X.Max!.Value, 1000, 1002);
        Assert.Equal("ns", figure.Panels[0].X.Unit);
    }

    [Fact]
    public void A_run_that_keeps_few_of_its_pulses_shows_their_envelopes()
    {
        CaseDefinition few = CaseReader.Read("single", ["mesh.psg_cells=12", "protocol.0.count=30", "output.pulses_every=7"]);
        Result result = CaseRun.Start(few, "", "").RunUnwritten(null, default);
        PanelSpec panel = ResultPlot.Figure(result, "staircase").Panels[0];
        Assert.True(panel.X.Log);
        Assert.Equal([1, 9, 10, 30], panel.Curves[0].X);
        // Pulses up only: the largest conductance is that after the last.
        Assert.Equal(1e9 * result.Record.Pulses["conductance_after"][^1], panel.Curves[0].Y[^1], 1.0);
        Assert.True(panel.Curves[2].Y[0] < panel.Curves[0].Y[0]);
    }

    [Fact]
    public void Any_columns_can_be_drawn_and_unknown_ones_are_named()
    {
        FigureSpec figure = ColumnsView.Of([("a", Sample.Programming())], "amplitude, conductance_after,conductance_step");
        Assert.Equal(["conductance after", "conductance step"], figure.Panels.Select(p => p.Y.Label));
        Assert.Equal(Sample.Programming().Record.Pulses["conductance_step"], figure.Panels[1].Curves[0].Y);
        Assert.Contains("/pulses has", Assert.Throws<OutputException>(
            () => ColumnsView.Of([("a", Sample.Programming())], "amplitude,colour")).Message);
    }

    [Fact]
    public void Every_view_of_a_full_result_can_be_drawn()
    {
        Result result = Sample.Programming();
        Assert.Equal(["step-against-amplitude", "staircase", "step", "pulse", "profiles", "energy"],
            ResultPlot.Views(result).Select(v => v.Name));
        byte[] blank = FigureImage.Png(new FigureSpec { Name = "b", Title = "", Panels = [] }, new PictureSize(300, 200));
        foreach (PlotView view in ResultPlot.Views(result))
        {
            byte[] png = FigureImage.Png(view.Draw(), new PictureSize(300, 200));
            Assert.NotEqual(blank, png);
        }
    }

    [Fact]
    public void Only_views_that_the_data_fill_are_offered()
    {
        Result full = Sample.Programming();
        Result bare = full with
        {
            Plots = [],
            Record = new RunRecord { Series = new([]), Pulses = Sample.Pulses(0, 0), Profiles = full.Record.Profiles },
        };
        Assert.Equal(["profiles"], ResultPlot.Views(bare).Select(v => v.Name));

        Result nothing = bare with { Record = new RunRecord { Series = new([]), Pulses = new([]), Profiles = new() } };
        Assert.Contains("nothing to draw", Assert.Throws<OutputException>(() => ResultPlot.Figure(nothing)).Message);
        Assert.Equal("--view: there is no view 'fig9' of this result; there are profiles",
            Assert.Throws<OutputException>(() => ResultPlot.Figure(bare, "fig9")).Message);
    }

    [Fact]
    public void Fields_in_2d_become_maps()
    {
        MapSpec grid = MapSpec.OnGrid("", "", [0, 50e-9, 100e-9], [20e-9, 30e-9], [1, 2, 3, 4, 5, 6]);
        var profiles = new ProfileSet();
        profiles.Times.Add(0);
        profiles.Fields.Add(new ProfileField("temperature", "K", "temperature", grid.Y, grid.X,
            [grid.Values])
        { Triangles = grid.Triangles });
        Result result = Sample.Programming() with
        {
            Plots = [],
            Record = new RunRecord { Series = new([]), Pulses = new([]), Profiles = profiles },
        };
        FigureSpec figure = ResultPlot.Figure(result);
        Assert.NotNull(figure.Panels[0].Map);
        using SKBitmap bitmap = SKBitmap.Decode(FigureImage.Png(figure, new PictureSize(500, 350)));
        // The lowest and the highest colour of viridis are both there.
        Assert.Contains(bitmap.Pixels, p => p is { Red: < 75, Green: < 15, Blue: > 75 and < 100 });
        Assert.Contains(bitmap.Pixels, p => p is { Red: > 240, Green: > 220, Blue: < 60 });
    }

    [Theory]
    [InlineData("p.gif", "the ending of a picture must be .png, .svg or .pdf")]
    [InlineData("none/p.png", "its folder does not exist")]
    public void Pictures_that_cannot_be_written_are_named_in_one_line(string name, string words)
    {
        var error = Assert.Throws<OutputException>(() => ResultPlot.Save(Sample.Programming(), At(name)));
        Assert.StartsWith(At(name), error.Message);
        Assert.Contains(words, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Data_that_do_not_fit_each_other_are_named_in_one_line()
    {
        var figure = new FigureSpec
        {
            Name = "odd",
            Title = "",
            Panels = [new PanelSpec { X = new("x", "1"), Y = new("y", "1"),
                Curves = [new CurveSpec { Label = "c", X = [1, 2], Y = [1] }] }],
        };
        Assert.Contains("the curve 'c' has 2 values of x, 1 of y",
            Assert.Throws<OutputException>(() => FigureImage.Save(figure, At("p.png"))).Message);
    }

    [Fact]
    public void Curves_without_a_single_value_that_can_be_shown_still_give_a_picture()
    {
        var figure = new FigureSpec
        {
            Name = "empty",
            Title = "",
            Panels =
            [
                new PanelSpec
                {
                    X = new("x", "1") { Log = true },
                    Y = new("y", "1"),
                    Curves = [new CurveSpec { X = [0, -1], Y = [1, double.NaN] }, new CurveSpec(),
                        new CurveSpec { X = [1], Y = [double.PositiveInfinity] }],
                },
            ],
        };
        FigureImage.Save(figure, At("p.png"), new() { Size = new(200, 150) });
        Assert.True(File.Exists(At("p.png")));
    }
    // A dash of 8.5 pixels times what fits into the whole curve would take more than the memory there is.
    [Fact]
    public void A_dashed_curve_may_run_far_beyond_its_panel()
    {
        CurveSpec Line(CurveStyle style) => new() { X = [-1e9, 0, 1, 1e18], Y = [-3e30, 0, 1, 7e30], Style = style };
        byte[] Picture(CurveStyle style) => FigureImage.Png(new FigureSpec
        {
            Name = "far",
            Title = "",
            Panels = [new PanelSpec
            {
                X = new("x", "1") { Min = 0, Max = 1 },
                Y = new("y", "1") { Min = 0, Max = 1 },
                Curves = [Line(style)],
            }],
        }, new PictureSize(200, 150));
        Assert.NotEqual(Picture(CurveStyle.Line), Picture(CurveStyle.Dashed));
    }
}
