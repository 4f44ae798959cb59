// Runs the tests of some namespaces of a test assembly and stops at the first failure: Host ASSEMBLY NAMESPACE...
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using FvSolver.Tests.Mutation.Host;
using Xunit.Abstractions;
using Xunit.Sdk;

string path = args[0], folder = Path.GetDirectoryName(path)!;
AssemblyLoadContext.Default.Resolving += (context, name) =>
    Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
    Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", name + ".so") is var file && File.Exists(file)
        ? NativeLibrary.Load(file) : 0;
// Tests look for their data where they are, not where this program is.
AppDomain.CurrentDomain.SetData("APP_CONTEXT_BASE_DIRECTORY", folder + Path.DirectorySeparatorChar);
Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
var framework = new XunitTestFramework(new NullMessageSink());
ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
var found = new TestSink();
foreach (Type type in assembly.GetTypes().Where(t => t.IsPublic && args.Skip(1).Any(t.FullName!.Contains)))
{
    discoverer.Find(type.FullName!, false, found, new TestOptions());
    found.Wait();
}
var run = new TestSink();
framework.GetExecutor(assembly.GetName()).RunTests(found.Cases, run, new TestOptions());
run.Wait();
Console.WriteLine($"{run.Passed} passed");
// Tests may have started threads.
Environment.Exit(run.Passed > 0 ? 0 : 1);
