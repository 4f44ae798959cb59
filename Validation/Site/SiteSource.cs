using System.Diagnostics;
using System.Reflection;
using FvSolver.Cases.Output;

namespace FvSolver.Validation.Site;

/// <summary>The folder <c>docs</c> of a checkout, from which docfx builds the site.</summary>
public sealed class SiteSource
{
    private static readonly Assembly[] Documented =
        [typeof(Mesh.ControlVolumeMesh).Assembly, typeof(Materials.Device).Assembly, typeof(Solver.Observe.SeriesTable).Assembly,
            typeof(OutputFile).Assembly];

    private readonly string _root;

    private SiteSource(string root) => _root = root;

    /// <summary>Pages as they are written.</summary>
    public string Docs => Path.Combine(_root, "docs");

    /// <summary>The built site.</summary>
    public string Site => Path.Combine(Docs, "_site");

    /// <summary>True when the site has been built.</summary>
    public bool IsBuilt => File.Exists(Path.Combine(Site, "index.html"));

    private string Generated => Path.Combine(Docs, "obj");

    /// <summary>The checkout that the working folder or the program lies in.</summary>
    /// <exception cref="OutputException">There is none.</exception>
    public static SiteSource Find()
    {
        foreach (string start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
                if (File.Exists(Path.Combine(folder, "FvSolver.sln")) && File.Exists(Path.Combine(folder, "docs", "docfx.json")))
                    return new(folder);
        throw new OutputException("docs", "the site is built from a checkout of the sources; run this command inside one");
    }

    /// <summary>Writes the generated pages, then builds the site; every warning of docfx is an error.</summary>
    /// <param name="text">Takes progress.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="OutputException">docfx is not there, or found something wrong.</exception>
    public void Build(TextWriter text, CancellationToken cancel)
    {
        WritePages();
        CopyAssemblies();
        text.WriteLine("building the documentation site: a minute or two");
        Run("tool", "restore");
        Run("docfx", "docs/docfx.json", "--warningsAsErrors");

        void Run(params string[] arguments)
        {
            var info = new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = _root,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
            // Counting what is called most often does not pay in a program that runs for seconds: a third of its time.
            info.Environment["DOTNET_TieredPGO"] = "0";
            using Process process = Process.Start(info)!;
            using CancellationTokenRegistration stop = cancel.Register(() => process.Kill(entireProcessTree: true));
            Task<string> error = process.StandardError.ReadToEndAsync(cancel);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancel.ThrowIfCancellationRequested();
            if (process.ExitCode != 0)
                throw new OutputException(Docs, $"dotnet {string.Join(' ', arguments)} failed: "
                    + string.Join("; ", Complaints(output + error.Result)));
        }
    }

    /// <summary>Writes the pages that follow from the program itself into <c>docs/obj/reference</c>.</summary>
    public void WritePages()
    {
        string folder = Path.Combine(Generated, "reference");
        Directory.CreateDirectory(folder);
        foreach ((string name, string content) in ReferencePages.All())
            File.WriteAllText(Path.Combine(folder, name), content);
    }

    /// <summary>The packages with their documentation, and what they refer to, where docfx reads the API from.</summary>
    private void CopyAssemblies()
    {
        string folder = Path.Combine(Generated, "assemblies");
        Directory.CreateDirectory(folder);
        var found = new HashSet<string>();
        var open = new Queue<string>(Documented.Select(a => a.GetName().Name!));
        while (open.TryDequeue(out string? name))
        {
            string file = Path.Combine(AppContext.BaseDirectory, name + ".dll");
            if (!found.Add(name) || !File.Exists(file))
                continue;
            File.Copy(file, Path.Combine(folder, name + ".dll"), overwrite: true);
            if (File.Exists(Path.ChangeExtension(file, ".xml")))
                File.Copy(Path.ChangeExtension(file, ".xml"), Path.Combine(folder, name + ".xml"), overwrite: true);
            foreach (AssemblyName reference in Assembly.LoadFrom(file).GetReferencedAssemblies())
                open.Enqueue(reference.Name!);
        }
    }

    private static IEnumerable<string> Complaints(string output) =>
        output.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal)
            || line.Contains("error", StringComparison.Ordinal)).Select(line => line.Trim()).Take(20);
}
