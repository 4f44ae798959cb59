using System.Security.Cryptography;

namespace FvSolver.Cases.Output;

/// <summary>
/// A digest behind the end of an HDF5 file, by which damage is noticed that would otherwise read as wrong numbers.
/// </summary>
/// <remarks>
/// HDF5 readers ignore what follows the end that the superblock states. The seal is 8 characters and the SHA-256 of
/// all before them. Programs that change the file cut the seal off; such a file is read without the check.
/// </remarks>
internal static class Seal
{
    internal static ReadOnlySpan<byte> Mark => "FvSeal 1"u8;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];

    private const int DigestLength = SHA256.HashSizeInBytes;

    /// <summary>Appends the seal to a file that is complete.</summary>
    public static void Append(Stream file)
    {
        file.Position = 0;
        byte[] digest = SHA256.HashData(file);
        file.Write(Mark);
        file.Write(digest);
    }

    /// <summary>False when the file carries a seal and its content does not agree with it.</summary>
    public static bool IsIntact(Stream file)
    {
        long content = file.Length - Mark.Length - DigestLength;
        if (content < 0)
            return true;
        Span<byte> seal = stackalloc byte[8 + DigestLength];
        file.Position = content;
        file.ReadExactly(seal);
        if (!seal.StartsWith(Mark))
            return true;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Position = 0;
        byte[] buffer = new byte[1 << 16];
        while (content > 0)
        {
            int read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, content));
            if (read == 0)
                return false;
            hash.AppendData(buffer, 0, read);
            content -= read;
        }
        return hash.GetHashAndReset().AsSpan().SequenceEqual(seal[Mark.Length..]);
    }

    /// <summary>
    /// True when the superblock (version 2 or 3, the only ones that this program writes) states a length that the
    /// file does not have: it was cut off.
    /// </summary>
    public static bool IsTruncated(Stream file)
    {
        Span<byte> superblock = stackalloc byte[48];
        file.Position = 0;
        if (file.ReadAtLeast(superblock, superblock.Length, throwOnEndOfStream: false) < superblock.Length)
            return false;
        // HDF5 1.10 format specification, II.A: signature 8, version, size of offsets, ..., end-of-file address at 28.
        bool known = superblock[..8].SequenceEqual(Signature) && superblock[8] is 2 or 3 && superblock[9] == 8;
        return known && BitConverter.ToUInt64(superblock[28..36]) > (ulong)file.Length;
    }
}
