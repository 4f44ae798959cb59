using Xunit;
using Xunit.Abstractions;

namespace FvSolver.Tests.Mutation.Host;

/// <summary>Collects what discovery finds and what a run reports; ends the program at the first failure.</summary>
internal sealed class TestSink : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly AutoResetEvent _finished = new(false);
    private int _passed;

    /// <summary>Test cases that were found.</summary>
    public List<ITestCase> Cases { get; } = [];

    /// <summary>Number of tests that passed.</summary>
    public int Passed => _passed;

    /// <summary>Waits for the end of a discovery or a run.</summary>
    public void Wait() => _finished.WaitOne();

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage discovery:
                Cases.Add(discovery.TestCase);
                break;
            case ITestPassed:
                Interlocked.Increment(ref _passed);
                break;
            case ITestFailed failed:
                // The answer is known; the tests that still run are not waited for.
                Console.WriteLine($"FAILED {failed.Test.DisplayName}");
                Environment.Exit(1);
                break;
            case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                _finished.Set();
                break;
        }
        return true;
    }
}
