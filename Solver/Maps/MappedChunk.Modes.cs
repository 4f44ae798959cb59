using FvSolver.Solver.Arithmetic;
using FvSolver.Solver.Drive;
using FvSolver.Solver.Observe;

namespace FvSolver.Solver.Maps;

/// <summary>Pulses whose states remember more than their content: the modes of that are mapped with it.</summary>
internal sealed partial class MappedChunk
{
    private readonly double[][] _modes = new double[Capacity + 1][];
    private readonly double[] _point = new double[1 + PulseFamily.MostVariables + MemoryModes.Most];
    private double _reading;

    /// <summary>Amplitudes of modes before a pulse; none where its piece has no modes.</summary>
    public double[] ModesBefore(int i) => PieceOf(i).Modes is null ? [] : _modes[i];

    /// <summary>Takes the modes of a state for those before the first pulse.</summary>
    /// <param name="piece">A piece with modes.</param>
    /// <param name="state">The state.</param>
    /// <param name="u">Its content.</param>
    /// <param name="readout">Reads conductances.</param>
    /// <returns>What the state is off from that of its content and modes, and by how much its conductance.</returns>
    public (double Distance, double Lag) Recall(MapPiece piece, Scalar[] state, double u, ChannelReadout readout)
    {
        _modes[0] = new double[piece.Amplitudes.Count];
        double distance = piece.Modes!.Read(state, u, _modes[0]);
        var taken = new Scalar[state.Length];
        piece.Place(taken, u, _modes[0], null);
        _reading = readout.Of(state);
        return (distance, Math.Abs(_reading - readout.Of(taken)));
    }

    /// <summary>Change of content over N_0 by the strongest and shortest pulse of a piece from a content, with the modes that were
    /// recalled.</summary>
    public double StepAt(MapPiece piece, double u)
    {
        piece.Place(u, piece.Family.MostAmplitude, piece.Family.LeastWidth, _modes[0], _point);
        return piece.StepAt(_point.AsSpan(0, piece.Dimensions));
    }

    /// <summary>Pulses one by one where states have modes, whose amplitudes are mapped with the content.</summary>
    private void RunRemembering(PulseTrain train, int done, int most, double edge, MemoryModes modes)
    {
        _pulse = null;
        for (int i = 0; i < most; Count = ++i)
        {
            (double amplitude, double width) = (_amplitude[i], _width[i]) = train.PulseAt(done + i);
            MapPiece? piece = i > 0 && _pieces[i - 1].Family.Has(amplitude, width) ? _pieces[i - 1]
                : _map.Find(
                    _map.FamilyOf(amplitude, width, train.Edge ?? edge, train.Hold, train.Rest), U[i], Given[i], train.Count - done - i);
            if (piece is null || !ReferenceEquals(piece.Modes, modes) || !piece.Place(U[i], amplitude, width, _modes[i], _point)
                || !Stays(piece, Given.AsSpan(i, 1)))
                break;
            _pieces[i] = piece;
            Content[i + 1] = Content[i] + piece.StepAt(_point.AsSpan(0, piece.Dimensions));
            U[i + 1] = Math.Log(Content[i + 1]);
            _modes[i + 1] = [.. piece.Amplitudes.Select(a => a.At(_point.AsSpan(0, piece.Dimensions)))];
            Given[i + 1] = Given[i] + Remembering(i, "protons_from_pd");
        }
        foreach (MapPiece piece in Pieces(0, Count))
        {
            Gather(piece, 0, Count);
            for (int q = 0; q < Quadratures.Length; q++)
                _group.Scatter(_group.Respond(ResponseNames.Columns.Count + q), Quadratures[q]);
            _group.Scatter(_group.StepSlopes(), _slope);
            foreach (int i in _group.Members)
                _slope[i] = 1 + (Content[i + 1] - Content[i]) * _slope[i] / Content[i];
        }
    }

    /// <summary>What a pulse does to a column that remembers.</summary>
    private double Remembering(int i, string name)
    {
        MapPiece piece = _pieces[i];
        piece.Place(U[i], _amplitude[i], _width[i], _modes[i], _point);
        PulseResponse response = piece.Responses[^(ResponseNames.Remembered.Count - ResponseNames.PlaceOf(name))];
        Span<double> value = [response.Polynomial.At(_point.AsSpan(0, piece.Dimensions))];
        response.ToValues(value);
        return value[0];
    }

    /// <summary>What is read after a pulse whose state remembers.</summary>
    private double Read(int i, StopQuantity quantity) => quantity == StopQuantity.Conductance
        ? _pieces[i].Settled.Conductance.At(U[i + 1]) + Remembering(i, "conductance_after") : Remembering(i, "composition");

    /// <summary>Columns of pulses of the group, whose states remember.</summary>
    private void FillRemembering(MapPiece piece, bool isWhole)
    {
        int first = piece.Responses.Count - ResponseNames.Remembered.Count;
        Span<double> before = Column(s_before), after = Column(s_after);
        _group.Scatter(_group.Read(piece.Settled.Conductance, isAfter: true), after);
        _group.Scatter(_group.Respond(piece.Responses.Count - 1), _work);
        foreach (int i in _group.Members)
            after[i] += _work[i];
        before[0] = _reading;
        foreach (int i in _group.Members)
            if (i + 1 < Count)
                before[i + 1] = after[i];
        if (!isWhole)
            return;
        for (int r = 0; r < ResponseNames.Remembered.Count - 1; r++)
            _group.Scatter(_group.Respond(first + r), Column(PulseTable.PlaceOf(ResponseNames.Remembered[r])));
        for (int r = 0; r < ResponseNames.Columns.Count; r++)
            _group.Scatter(_group.Respond(r), Columns[ResponseNames.Columns[r]]);
    }
}
