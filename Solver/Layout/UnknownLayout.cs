using FvSolver.Materials;
using FvSolver.Mesh;
using FvSolver.Solver.Physics;

namespace FvSolver.Solver.Layout;

/// <summary>Where each unknown of a device lives in the state vector: one contiguous range a field.</summary>
/// <remarks>
/// Fields of PSG are numbered by electrolyte nodes in mesh order, those of WO3 by channel nodes, temperatures by mesh
/// nodes, coverage and gas by PSG/WO3 interfaces, the potential of insulators by their nodes that touch nothing else (see
/// <see cref="InsulatorMap"/>). A field that is switched off has no range (offset -1).
/// </remarks>
public sealed class UnknownLayout
{
    /// <summary>Lays out the unknowns of a mesh.</summary>
    /// <param name="mesh">Mesh.</param>
    /// <param name="device">Device, which decides which unknowns there are.</param>
    public UnknownLayout(ControlVolumeMesh mesh, Device device)
    {
        PsgNodes = NodesOf(mesh, MaterialKind.Electrolyte);
        Wo3Nodes = NodesOf(mesh, MaterialKind.Channel);
        Local = new int[mesh.NodeCount];
        Array.Fill(Local, -1);
        for (int i = 0; i < PsgNodes.Length; i++)
            Local[PsgNodes[i]] = i;
        for (int i = 0; i < Wo3Nodes.Length; i++)
            Local[Wo3Nodes[i]] = i;
        ChannelInterfaces = [.. mesh.Interfaces.Where(f =>
            mesh.MaterialOf(f.First) == MaterialKind.Electrolyte && mesh.MaterialOf(f.Second) == MaterialKind.Channel)];
        GateInterfaces = [.. mesh.Interfaces.Where(f =>
            mesh.MaterialOf(f.First) == MaterialKind.GateMetal && mesh.MaterialOf(f.Second) == MaterialKind.Electrolyte)];

        int next = 0;
        int Take(int count, bool present = true)
        {
            if (!present)
                return -1;
            int start = next;
            next += count;
            return start;
        }
        Proton = Take(PsgNodes.Length);
        Potential = Take(PsgNodes.Length);
        Bound = Take(PsgNodes.Length, device.Psg.TrapDensity > 0);
        Hydrogen = Take(Wo3Nodes.Length);
        var interfacial = new int[InterfaceSpecies.Count];
        Array.Fill(interfacial, -1);
        foreach (InterfaceSpecies species in InterfaceSpecies.All)
            interfacial[species.Place] = Take(ChannelInterfaces.Length, species.IsPresent(device));
        Interfacial = interfacial;
        FilmPotential = Take(Wo3Nodes.Length, device.Wo3.SpaceCharge);
        GateHydrogen = Take(1);
        GateCharge = Take(1);
        GateVoltage = Take(1);
        Temperature = Take(mesh.NodeCount, device.Heat.Enabled);
        Insulators = new InsulatorMap(mesh, device.Wo3.SpaceCharge);
        Insulator = Take(Insulators.Free.Length, Insulators.Free.Length > 0);
        bool hasElectrons = device.Wo3.Electrons && mesh.Dimension > 1, hasDensity = hasElectrons && device.Wo3.SpaceCharge;
        Electron = Take(Wo3Nodes.Length, hasElectrons && !hasDensity);
        ElectronDensity = Take(Wo3Nodes.Length, hasDensity);
        Drained = Take(2, hasDensity);
        DrainVoltage = Take(1, hasElectrons);
        Terminals = hasElectrons ? ChannelTerminals.Of(mesh) : [];
        Size = next;

        double protons = TrapExchange.RestDensity(device.Psg), potential = -InsertionPotential.AtRest(device),
            hydrogen = device.Wo3.RestComposition * device.Wo3.SiteDensity, electrons = ElectronStatistics.RestDensity(device),
            thermal = Constants.ThermalVoltage(device.Heat.ReferenceTemperature), area = GateInterfaces.Sum(f => f.Area),
            charge = device.Psg.RelativePermittivity * Constants.VacuumPermittivity * area * thermal / device.Psg.SternThickness,
            depleted = protons * device.Psg.Thickness * area, fixedCharge = device.Psg.FixedChargeDensity;
        NothingGiven = (PalladiumIsotherm.CountedFrom(device.Pd) - device.Pd.HydrogenFraction) * device.Pd.AtomDensity * device.Pd.Thickness
            * area;
        Fields =
        [
            new(Proton, PsgNodes.Length, "proton density at PSG node", protons, protons),
            new(Potential, PsgNodes.Length, "potential at PSG node", potential, thermal),
            new(Bound, PsgNodes.Length, "bound protons at PSG node", fixedCharge - protons, fixedCharge),
            new(Hydrogen, Wo3Nodes.Length, "hydrogen at WO3 node", hydrogen, hydrogen),
            .. InterfaceSpecies.All.Select(s => new UnknownField(
                Start(s), ChannelInterfaces.Length, s.LongName + " at interface", s.AtRest(device), s.Scale(device))),
            new(FilmPotential, Wo3Nodes.Length, "potential at WO3 node", 0, 4),
            new(GateHydrogen, 1, "hydrogen given by the gate", NothingGiven, depleted),
            new(GateCharge, 1, "gate charge", 0, charge),
            new(GateVoltage, 1, "gate voltage", device.Gate.RestVoltage, thermal),
            new(Temperature, mesh.NodeCount, "temperature at mesh node", device.Heat.AmbientTemperature, 1),
            new(Insulator, Insulators.Free.Length, "potential at insulator node", potential, thermal),
            new(Electron, Wo3Nodes.Length, "electron potential at WO3 node", 0, thermal),
            new(ElectronDensity, Wo3Nodes.Length, "electron density at WO3 node", electrons, electrons),
            new(Drained, 2, "electrons taken by contact", 0, depleted),
            new(DrainVoltage, 1, "drain voltage", 0, thermal),
        ];
    }

