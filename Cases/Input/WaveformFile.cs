using System.Globalization;
using FvSolver.Solver.Drive;

namespace FvSolver.Cases.Input;

/// <summary>Reads a voltage over time from a CSV file with the header <c>time,voltage</c>, in s and V.</summary>
/// <remarks>
/// In place of a voltage a line may say <c>open</c>: from its time on the gate is open, until the next line with a voltage, which the source
/// reaches by a ramp of the device's edge time that ends there; see <see cref="VoltageTable"/>.
/// </remarks>
internal static class WaveformFile
{
    private const string Header = "time,voltage";
    private const string Open = "open";

    /// <summary>Reads and checks a waveform.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">What the user calls it, for messages.</param>
    /// <param name="edge">Time in which the source meets an open gate [s].</param>
    public static VoltageTable Read(string path, string name, double edge)
    {
        string[] lines = InputFile.Read(path, name).Split('\n');
        var times = new List<double>();
        var voltages = new List<double>();
        bool headed = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (!headed)
            {
                headed = string.Concat(line.Where(c => c is not ' ' and not '"')) == Header
                    ? true
                    : throw new InputException(name, i + 1, "", line, $"the first line must be the header {Header}");
                continue;
            }
            string[] cells = line.Split(',');
            if (cells.Length != 2)
                throw new InputException(name, i + 1, "", line, "must be two numbers, time in s and voltage in V");
            double time = Number(cells[0], "time", name, i + 1);
            if (times.Count == 0 && time != 0)
                throw new InputException(name, i + 1, "time", cells[0].Trim(), "the first time must be 0 s");
            if (times.Count > 0 && time <= times[^1])
                throw new InputException(name, i + 1, "time", cells[0].Trim(), "times must increase");
            double voltage = cells[1].Trim() == Open ? VoltageTable.Open : Number(cells[1], "voltage", name, i + 1);
            if (times.Count > 0 && double.IsNaN(voltages[^1]) && !double.IsNaN(voltage) && time - times[^1] <= edge)
                throw new InputException(name, i + 1, "time", cells[0].Trim(),
                    $"must be more than {QuantityText.Format(edge, "s")} (gate.edge_time) after the line before, where the gate is open");
            times.Add(time);
            voltages.Add(voltage);
        }
        return times.Count >= 2
            ? new VoltageTable(times, voltages)
            : throw new InputException(name, 0, "", "", $"must hold the header {Header} and at least two lines of numbers");
    }

    private static double Number(string cell, string column, string name, int line) =>
        double.TryParse(cell.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new InputException(name, line, column, cell.Trim(), column == "voltage" ? "must be a finite number, or open" : "must be a finite number");
}
