using System.Runtime.CompilerServices;

namespace FvSolver.Solver.LinearAlgebra;

/// <summary>The order in which twisted elimination goes from both ends toward a middle level.</summary>
/// <remarks>
/// Each side is a recurrence from level to level, and its latency is what a pass costs: the processor overlaps what stands close together
/// in the program. The middle is where both sides have taken equal time. The plan goes by that time: the side that is behind is taken next,
/// and where it meets a run of equal blocks on the other side, the two go level beside level.
/// </remarks>
internal sealed class PassPlan
{
    // Latency [clocks] of a level of a run in a solution, by the size of its block; of a level
    // outside of runs, of one unknown and of several.
    private static readonly int[] InRun = [0, 4, 8, 13];
    private const int Alone = 15, Wide = 40;

    // A middle within a run is worth some levels.
    private const int NearLevels = 2;

    // Of each level, the size of its block, and the same if it is taken in a run, else 0.
    private readonly int[] _size, _runSize;
    private readonly int _middle;

    /// <summary>Plans a pass.</summary>
    /// <param name="size">Size of the block of each level.</param>
    /// <param name="join">Of each level, the same if a run can go on from it to the level above, else 0.</param>
    /// <param name="middle">Level where both sides meet.</param>
    /// <param name="pass">Pass.</param>
    public PassPlan(int[] size, int[] join, int middle, Pass pass)
    {
        (_size, _runSize, _middle) = (size, new int[size.Length], middle);
        for (int l = 0; l < size.Length; l++)
        {
            int below = l > 0 ? join[l - 1] : 0, above = join[l];
            (int outer, int inner) = l <= middle ? (below, above) : (above, below);
            _runSize[l] = pass == Pass.Inward ? outer : pass == Pass.Outward ? inner : Math.Min(outer, inner);
        }
        Side up = new(this, 0, 1), down = new(this, size.Length - 1, -1);
        var parts = new List<Part>();
        while (!up.IsDone || !down.IsDone)
            parts.Add(Next(up, down));
        Parts = parts;
        Time = Math.Max(up.Time, down.Time);
    }

    /// <summary>What is taken one after the other, without the middle.</summary>
    public IReadOnlyList<Part> Parts { get; }

    /// <summary>When the slower side is done [clocks].</summary>
    private int Time { get; }

    /// <summary>The middle with which a solution takes the least time.</summary>
    /// <remarks>It is close to the level below which half of the time is spent, and within a run if there is one.</remarks>
    public static int FindMiddle(int[] size, int[] join)
    {
        int levels = size.Length, half = 0;
        int TimeAt(int l) => TimeOf(size[l], Math.Max(join[l], l > 0 ? join[l - 1] : 0));
        for (int twice = 2 * TimeAt(0) - Enumerable.Range(0, levels).Sum(TimeAt); twice < 0; twice += 2 * TimeAt(half))
            half++;
        return Enumerable.Range(1, Math.Max(0, levels - 2))
            .Where(l => join[l - 1] > 0 && join[l] > 0 && Math.Abs(l - half) <= NearLevels)
            .DefaultIfEmpty(half)
            .MinBy(l => new PassPlan(size, join, l, Pass.Inward).Time + new PassPlan(size, join, l, Pass.Outward).Time);
    }

    /// <summary>How many levels with blocks of one size take about as long as one of another size, or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Beside(int size, int other) => size >= other ? 1 : size == 1 ? other : 2;

    private static int TimeOf(int size, int runSize) => runSize > 0 ? InRun[runSize] : size == 1 ? Alone : Wide;

    private static Part Next(Side up, Side down)
    {
        if (up.IsDone || down.IsDone)
            return new((up.IsDone ? down : up).Take(int.MaxValue), default);
        (Side behind, Side ahead) = up.Time <= down.Time ? (up, down) : (down, up);
        int lead = ahead.Time - behind.Time;
        if (behind.RunSize == 0 || lead >= InRun[behind.RunSize])
            return new(behind.Take(behind.RunSize == 0 ? 1 : lead / InRun[behind.RunSize]), default);
        if (ahead.RunSize == 0)
            return new(ahead.Take(1), default);
        int upTimes = Beside(up.RunSize, down.RunSize), downTimes = Beside(down.RunSize, up.RunSize);
        int count = Math.Min(up.Left / upTimes, down.Left / downTimes);
        if (count == 0)
            return new((upTimes > 1 ? up : down).Take(int.MaxValue), default);
        Part pair = new(up.Take(count * upTimes), down.Take(count * downTimes));
        up.Time = down.Time = Math.Max(up.Time, down.Time);
        return pair;
    }

    /// <summary>Levels of one side: a run, or one level outside of runs.</summary>
    /// <param name="BlockSize">1 to 3, or 0 outside of runs.</param>
    /// <param name="Start">First level.</param>
    /// <param name="Direction">+1 upward, -1 downward.</param>
    /// <param name="Count">Number of levels.</param>
    public readonly record struct Run(int BlockSize, int Start, int Direction, int Count);

    /// <summary>What is taken at once: levels of either side, or a run upward and one downward, see <see cref="Beside"/>.</summary>
    /// <param name="First">Levels of either side; of two runs that upward.</param>
    /// <param name="Second">The run downward; without levels, when there is none.</param>
    public readonly record struct Part(Run First, Run Second);

    /// <summary>How far the plan has come on one side, and at what time.</summary>
    private sealed class Side(PassPlan plan, int start, int direction)
    {
        private int _level = start;

        public int Time { get; set; }

        public bool IsDone => _level == plan._middle;

        public int RunSize => plan._runSize[_level];

        /// <summary>Number of levels from here on in the same run.</summary>
        public int Left
        {
            get
            {
                int end = _level, size = RunSize;
                while (end != plan._middle && plan._runSize[end] == size)
                    end += direction;
                return Math.Abs(end - _level);
            }
        }

        public Run Take(int count)
        {
            var run = new Run(RunSize, _level, direction, RunSize == 0 ? 1 : Math.Min(count, Left));
            Time += run.Count * TimeOf(plan._size[_level], RunSize);
            _level += run.Count * direction;
            return run;
        }
    }
}
