using System.CommandLine;
using FvSolver.Cases.Input;

namespace FvSolver.Cases.CommandLine;

/// <summary>The option <c>--port</c> of commands that serve pages to this machine.</summary>
public static class PortOption
{
    private const string Name = "--port";
    private const int Most = 65535;

    /// <summary>Makes the option.</summary>
    public static Option<int> Create() => IntegerOption.Create(Name, "Port on the loopback address; 0 for any that is free.", 0, Most, 0);

    /// <summary>What is said when another program has the port.</summary>
    public static InputException InUse(int port) => new("", 0, Name, $"{port}", "is in use; choose another one, or 0 for any that is free");
}
