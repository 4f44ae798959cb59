using System.Xml.Linq;
using FvSolver.Cases.Input;
using FvSolver.Cases.Output;
using FvSolver.Cases.Output.Hdf5;
using FvSolver.Cases.Runs;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using Xunit;
using static FvSolver.Tests.Output.NeedsProgramFactAttribute;

namespace FvSolver.Tests.CrossSections;

/// <summary>The description for viewers, in the viewers; one pulse on the small device with gate and contacts.</summary>
public sealed class XdmfTests : IClassFixture<XdmfTests.SmallRun>
{
    private readonly SmallRun _run;

    public XdmfTests(SmallRun run) => _run = run;

    [Fact]
    public void Every_item_is_a_dataset_of_its_shape()
    {
        Dictionary<string, int[]> shapes = Shapes();
        XElement[] items = [.. XDocument.Load(_run.At("small.xdmf")).Descendants("DataItem")];
        Assert.All(items, item =>
        {
            string[] place = item.Value.Split(":/");
            Assert.Equal("small.fields.h5", place[0]);
            Assert.Equal(item.Attribute("Dimensions")!.Value, string.Join(' ', shapes[place[1]]));
        });
        Assert.Equal(["psg", "wo3", "interface", "gate", "contacts"],
            XDocument.Load(_run.At("small.xdmf")).Root!.Element("Domain")!.Elements().Select(g => g.Attribute("Name")!.Value));
    }

    // ParaView's "XDMF Reader", "Xdmf3 Reader S" and "Xdmf3 Reader T".
    [NeedsProgramFact("ParaView", "-c \"import paraview.simple\"", "python3", "/usr/bin/python3")]
    public void ParaViews_three_readers_see_every_field_of_every_part() => Python("paraview.simple", """
        import sys, h5py, numpy
        from paraview import servermanager, simple
        from vtkmodules.util.numpy_support import vtk_to_numpy

        folder = sys.argv[1]
        file = h5py.File(folder + "/small.fields.h5", "r")
        part = {"psg": "proton_density [m^-3],potential [V]", "wo3": "hydrogen_density [m^-3]", "interface": "coverage",
                "gate": "gate_potential [V]", "contacts": "contact_potential [V]"}
        for reader in (simple.XDMFReader(FileNames=[folder + "/small.xdmf"]),
                       simple.Xdmf3ReaderS(FileName=folder + "/small.xdmf"),
                       simple.Xdmf3ReaderT(FileName=[folder + "/small.xdmf"])):
            reader.UpdatePipelineInformation()
            times = list(reader.TimestepValues)
            assert len(times) >= 2 and times[0] == 0, times
            reader.UpdatePipeline(times[-1])
            data = servermanager.Fetch(reader)
            found = {}
            blocks = data.NewIterator()
            while not blocks.IsDoneWithTraversal():
                block = blocks.GetCurrentDataObject()
                arrays = block.GetPointData()
                names = [arrays.GetArrayName(i) for i in range(arrays.GetNumberOfArrays())]
                (name,) = [p for p, fields in part.items() if fields.split(",")[0] in names]
                assert sorted(names) == sorted(part[name].split(",")), names
                assert block.GetNumberOfCells() == len(file[name]["cells"])
                for field in names:
                    stored = file[name][field.split(" ")[0]][str(len(times) - 1)][()]
                    assert numpy.array_equal(vtk_to_numpy(arrays.GetArray(field)), stored), (reader, name, field)
                found[name] = True
                blocks.GoToNextItem()
            assert found.keys() == part.keys(), found
        """, _run.Folder);

    [NeedsProgramFact("meshio", "-c \"import meshio,h5py\"", "python3", "/usr/bin/python3")]
    public void Meshio_reads_the_series_of_each_part() => Python("meshio, h5py", """
        import sys, meshio
        for part, field in (("psg", "potential [V]"), ("wo3", "hydrogen_density [m^-3]"), ("interface", "coverage"),
                ("contacts", "contact_potential [V]")):
            with meshio.xdmf.TimeSeriesReader(f"{sys.argv[1]}/small.{part}.xdmf") as reader:
                points, cells = reader.read_points_cells()
                assert part == "interface" or cells[0].type == "triangle"
                time, point_data, _ = reader.read_data(reader.num_steps - 1)
                assert time > 0 and len(point_data[field]) == len(points)
        """, _run.Folder);

    private Dictionary<string, int[]> Shapes()
    {
        using FileStream file = File.OpenRead(_run.At("small.fields.h5"));
        var shapes = new Dictionary<string, int[]>();
        void Add(string path, DataGroup group)
        {
            foreach ((string name, DataSet data) in group.DataSets)
                shapes.Add(path + name, data.Shape);
            foreach ((string name, DataGroup inner) in group.Groups)
                Add($"{path}{name}/", inner);
        }
        Add("", new Hdf5Format().Read(file, _ => { }));
        return shapes;
    }

    public sealed class SmallRun : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();

        public SmallRun()
        {
            CaseDefinition small = CaseReader.Parse(CrossSectionCaseTests.Small, "small.toml", null,
                ["protocol.0.rest=\"1 us\"", "output.profiles_every=1"]);
            CaseRun.Start(small, At("small.h5"), "fv run").Run(null, default);
        }

        public string Folder => _folder.Path;

        public string At(string name) => _folder[name];

        public void Dispose() => _folder.Dispose();
    }
}
