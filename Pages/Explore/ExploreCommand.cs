using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;

namespace FvSolver.Pages.Explore;

/// <summary><c>fv explore</c>: a live page on which every parameter and the protocol can be changed while the solver follows.</summary>
public static class ExploreCommand
{
    private const string Usual = "single";

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("explore",
            "Change a case in the browser and watch: sliders for every parameter, protocol, pinned runs. Ends with Ctrl-C.");
        var arguments = new CaseArguments(command, Usual);
        Option<int> port = PortOption.Create();
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address and open no browser." };
        Option<bool> fast = FastOption.Create();
        command.Options.Add(fast);
        command.Options.Add(port);
        command.Options.Add(noBrowser);
        command.SetAction(async (parsed, cancel) =>
        {
            CaseDefinition definition = arguments.Read(parsed);
            var explorer = new Explorer(parsed.GetValue(fast) ? definition.With(FastOption.Setting) : definition);
            await using ExploreServer server = await Start(explorer, $"Explore {definition.SourceName}", parsed.GetValue(port));
            TextWriter text = parsed.InvocationConfiguration.Output;
            text.WriteLine(server.Address);
            text.WriteLine("Only this machine can open it. Ctrl-C ends it.");
            text.Flush();
            if (!parsed.GetValue(noBrowser))
                Open(server.Address);
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            catch (OperationCanceledException)
            {
                // That is how it ends.
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<ExploreServer> Start(Explorer explorer, string title, int port)
    {
        try
        {
            return await ExploreServer.Start(explorer, title, port);
        }
        catch (IOException)
        {
            throw PortOption.InUse(port);
        }
    }

    private static void Open(string address)
    {
        try
        {
            Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // No browser is known: the address has been printed.
        }
    }
}
