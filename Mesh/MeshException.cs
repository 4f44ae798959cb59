namespace FvSolver.Mesh;

/// <summary>A mesh that cannot be built or read; the message is one line that says where and what is allowed.</summary>
public sealed class MeshException(string message) : Exception(message);
