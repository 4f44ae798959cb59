using FvSolver.Materials;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Physics;
using FvSolver.Solver.Settings;

namespace FvSolver.Cases.Input;

/// <summary>Reads and checks cases. Whatever is wrong with the text is an <see cref="InputException"/>.</summary>
public static class CaseReader
{
    /// <summary>Reads a case by file or by name.</summary>
    /// <param name="nameOrPath">A file, or the name of a case of the library.</param>
    /// <param name="settings">Changes on top, each as <c>path=value</c>.</param>
    /// <param name="acceptImplausible">True to accept values outside their plausible ranges; see <see cref="PlausibleRange"/>.</param>
    /// <exception cref="InputException">The case does not exist or is not valid.</exception>
    public static CaseDefinition Read(string nameOrPath, IReadOnlyList<string>? settings = null, bool acceptImplausible = false)
    {
        string here = Directory.GetCurrentDirectory();
        if (InputFile.Find(nameOrPath, here) is string path)
            return Parse(InputFile.Read(path, nameOrPath), nameOrPath, Path.GetDirectoryName(Path.GetFullPath(path)), settings,
                acceptImplausible);
        if (CaseLibrary.Find(nameOrPath) is string text)
            return Parse(text, nameOrPath + ".toml", here, settings, acceptImplausible);
        throw new InputException("", 0, "case", nameOrPath,
            "there is neither a file nor a case of this name" + NearestName.Suggest(nameOrPath, [.. CaseLibrary.Names]));
    }

    /// <summary>Reads a case from its text.</summary>
    /// <param name="text">TOML text.</param>
    /// <param name="sourceName">Name of the file, for messages.</param>
    /// <param name="directory">Directory against which files in the case are looked up; the current one when null.</param>
    /// <param name="settings">Changes on top, each as <c>path=value</c>.</param>
    /// <param name="acceptImplausible">True to accept values outside their plausible ranges; see <see cref="PlausibleRange"/>.</param>
    /// <exception cref="InputException">The case is not valid.</exception>
    public static CaseDefinition Parse(
        string text, string sourceName, string? directory = null, IReadOnlyList<string>? settings = null, bool acceptImplausible = false)
    {
        directory ??= Directory.GetCurrentDirectory();
        settings ??= [];
        InputTable tree = TomlDocument.Parse(text, sourceName);
        foreach (string setting in settings)
            Setting.Apply(tree, setting);

        var files = new CaseFiles(directory);
        RefuseOtherFiles(tree, sourceName);
        var root = new TableReader(tree, "");
        string title = root.OptionalText("title") ?? Path.GetFileNameWithoutExtension(sourceName);
        string description = root.OptionalText("description") ?? "";
        var parameters = new ParameterSet();
        Preset preset = PresetReader.Read(
            root.OptionalText("preset") ?? PresetReader.DefaultName, root.Find("preset"), files, parameters);
        parameters.ReadCase(root);
        if (!acceptImplausible)
            PlausibleRange.Check(parameters);
        parameters.KeepOne("gate.rest_voltage", "hypotheses.cell_offset");

        Device given = parameters.Fill(new Device(), ParameterCatalogue.Device);
        RunSettings run = MeshRules.Complete(parameters.Fill(new RunSettings(), RunSettings.Catalogue), parameters);
        Device device = CalibrationRules.Resolve(given);
        parameters.Follows("hypotheses.cell_offset", "gate.rest_voltage");
        var rules = new ConsistencyRules(parameters, sourceName);
        rules.CheckResolved(device);
        rules.Check(device, run);
        if (run.Mesh.Psg == PsgNodes.Lattice)
            device = device with { Psg = HopLattice.Round(device.Psg) };

        CrossSectionCase? section = root.OptionalTable("cross_section") is { } across
            ? new CrossSectionReader(device, run.Mesh.Refinement, files).Read(across)
            : null;
        if (section is null)
            rules.CheckStack(device);
        UnusedParameters.Refuse(parameters, section);
        InputTable? study = root.Find("study") is InputNode node ? InputValue.Table(node, "study") : null;
        List<ProtocolStep> protocol = study is not null && !root.Has("protocol")
            ? []
            : new ProtocolReader(device, files, acceptImplausible).Read(root, "protocol");
        root.Finish();

        return new CaseDefinition
        {
            Title = title,
            Description = description,
            Preset = preset,
            Device = device,
            Mesh = run.Mesh,
            CrossSection = section,
            Solver = run.Solver,
            Output = run.Output,
            Protocol = protocol,
            Parameters =
            [
                .. parameters.Describe(device, ParameterCatalogue.Device),
                .. parameters.Describe(run, RunSettings.Catalogue),
            ],
            Notes =
            [
                .. RuleNotes.Of(device, parameters), .. RuleNotes.OfLattice(given.Psg, run.Mesh, device.Psg),
                .. UnusedParameters.Notes(parameters, device, run, section is null), .. RuleNotes.OfLicence(run.Solver),
            ],
            Study = study,
            SourceText = text,
            SourceName = sourceName,
            Directory = directory,
            Files = files.Marks,
            AcceptsImplausible = acceptImplausible,
            Settings = settings,
        };
    }

    // Sweeps and targets name a case themselves; without this the answer would be that they have no protocol.
    private static void RefuseOtherFiles(InputTable tree, string sourceName)
    {
        foreach ((string key, string what, string command) in
            new[] { ("axis", "a sweep", "sweep"), ("sample", "a sweep", "sweep"), ("target", "targets of a calibration", "calibrate") })
            if (tree.Entries.TryGetValue(key, out InputNode? node))
                throw InputValue.Error(node, key, $"belongs to {what}, not to a case: fv {command} {sourceName}");
    }
}
