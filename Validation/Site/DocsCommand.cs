using System.CommandLine;
using FvSolver.Cases.CommandLine;

namespace FvSolver.Validation.Site;

/// <summary><c>fv docs</c>: builds the documentation site and serves it on this machine.</summary>
public static class DocsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> port = PortOption.Create();
        var build = new Option<bool>("--build") { Description = "Build the site (docs/_site) and do not serve it." };
        var gallery = new Option<bool>("--gallery")
        { Description = "Run cases of the library and write their entries in docs/gallery.md." };
        var cases = new Argument<string[]>("CASE")
        {
            Description = "With --gallery: the cases; all of the library when left out.",
            Arity = ArgumentArity.ZeroOrMore
        };
        var command = new Command("docs", "Serve the documentation site on this machine; build it first where it is missing.") { cases,
            port, build, gallery };
        command.SetAction(async (parsed, cancel) =>
        {
            TextWriter text = parsed.InvocationConfiguration.Output;
            var source = SiteSource.Find();
            if (parsed.GetValue(gallery))
            {
                Gallery.Write(source.Docs, parsed.GetValue(cases)!, text, cancel);
                return ExitCode.Success;
            }
            if (parsed.GetValue(build) || !source.IsBuilt)
                source.Build(parsed.InvocationConfiguration.Error, cancel);
            if (!parsed.GetValue(build))
                await SiteServer.RunAsync(source.Site, parsed.GetValue(port), text, cancel);
            return ExitCode.Success;
        });
        return command;
    }
}
