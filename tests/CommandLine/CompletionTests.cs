using FvSolver.Cases.CommandLine;
using FvSolver.Cases.Input;
using FvSolver.Tests.House;
using FvSolver.Tests.Output;
using Xunit;

namespace FvSolver.Tests.CommandLine;

/// <summary>Shells complete commands, cases, keys and views.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    private static async Task<string[]> Run(params string[] args)
    {
        var output = new StringWriter();
        Assert.Equal(0, await CommandApplication.RunAsync(args,
            [RunCommand.Create(), PlotCommand.Create(), CompletionCommand.Create(), SchemaCommand.Create()], output: output,
            error: new StringWriter()));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static Task<string[]> Complete(string line) => Run("complete", "--position", $"{line.Length}", "--", line);

    [Fact]
    public async Task Commands_cases_keys_and_views_are_offered()
    {
        Assert.Contains("run", await Complete("fv r"));
        Assert.Contains("show", await Complete("./fv sh"));
        Assert.Equal(CaseLibrary.Names.Where(n => n.StartsWith("fig2")), (await Complete("fv run fig2")).Where(n => n.StartsWith("fig2")));
        Assert.Contains("psg.hop_distance", await Complete("fv show fig2a psg.hop_d"));
        Assert.Contains("psg.thickness=", await Complete("fv run fig2a --set psg.th"));
        Assert.Contains("preset=n2", await Complete("fv run fig2a --set preset="));
        Assert.Contains("targets", await Complete("fv schema t"));
        FvSolver.Cases.Output.ResultFile.Write(_folder["r.h5"], Sample.Programming());
        Assert.Contains("staircase", await Complete($"fv plot {_folder["r.h5"]} --view "));
        Assert.DoesNotContain("complete", await Complete("fv c"));
    }

    [NeedsProgramFact("bash", "--version", "bash")]
    public Task Bash_completes() => Completes("bash", """
        source "$1"
        COMP_LINE="fv run fig2"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(fv run fig2); COMP_CWORD=2
        _fv; printf '%s\n' "${COMPREPLY[@]}"
        COMP_LINE="fv show fig2a psg.hop_d"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(fv show fig2a psg.hop_d); COMP_CWORD=3
        _fv; printf '%s\n' "${COMPREPLY[@]}"
        complete -p fv >&2
        """);

    [NeedsProgramFact("zsh", "--version", "zsh")]
    public Task Zsh_completes() => Completes("zsh", """
        compdef() { }
        compadd() { while [[ "$1" == -* && "$1" != -a ]]; do shift; [[ "$1" == "" ]] && shift; done; print -rl -- ${(P)2}; }
        source "$1"
        BUFFER="fv run fig2"; CURSOR=${#BUFFER}; words=(fv run fig2); _fv
        BUFFER="fv show fig2a psg.hop_d"; CURSOR=${#BUFFER}; words=(fv show fig2a psg.hop_d); _fv
        """);

    [NeedsProgramFact("fish", "--version", "fish")]
    public Task Fish_completes() => Completes("fish", """
        source $argv[1]
        complete -C "fv run fig2"
        complete -C "fv show fig2a psg.hop_d"
        """);

    [NeedsProgramFact("PowerShell", "--version", "pwsh")]
    public Task PowerShell_completes() => Completes("powershell", """
        param($script)
        Get-Content -Raw $script | Invoke-Expression
        foreach ($line in 'fv run fig2', 'fv show fig2a psg.hop_d', 'fv run ') {
            [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
        }
        """, "pwsh -NoProfile -File", "single");

    /// <summary>Lets a shell complete by the real program, which a script named fv starts.</summary>
    private async Task Completes(string shell, string script, string? command = null, params string[] more)
    {
        string completion = _folder["completion"], test = _folder["test.ps1"], fv = _folder["fv"];
        File.WriteAllText(completion, string.Join('\n', await Run("completion", shell)) + "\n");
        File.WriteAllText(test, script.ReplaceLineEndings("\n") + "\n");
        File.WriteAllText(fv, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "fv.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(fv, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        (int code, string output) = NeedsProgramFactAttribute.Run("env",
            $"PATH={_folder.Path}:{Environment.GetEnvironmentVariable("PATH")} HOME={_folder.Path} {command ?? shell} {test} {completion}");
        Assert.True(code == 0, output);
        string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.All((string[])["fig2a", "fig2b", "fig2c", "psg.hop_distance", .. more], word => Assert.Contains(word, lines));
    }
}
