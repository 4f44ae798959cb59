using System.Globalization;
using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>A case: a device with every parameter resolved, what is done to it, and how it is computed.</summary>
public sealed record CaseDefinition
{
    /// <summary>What the case shows, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What the case is about, in words; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The preset that the parameters start from.</summary>
    public required Preset Preset { get; init; }

    /// <summary>The device, with values by rule filled in.</summary>
    public required Device Device { get; init; }

    /// <summary>Control volumes, as asked for; <see cref="MeshFor"/> puts numbers in the place of <c>auto</c>.</summary>
    public required MeshSettings Mesh { get; init; }

    /// <summary>The cross-section; null for a 1-D stack.</summary>
    public CrossSectionCase? CrossSection { get; init; }

    /// <summary>True when the mesh is chosen by what is done to the gate.</summary>
    public bool HasAutomaticMesh => CrossSection is null && Mesh.PsgCells.IsAuto;

    /// <summary>Time integration.</summary>
    public required SolverSettings Solver { get; init; }

    /// <summary>What is recorded.</summary>
    public required OutputSettings Output { get; init; }

    /// <summary>What is done to the gate; empty only when <see cref="Study"/> is there.</summary>
    public required IReadOnlyList<ProtocolStep> Protocol { get; init; }

    /// <summary>Every parameter of the device and every setting, with its origin.</summary>
    public required IReadOnlyList<ParameterValue> Parameters { get; init; }

    /// <summary>What a reader of the results should know about how parameters came about.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The <c>[study]</c> table as written, or null; whoever runs the study reads it with a <see cref="TableReader"/>.</summary>
    public InputTable? Study { get; init; }

    /// <summary>Text of the case file.</summary>
    public required string SourceText { get; init; }

    /// <summary>Name of the case file.</summary>
    public required string SourceName { get; init; }

    /// <summary>Directory against which files in the case are looked up.</summary>
    public required string Directory { get; init; }

    /// <summary>Each file that the case names and that was read, as its name and the SHA-256 of its content.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>True when values outside their plausible ranges were accepted.</summary>
    public bool AcceptsImplausible { get; init; }

    /// <summary>What was changed on top of the file, as <c>path=value</c>.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>The mesh for what is done to the gate, with numbers.</summary>
    /// <exception cref="InputException">No mesh fits the layers.</exception>
    public MeshSettings MeshFor(params IEnumerable<ProtocolStep> steps) => ChooseMesh(steps).Settings;

    /// <summary>The same case with numbers in the place of an automatic mesh, for its own protocol.</summary>
    /// <exception cref="InputException">No mesh fits the layers.</exception>
    public CaseDefinition WithChosenMesh()
    {
        if (!HasAutomaticMesh)
            return this;
        MeshChoice choice = ChooseMesh(Protocol);
        string agreement = double.IsNaN(choice.Difference) ? "nothing drives the device"
            : double.IsInfinity(choice.Difference) ? "meshes as fine as the layers at the electrodes cannot compute the first pulses"
            : $"first pulses differ by {choice.Difference.ToString("e1", CultureInfo.InvariantCulture)} from a mesh twice as fine";
        string[] doubts = choice.IsReached ? [] : [$"mesh: no mesh was fine enough for mesh.tolerance = {Mesh.Tolerance:g2}; {agreement}"];
        return WithMesh(choice.Settings, "auto: " + agreement) with { Notes = [.. Notes, .. doubts] };
    }

    /// <summary>The same case with numbers in the place of an automatic mesh that are those of another run.</summary>
    public CaseDefinition WithMesh(MeshSettings mesh, string reference)
    {
        ParameterValue Chosen(ParameterValue p) => p with
        {
            Value = RunSettings.Catalogue[p.Path].Read(new RunSettings { Mesh = mesh }),
            Kind = Kind.Derived,
            Reference = reference,
        };
        return this with { Mesh = mesh, Parameters = [.. Parameters.Select(p => MeshRules.Automatic.Contains(p.Path) ? Chosen(p) : p)] };
    }

    private MeshChoice ChooseMesh(IEnumerable<ProtocolStep> steps)
    {
        try
        {
            return MeshChoice.For(Device, Mesh, Solver, steps);
        }
        catch (MeshException e)
        {
            throw new InputException(SourceName, 0, "mesh", "", e.Message);
        }
    }

    /// <summary>The same case with more changes on top, each as <c>path=value</c>; rules are applied anew.</summary>
    /// <exception cref="InputException">A change is not allowed.</exception>
    public CaseDefinition With(params IEnumerable<string> settings) =>
        CaseReader.Parse(SourceText, SourceName, Directory, [.. Settings, .. settings], AcceptsImplausible);
}
