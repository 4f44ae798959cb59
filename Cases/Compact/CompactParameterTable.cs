using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using FvSolver.Cases.Compact.Model;
using FvSolver.Materials;

namespace FvSolver.Cases.Compact;

/// <summary>A parameter of the compact model as it is handed out: with unit, uncertainty and origin.</summary>
/// <param name="Name">Name in this program.</param>
/// <param name="Symbol">Symbol of the equations and name in netlists.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Meaning">Meaning, in words.</param>
/// <param name="Value">Value [unit].</param>
/// <param name="StandardError">Standard error [unit]; null when it was not fitted.</param>
/// <param name="Kind">Kind: calibrated when fitted, derived when it follows from the device, user when changed by hand.</param>
/// <param name="Origin">Where it comes from, in words.</param>
public sealed record CompactParameter(
    string Name, string Symbol, string Unit, string Meaning, double Value, double? StandardError, Kind Kind, string Origin);

/// <summary>Ranges in which the parameters were determined; outside them the model extrapolates.</summary>
/// <param name="Down">Amplitudes of pulses below the rest voltage [V].</param>
/// <param name="Up">Amplitudes of pulses above it [V].</param>
/// <param name="PulseWidth">Widths from base to base [s].</param>
/// <param name="Composition">Compositions over the rest value.</param>
/// <param name="Temperature">Temperatures [K].</param>
/// <param name="Rest">Times of rest after a pulse [s].</param>
public sealed record CompactValidity(
    CompactRange Down, CompactRange Up, CompactRange PulseWidth, CompactRange Composition, CompactRange Temperature, CompactRange Rest)
{
    /// <summary>Largest |relative error| of a fitted step within them.</summary>
    public double WorstStep { get; init; }

    /// <summary>Why they end where they do.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}

/// <summary>A closed range.</summary>
/// <param name="From">Lower end.</param>
/// <param name="To">Upper end.</param>
public sealed record CompactRange(double From, double To)
{
    /// <summary>The range of some values.</summary>
    public static CompactRange Of(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return new(all.Min(), all.Max());
    }
}

/// <summary>The device that was modelled: the compact model itself is per area.</summary>
/// <param name="Length">Channel length [m].</param>
/// <param name="Width">Channel width [m].</param>
/// <param name="EdgeTime">Rise and fall time of its pulses [s].</param>
/// <param name="HoldTime">Time at the base voltage before the gate opens [s].</param>
public sealed record CompactGeometry(double Length, double Width, double EdgeTime, double HoldTime)
{
    /// <summary>Gate area [m^2].</summary>
    [JsonIgnore]
    public double Area => Length * Width;

    /// <summary>Geometry of a device.</summary>
    public static CompactGeometry Of(Device device) =>
        new(device.Geometry.Length, device.Geometry.Width, device.Gate.EdgeTime, device.Gate.HoldTime);
}

/// <summary>The compact model of a device with uncertainty, origin and range: what all emitters write from.</summary>
public sealed record CompactParameterTable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Name of the model, e.g. of the case.</summary>
    public required string Name { get; init; }

    /// <summary>Modelled device.</summary>
    public required CompactGeometry Geometry { get; init; }

    /// <summary>Range of validity; null when nothing was fitted.</summary>
    public CompactValidity? Validity { get; init; }

    /// <summary>Parameters in order.</summary>
    public required IReadOnlyList<CompactParameter> Parameters { get; init; }

    /// <summary>Scatter of a step; none where it was not computed.</summary>
    public IReadOnlyList<CompactScatter> Scatter { get; init; } = [];

    /// <summary>Trains that were not fitted.</summary>
    public IReadOnlyList<CompactCheck> Checks { get; init; } = [];

    /// <summary>Warnings of the identification.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A table of parameters that follow from the device alone.</summary>
    public static CompactParameterTable FromDevice(string name, Device device) =>
        Of(name, CompactGeometry.Of(device), CompactParameters.FromDevice(device));

    /// <summary>A table of parameters.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="geometry">Modelled device.</param>
    /// <param name="parameters">Values.</param>
    /// <param name="errors">Standard errors of the fitted ones by name, or null.</param>
    /// <param name="origin">Origin of the fitted ones.</param>
    public static CompactParameterTable Of(
        string name, CompactGeometry geometry, CompactParameters parameters, IReadOnlyDictionary<string, double>? errors = null,
        string origin = "") => new()
        {
            Name = name,
            Geometry = geometry,
            Parameters = [.. CompactParameters.Properties.Select(p => Entry(p, parameters, errors, origin))],
        };

    /// <summary>The values, as the model takes them.</summary>
    public CompactParameters Values() => CompactParameters.Of(Parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <summary>The table as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads a table back.</summary>
    /// <exception cref="InvalidDataException">The text is no such table.</exception>
    public static CompactParameterTable FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<CompactParameterTable>(text, Json)
                ?? throw new InvalidDataException("The parameter table is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The parameter table cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static CompactParameter Entry(PropertyInfo property, CompactParameters values, IReadOnlyDictionary<string, double>? errors,
        string origin)
    {
        CompactQuantityAttribute quantity = CompactParameters.Quantity(property);
        bool fitted = errors is not null && errors.ContainsKey(property.Name);
        return new(property.Name, quantity.Symbol, quantity.Unit, quantity.Meaning, values[property.Name],
            fitted ? errors![property.Name] : null, fitted ? Kind.Calibrated : Kind.Derived,
            fitted ? origin : "from the parameters of the device");
    }
}
