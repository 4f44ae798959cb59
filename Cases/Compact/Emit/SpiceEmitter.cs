using System.Text;
using FvSolver.Materials;

namespace FvSolver.Cases.Compact.Emit;

/// <summary>Writes the compact model as a subcircuit for ngspice 39 and later.</summary>
/// <remarks>
/// Nodes g (gate), s and d (channel ends; potentials of the film are against s). States are voltages of capacitors of 1 F on
/// nodes q and h, scaled so that 1 V is 1 fC: charges of 1e-18 C a pulse are far below a simulator's default charge tolerance.
/// The equations are those of <see cref="CompactModel"/>, in the same order.
/// </remarks>
public static class SpiceEmitter
{
    /// <summary>Name of the subcircuit.</summary>
    public const string Name = "fv_resistor";

    /// <summary>The subcircuit as text.</summary>
    public static string Write(CompactParameterTable table)
    {
        var text = new StringBuilder();
        text.Append($"* {NumberText.Line(table.Name)}: protonic programmable resistor, compact model\n");
        text.Append("* use: .options reltol=1e-5 abstol=1e-18 vntol=1e-9 chgtol=1e-21 gmin=1e-21 trtol=1\n");
        text.Append("*      .tran STEP STOP 0 MAXSTEP uic, with MAXSTEP at most a tenth of the rise time while pulses come\n");
        text.Append("* an open gate is a node g that floats (a switch of 1e18 ohm)\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"* {p.Symbol} [{p.Unit}] {p.Meaning}{(p.StandardError is { } e ? $"; +- {NumberText.Short(e, 3)}" : "")}; {p.Kind.ToString().ToLowerInvariant()}\n");
        text.Append($".subckt {Name} g s d params: L={NumberText.Exact(table.Geometry.Length)} W={NumberText.Exact(table.Geometry.Width)}");
        text.Append($" TDEV={NumberText.Exact(table.Values().ReferenceTemperature)} Q0=0 H0=0\n");
        foreach (CompactParameter p in table.Parameters)
            text.Append($"+ {p.Symbol}={NumberText.Exact(p.Value)}\n");
        string big = NumberText.Exact(CompactModel.LargestArgument), small = NumberText.Exact(CompactModel.SmallArgument);
        string up = NumberText.Exact(CompactModel.Accumulation), down = NumberText.Exact(CompactModel.Depletion);
        text.Append($$"""
            .param VT='{{NumberText.Exact(Constants.VoltPerKelvin)}}*TDEV'
            .param DI='1/VT-TDEV/(VT*TREF)'
            .param FA='1e15*L*W'
            .param JFA='JF*exp(-EF*DI)*FA'
            .param J0A='J0*exp(-EI*DI)*FA'
            .param VST='VS*TDEV/TREF'
            .param CFA='CF*FA'
            .param QDA='CD*VT*FA'
            .param QTA='QT*(1-TH0)*FA'
            .param QWA='QW*FA'
            * film: capacitor beside the hopping current
            Vrest g f DC 'VREST+TCR*(TDEV-TREF)'
            Cfilm f x 'CF*L*W' ic=0
            Bw w 0 V = max(-{{big}},min({{big}},V(f,x)/{VST}))
            Bg0 g0 0 V = abs(V(w))<{{small}} ? 1+V(w)*V(w)/6 : sinh(V(w))/V(w)
            Bw1 w1 0 V = max(-{{big}},min({{big}},V(w)+V(q)/(2*{CFA}*{VST})))
            Bg1 g1 0 V = abs(V(w1))<{{small}} ? 1+V(w1)*V(w1)/6 : sinh(V(w1))/V(w1)
            Bw2 w2 0 V = max(-{{big}},min({{big}},V(w)+V(q)/({CFA}*{VST})))
            Bg2 g2 0 V = abs(V(w2))<{{small}} ? 1+V(w2)*V(w2)/6 : sinh(V(w2))/V(w2)
            Bj j 0 V = {JFA}*V(w)*(V(g0)+V(q)/({QF}*{FA})*(V(g0)+4*V(g1)+V(g2))/6)
            Bflow f x I = 1e-15*V(j)
            Bleak g s I = {GLEAK}*{L}*{W}*V(g,s)
            * channel side: compact layer u, diffuse layer p
            Bu u 0 V = ({CFA}*V(f,x)+V(q))/({CS}*{VT}*{FA})
            Bp p 0 V = V(q)>=0 ? ln(1+V(q)/{QDA}+{{up}}*V(q)*V(q)/({QDA}*{QDA})) : V(q)/{QDA}-{{down}}*V(q)*V(q)/({QDA}*{QDA})
            Bx x s V = {VT}*(V(p)+V(u))
            * transfer into the channel
            Br r 0 V = {J0A}*(exp(min({{big}},V(p)+{AL}*V(u)))-V(y)*exp(min({{big}},-(1-{AL})*V(u))))/(1+{TH0}*(V(y)-1))
            Bq 0 q I = V(j)-V(r)
            Cq q 0 1 ic='Q0'
            Rq q 0 1e18
            Bh 0 h I = V(r)
            Ch h 0 1 ic='H0'
            Rh h 0 1e18
            By y 0 V = 1+2*V(h)/({QWA}+{QTA}-{TH0}*V(h)+sqrt(max(0,({QWA}+{QTA}-{TH0}*V(h))*({QWA}+{QTA}-{TH0}*V(h))+4*{QWA}*{TH0}*V(h))))
            * channel
            Bd d s I = {W}/{L}*{GSQ}*({BG}+(1-{BG})*V(y))*V(d,s)
            .ends {{Name}}

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }
}
