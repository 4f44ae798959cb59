using System.Runtime.InteropServices;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>Finds the SuiteSparse libraries that the sparse solvers call, which are optional.</summary>
/// <remarks>KLU is under the LGPL, UMFPACK under the GPL: both are loaded at run time and never shipped.</remarks>
public static class SuiteSparse
{
    internal const string Klu = "klu", Umfpack = "umfpack";

    private static readonly Library s_klu = new(Klu, "libklu1",
        ["libklu.so.2", "libklu.so.1", "libklu.so", "libklu.2.dylib", "libklu.dylib", .. Homebrew("libklu.dylib"),
         "klu.dll", "libklu.dll"],
        KluNative.Check);

    private static readonly Library s_umfpack = new(Umfpack, "libumfpack5",
        ["libumfpack.so.6", "libumfpack.so.5", "libumfpack.so", "libumfpack.6.dylib", "libumfpack.dylib", .. Homebrew("libumfpack.dylib"),
         "umfpack.dll", "libumfpack.dll"],
        UmfpackNative.Check);

    static SuiteSparse()
    {
        NativeLibrary.SetDllImportResolver(typeof(SuiteSparse).Assembly, Resolve);
        NativeMemoryReuse.Prefer();
    }

    /// <summary>Whether KLU can be used.</summary>
    public static bool IsKluAvailable => s_klu.Reason is null;

    /// <summary>Whether UMFPACK can be used.</summary>
    public static bool IsUmfpackAvailable => s_umfpack.Reason is null;

    /// <summary>Why KLU cannot be used, with the remedy; null when it can.</summary>
    public static string? WhyNoKlu => s_klu.Reason;

    /// <summary>Why UMFPACK cannot be used, with the remedy; null when it can.</summary>
    public static string? WhyNoUmfpack => s_umfpack.Reason;

    // Homebrew keeps libraries where the loader of macOS does not look.
    private static string[] Homebrew(string file) =>
        Environment.GetEnvironmentVariable("HOMEBREW_PREFIX") is { Length: > 0 } prefix ? [Path.Combine(prefix, "lib", file)] : [];

    // Called once for each imported function: the handles are cached.
    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? path) => name switch
    {
        Klu => s_klu.Handle,
        Umfpack => s_umfpack.Handle,
        _ => 0,
    };

    private sealed class Library(string name, string package, string[] files, Func<nint, string?> check)
    {
        private readonly Lazy<nint> _handle = new(() =>
        {
            foreach (string file in files)
                if (NativeLibrary.TryLoad(file, typeof(SuiteSparse).Assembly, null, out nint handle))
                    return handle;
            return 0;
        });

        private string? _reason;
        private bool _tried;

        public nint Handle => _handle.Value;

        public string? Reason
        {
            get
            {
                if (!_tried)
                {
                    _reason = Handle == 0
                        ? $"the library {name} of SuiteSparse was not found (tried {string.Join(", ", files)}); on Debian: apt-get "
                            + $"install {package}"
                        : Try();
                    _tried = true;
                }
                return _reason;
            }
        }

        private string? Try()
        {
            try
            {
                return check(Handle);
            }
            catch (EntryPointNotFoundException e)
            {
                return $"the library {name} that was found is not SuiteSparse's: {e.Message}";
            }
        }
    }
}
