using System.Buffers.Binary;
using System.Text;
using FvSolver.Cases.Plots;
using SkiaSharp;
using Xunit;

namespace FvSolver.Tests.CrossSections;

public sealed class AnimatedPngTests
{
    [Fact]
    public void The_check_sum_is_that_of_the_standard_example() =>
        Assert.Equal(0xCBF43926u, AnimatedPng.Check(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void A_film_holds_every_frame_in_sequence_and_still_opens_as_a_picture()
    {
        byte[] film = AnimatedPng.Join([Frame(SKColors.Red), Frame(SKColors.Green), Frame(SKColors.Blue)], 250);
        List<(string Type, byte[] Data)> chunks = AnimatedPng.Chunks(film);
        Assert.Equal(3, BinaryPrimitives.ReadInt32BigEndian(chunks.Single(c => c.Type == "acTL").Data));
        int[] sequence = [.. chunks.Where(c => c.Type is "fcTL" or "fdAT").Select(c => BinaryPrimitives.ReadInt32BigEndian(c.Data))];
        Assert.Equal(Enumerable.Range(0, sequence.Length), sequence);
        Assert.Equal(3, chunks.Count(c => c.Type == "fcTL"));
        Assert.Equal("IEND", chunks[^1].Type);
        using SKBitmap first = SKBitmap.Decode(film);
        Assert.Equal(SKColors.Red, first.GetPixel(3, 3));
    }

    [Fact]
    public void Frames_of_different_sizes_are_refused() =>
        Assert.Throws<ArgumentException>(() => AnimatedPng.Join([Frame(SKColors.Red), Frame(SKColors.Red, 9)], 100));

    private static byte[] Frame(SKColor color, int side = 8)
    {
        using var bitmap = new SKBitmap(side, side);
        bitmap.Erase(color);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }
}
