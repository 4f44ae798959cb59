using System.Globalization;
using FvSolver.Tests.Drive;
using FvSolver.Tests.Fuzzing;
using FvSolver.Tests.Fuzzing.Host;

// Damages inputs of eight kinds and has them read, in this process and by starts of the program; counts how that ends.
//   dotnet run -c Release --project tests/Fuzzing/Host -- --count 1000000 --starts 1000
// By hand, not in CI; the script 'guided' has inputs chosen by the branches that they reach.
//   dotnet run -c Release --project tests/Fuzzing/Host -- --devices 300 --preset default
// runs random devices instead, --first and on: every parameter multiplied or divided by --factor (2), or --changes of them, but those in
// --fixed (heat.reference_temperature; a list with commas), on so many --workers (1);
// with --section half-gate in the cross-section of that case.
// Options: --count, inputs in all (100000); --starts, process starts (0); --first, first seed (0);
// --kind, one kind alone; --keep, folder for inputs that end badly (fuzz-findings). The exit code is 1 when there are any.
string Option(string name, string usual) =>
    Array.IndexOf(args, "--" + name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : usual;
int Number(string name, string usual) => int.Parse(Option(name, usual), CultureInfo.InvariantCulture);
int count = Number("count", "100000"), starts = Number("starts", "0"), first = Number("first", "0");
string only = Option("kind", "");
if (Number("devices", "0") is > 0 and var drawn)
{
    var random = new RandomDevice(Option("preset", "default"), Number("factor", "2"), Number("changes", "1000"))
    {
        Kept = Option("fixed", RandomDevice.UsuallyKept).Split(','),
        Section = Option("section", ""),
    };
    var devices = new Devices(random, Path.GetFullPath(Option("keep", "random-devices")));
    devices.Run(first, drawn, Number("workers", "1"));
    return devices.Bad == 0 ? 0 : 1;
}
if (Guided.All.FirstOrDefault(g => g.Name == Option("guided", "")) is { } guided)
{
    if (Option("originals", "") is { Length: > 0 } folder)
        guided.WriteOriginals(folder);
    else
        guided.Run();
    return 0;
}
Subject[] kinds = [.. Subject.All.Where(s => only.Length == 0 || s.Name == only)];
var campaign = new Campaign(Path.GetFullPath(Option("keep", "fuzz-findings")));
foreach (Subject kind in kinds)
    campaign.Run(kind, first, count * kind.Share / kinds.Sum(k => k.Share));
campaign.Start(kinds, first, starts);
return campaign.Bad == 0 ? 0 : 1;