    /// <summary>All fields, those that the device does not have as well.</summary>
    public IReadOnlyList<UnknownField> Fields { get; }

    /// <summary>Number of unknowns.</summary>
    public int Size { get; }

    /// <summary>Mesh node of each electrolyte node.</summary>
    public int[] PsgNodes { get; }

    /// <summary>Mesh node of each channel node.</summary>
    public int[] Wo3Nodes { get; }

    /// <summary>Electrolyte or channel number of each mesh node, -1 elsewhere.</summary>
    public int[] Local { get; }

    /// <summary>Interfaces between electrolyte and channel.</summary>
    public Interface[] ChannelInterfaces { get; }

    /// <summary>Interfaces between gate metal and electrolyte.</summary>
    public Interface[] GateInterfaces { get; }

    /// <summary>First mobile proton density c [m^-3].</summary>
    public int Proton { get; }

    /// <summary>First potential phi [V].</summary>
    public int Potential { get; }

    /// <summary>First bound proton density b [m^-3], or -1.</summary>
    public int Bound { get; }

    /// <summary>First inserted hydrogen density C [m^-3].</summary>
    public int Hydrogen { get; }

    /// <summary>First unknown of each species on the PSG/WO3 interfaces by its place, or -1.</summary>
    public IReadOnlyList<int> Interfacial { get; }

    /// <summary>First coverage theta.</summary>
    public int Coverage => Interfacial[InterfaceSpecies.Adsorbed];

    /// <summary>First dissolved hydrogen n_d [m^-2], or -1.</summary>
    public int Dissolved => Interfacial[InterfaceSpecies.Dissolved];

    /// <summary>First bubble hydrogen n_b [m^-2], or -1.</summary>
    public int Bubbles => Interfacial[InterfaceSpecies.Bubbles];

    /// <summary>First electrostatic potential of WO3 [V], or -1 where it is neutral.</summary>
    public int FilmPotential { get; }

    /// <summary>Hydrogen given by the gate, N_Pd, in atoms of the whole device; <see cref="NothingGiven"/> at rest.</summary>
    public int GateHydrogen { get; }

    /// <summary>N_Pd when the gate has given nothing: 0, or less than that by all that it holds, see
    /// <see cref="PalladiumIsotherm.CountedFrom"/>.</summary>
    public double NothingGiven { get; }

    /// <summary>Charge on the gate metal, Q_M [C].</summary>
    public int GateCharge { get; }

    /// <summary>Gate potential V_G [V].</summary>
    public int GateVoltage { get; }

    /// <summary>First temperature [K], or -1.</summary>
    public int Temperature { get; }

    /// <summary>What the insulators touch.</summary>
    public InsulatorMap Insulators { get; }

    /// <summary>First potential of an insulator node [V], in the order of <see cref="InsulatorMap.Free"/>, or -1.</summary>
    public int Insulator { get; }

    /// <summary>First potential psi of electrons in WO3 [V], or -1: without space charge.</summary>
    public int Electron { get; }

    /// <summary>First density n of electrons in WO3 [m^-3], or -1: with space charge.</summary>
    public int ElectronDensity { get; }

    /// <summary>Electrons that have gone to the source, its nodes of WO3 included, then those to the drain, or -1; with space
    /// charge.</summary>
    public int Drained { get; }

    /// <summary>Voltage of the drain against the source [V], or -1.</summary>
    public int DrainVoltage { get; }

    /// <summary>Contact that each channel node belongs to; empty without electrons.</summary>
    public ChannelTerminal[] Terminals { get; }

    /// <summary>
    /// Row of the balance of electrons at a channel node. At contacts, which hold psi, that of what they take with space charge, else -1,
    /// as without electrons.
    /// </summary>
    /// <param name="channelNode">Number among the channel's nodes.</param>
    public int ElectronRow(int channelNode) => Terminals.Length == 0 ? -1 : Terminals[channelNode] switch
    {
        ChannelTerminal.None => Math.Max(Electron, ElectronDensity) + channelNode,
        _ when Drained < 0 => -1,
        ChannelTerminal.Source => Drained,
        _ => Drained + 1,
    };

    /// <summary>An unknown of a field by its place; -1 where the field is absent.</summary>
    public static int At(int start, int place) => start < 0 ? -1 : start + place;

    /// <summary>First unknown of a species on the interfaces, or -1.</summary>
    public int Start(InterfaceSpecies species) => Interfacial[species.Place];

    /// <summary>Words for an unknown, for messages: what it is and where.</summary>
    public string Describe(int unknown)
    {
        foreach (UnknownField f in Fields)
            if (f.Start >= 0 && unknown >= f.Start && unknown < f.Start + f.Count)
                return f.Count == 1 ? f.Name : $"{f.Name} {unknown - f.Start}";
        return $"unknown {unknown}";
    }

    private static int[] NodesOf(ControlVolumeMesh mesh, MaterialKind material) =>
        [.. Enumerable.Range(0, mesh.NodeCount).Where(n => mesh.MaterialOf(n) == material)];
}
