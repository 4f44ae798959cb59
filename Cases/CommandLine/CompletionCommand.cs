using System.CommandLine;
using System.CommandLine.Completions;

namespace FvSolver.Cases.CommandLine;

/// <summary><c>fv completion SHELL</c>: what a shell has to be told so that it completes commands, cases, keys and views.</summary>
public static class CompletionCommand
{
    private static readonly OrderedDictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            # FvSolver for bash: put  source <(fv completion bash)  into ~/.bashrc
            _fv() {
                local words IFS=$'\n'
                words=$("${COMP_WORDS[0]}" complete --position "$COMP_POINT" -- "$COMP_LINE" 2>/dev/null)
                COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
                [[ "${COMPREPLY[0]-}" == *= ]] && compopt -o nospace 2>/dev/null
                return 0
            }
            complete -o default -F _fv fv ./fv
            """,
        ["zsh"] = """
            #compdef fv
            # FvSolver for zsh: put  source <(fv completion zsh)  into ~/.zshrc, after compinit
            _fv() {
                local -a found keys
                found=("${(@f)$("${words[1]}" complete --position $CURSOR -- "$BUFFER" 2>/dev/null)}")
                found=(${found:#})
                keys=(${(M)found:#*=})
                found=(${found:#*=})
                (( ${#keys} )) && compadd -S '' -a keys
                (( ${#found} )) && compadd -a found
                (( ${#keys} + ${#found} )) || _files
            }
            compdef _fv fv
            """,
        ["fish"] = """
            # FvSolver for fish: fv completion fish > ~/.config/fish/completions/fv.fish
            complete -c fv -a '(fv complete --position (string length -- (commandline -cp)) -- (commandline -cp) 2>/dev/null)'
            """,
        ["powershell"] = """
            # FvSolver for PowerShell: put  fv completion powershell | Out-String | Invoke-Expression  into $PROFILE
            Register-ArgumentCompleter -Native -CommandName fv -ScriptBlock {
                param($word, $line, $cursor)
                # The text of a command begins where the last one of a pipeline ended, and ends before the last spaces.
                $at = $cursor - $line.Extent.StartOffset
                fv complete --position $at -- ("$line".PadRight($at)) | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", Scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script by which a shell completes commands, cases, keys and views.") { shell };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n") + "\n");
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary><c>fv complete</c>: what those scripts ask; hidden.</summary>
    internal static Command CreateComplete()
    {
        var line = new Argument<string>("LINE") { Description = "The command line so far." };
        var position = new Option<int?>("--position") { Description = "Where the cursor is in it." };
        var command = new Command("complete", "Complete a command line; shells call it.") { line, position };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            string text = parsed.GetRequiredValue(line);
            text = text[..Math.Clamp(parsed.GetValue(position) ?? text.Length, 0, text.Length)];
            // The first word is the program, by whatever path it was called.
            text = text.TrimStart();
            int space = text.IndexOf(' ');
            if (space < 0)
                return ExitCode.Success;
            text = text[(space + 1)..];
            foreach (CompletionItem item in parsed.RootCommandResult.Command.Parse(text).GetCompletions(text.Length))
                parsed.InvocationConfiguration.Output.WriteLine(item.InsertText ?? item.Label);
            return ExitCode.Success;
        });
        return command;
    }
}
