using Xunit.Abstractions;

namespace FvSolver.Tests.Mutation.Host;

/// <summary>Options by name, with the framework's defaults for all others.</summary>
internal sealed class TestOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = new()
    {
        ["xunit.discovery.PreEnumerateTheories"] = false,
        ["xunit.execution.SynchronousMessageReporting"] = true,
    };

    public TValue GetValue<TValue>(string name) => _values.GetValueOrDefault(name) is TValue value ? value : default!;

    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}
