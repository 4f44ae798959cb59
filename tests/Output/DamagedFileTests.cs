using System.Text;
using FvSolver.Cases.Output;
using FvSolver.Tests.House;
using Xunit;

namespace FvSolver.Tests.Output;

/// <summary>Whatever happened to a file, reading it ends in a result or in one line.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int SealLength = 40;

    private readonly TemporaryDirectory _folder = new();
    private readonly byte[] _good;

    public DamagedFileTests()
    {
        ResultFile.Write(At("good.h5"), Sample.Programming(5, 5));
        _good = File.ReadAllBytes(At("good.h5"));
    }

    public void Dispose() => _folder.Dispose();

    private string At(string name) => _folder[name];

    /// <summary>Null when the bytes could be read, else the message.</summary>
    private string? Problem(byte[] content)
    {
        File.WriteAllBytes(At("bad.h5"), content);
        try
        {
            ResultFile.Read(At("bad.h5"));
            return null;
        }
        catch (OutputException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return e.Message;
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var random = new Random(2);
        for (int k = 0; k < 300; k++)
        {
            byte[] bad = [.. _good];
            int at = random.Next(bad.Length - SealLength);
            bad[at] ^= (byte)(1 << random.Next(8));
            Assert.True(Problem(bad) is not null, $"a flipped bit in byte {at} went unnoticed");
        }
    }

    [Fact]
    public void Without_the_seal_damage_still_ends_in_one_line_or_a_result()
    {
        byte[] bare = _good[..^SealLength];
        Assert.Null(Problem(bare));
        var random = new Random(3);
        for (int k = 0; k < 150; k++)
        {
            byte[] bad = [.. bare];
            for (int n = random.Next(1, 4); n > 0; n--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Problem(bad);
        }
    }

    // Sizes and extents of attributes and datasets are among what follows a name.
    [Theory]
    [InlineData("long_name")]
    [InlineData("conductance")]
    [InlineData("units")]
    public void No_damage_of_a_header_takes_the_memory(string name)
    {
        byte[] bare = _good[..^SealLength];
        int at = bare.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name + "\0"));
        for (int k = name.Length; k < name.Length + 40; k++)
        {
            byte[] bad = [.. bare];
            bad[at + k] ^= 0x10;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Problem(bad);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        }
    }

    [Fact]
    public void Every_cut_is_noticed()
    {
        var random = new Random(4);
        for (int k = 0; k < 200; k++)
        {
            int length = k < 60 ? k : random.Next(_good.Length - SealLength);
            Assert.True(Problem(_good[..length]) is not null, $"a file of {length} bytes of {_good.Length} was taken for whole");
        }
    }

    [Fact]
    public void A_seal_that_is_cut_costs_only_the_check() => Assert.Null(Problem(_good[..^7]));
}
