using System.Runtime.InteropServices;

namespace FvSolver.Cases.Files;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or a place that cannot be looked at.</summary>
    Absent,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, pipe or socket: reading it may never end, and replacing it harms the system.</summary>
    Special,
}

/// <summary>What a path leads to, and which file of the system it is; two paths with equal numbers are the same file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Device">Number of the file system; 0 where the system does not tell.</param>
/// <param name="Number">Number of the file in it; 0 where the system does not tell.</param>
internal readonly record struct FileIdentity(FileKind Kind, ulong Device, ulong Number)
{
    // linux/stat.h: statx is part of the kernel's stable interface, unlike the layout of stat.
    private const int CurrentFolder = -100, NoFollow = 0x100, TypeAndNumber = 0x101, Size = 256, Mode = 28, Inode = 32, Volume = 136;
    private const int TypeMask = 0xF000, RegularType = 0x8000, FolderType = 0x4000, LinkType = 0xA000;

    /// <summary>The path itself, or what it points to when it is a link.</summary>
    public static FileIdentity Of(string path, bool followLinks = false)
    {
        if (!OperatingSystem.IsLinux())
            return new(Portable(path, followLinks), 0, 0);
        var buffer = new byte[Size];
        if (statx(CurrentFolder, path, followLinks ? 0 : NoFollow, TypeAndNumber, buffer) != 0)
            return default;
        FileKind kind = (BitConverter.ToUInt16(buffer, Mode) & TypeMask) switch
        {
            RegularType => FileKind.Regular,
            FolderType => FileKind.Folder,
            LinkType => FileKind.Link,
            _ => FileKind.Special,
        };
        return new(kind, BitConverter.ToUInt64(buffer, Volume), BitConverter.ToUInt64(buffer, Inode));
    }

    /// <summary>The kind in words, e.g. for "is a folder".</summary>
    public string Words => Kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Link => "a symbolic link",
        FileKind.Special => "a device, pipe or socket",
        FileKind.Regular => "a file",
        _ => "not there",
    };

    private static FileKind Portable(string path, bool followLinks)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is not null && !followLinks)
            return FileKind.Link;
        return Directory.Exists(path) ? FileKind.Folder : info.Exists ? FileKind.Regular : FileKind.Absent;
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
}
