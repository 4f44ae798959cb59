'use strict';
// Glue between the data of a page (see PageData.cs) and plotly.js. Texts of results only ever become text nodes, or are escaped for plotly.
window.fv = (() => {
  const root = document.documentElement, main = document.querySelector('main');
  // Of Okabe and Ito, as in pictures; lighter on dark paper. The seventh is the ink.
  const palettes = {
    light: ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '', '#8C6D00'],
    dark: ['#4FA8E0', '#F0824A', '#2FC093', '#DDA0C4', '#F2B53C', '#9AD4F5', '', '#C9A63A'],
  };
  const symbols = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down', 'circle-open', 'square-open', 'x'];
  const state = { index: 0, result: 0, field: '', x: null, z: null, difference: false, log: false, table: 'pulses', xColumn: '', yColumn: '', xLog: false, yLog: false, point: 0, command: 0 };
  let data = { results: [], views: [] }, plots = [], timer = 0;

  // ---- elements and numbers
  const element = (tag, properties = {}, ...children) => {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(properties))
      if (k in e && typeof v !== 'string') e[k] = v; else e.setAttribute(k === 'className' ? 'class' : k, v);
    e.append(...children);
    return e;
  };
  const bytes = text => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text).buffer;
    const letters = atob(text), out = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) out[i] = letters.charCodeAt(i);
    return out.buffer;
  };
  const decoded = new WeakMap();
  const array = (owner, key, Type = Float64Array) => {
    if (!decoded.has(owner)) decoded.set(owner, {});
    const known = decoded.get(owner);
    return known[key] ??= new Type(bytes(owner[key]));
  };
  const escape = text => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const minus = text => text.replace(/-/g, '\u2212');
  const number = v => {
    if (v === null || v === undefined || Number.isNaN(v)) return '';
    if (v === 0 || Math.abs(v) >= 1e-3 && Math.abs(v) < 1e6) return minus(String(Number(v.toPrecision(6))));
    const [digits, power] = v.toExponential(5).split('e');
    return `${minus(String(Number(digits)))}\u00d710${[...String(Number(power))].map(c => c === '-' ? '\u207b' : '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079'[c]).join('')}`;
  };
  const unitText = unit => unit === '1' || unit === '' ? '' : ` ${unit}`;
  const takesPrefix = unit => ['m', 's', 'V', 'A', 'S', 'ohm', 'J', 'C', 'F', 'W', 'Hz', 'Pa', 'V/m'].includes(unit);
  const quantity = (v, unit) => {
    if (!v || !Number.isFinite(v) || !takesPrefix(unit)) return `${number(v)}${unitText(unit)}`;
    const power = Math.min(4, Math.max(-6, Math.floor(Math.log10(Math.abs(v)) / 3 + 1e-9)));
    return `${minus(String(Number((v / 10 ** (3 * power)).toPrecision(6))))} ${['a', 'f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T'][power + 6]}${unit}`;
  };
  // A coordinate with its unit, in the words of plotly.
  const hover = (axis, unit) => takesPrefix(unit) ? `%{${axis}:.6~s}${unit}` : `%{${axis}:.6~g}${escape(unitText(unit))}`;
  const caption = axis => escape(axis.label) + (unitText(axis.unit) ? ` (${escape(axis.unit)})` : '');
  const nm = values => Array.from(values, v => 1e9 * v);
  const style = name => getComputedStyle(root).getPropertyValue(name).trim();
  const color = i => palettes[root.dataset.theme][i % 8] || style('--ink');
  const viridis = [[0x44, 0x01, 0x54], [0x3b, 0x52, 0x8b], [0x21, 0x91, 0x8c], [0x5e, 0xc9, 0x62], [0xfd, 0xe7, 0x25]];
  const tone = t => {
    const at = Math.min(3.999, Math.max(0, 0.9 * t * 4)), i = Math.floor(at), f = at - i;
    return `rgb(${viridis[i].map((c, k) => Math.round(c + f * (viridis[i + 1][k] - c))).join(',')})`;
  };

  // ---- charts: drawn when they come into sight
  const seen = new IntersectionObserver(entries => {
    for (const e of entries) { e.target.inSight = e.isIntersecting; if (e.isIntersecting) draw(e.target); }
  }, { rootMargin: '200px' });
  const plot = (make, label, tall) => {
    const div = element('div', { className: tall ? 'chart tall' : 'chart', role: 'img', 'aria-label': label });
    Object.assign(div, { make, dirty: true });
    seen.observe(div);
    plots.push(div);
    return div;
  };
  const draw = div => {
    if (!div.dirty || !div.inSight) return;
    div.dirty = false;
    const { traces, layout } = div.make();
    const width = div.clientWidth, isNarrow = width < 480, title = broken(layout.title?.text ?? '', (width - (isNarrow ? 60 : 160)) / 7);
    if (layout.title) layout.title = { font: { size: 13 }, text: title.join('<br>'), x: 0, xref: 'paper', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top', pad: { t: 6 + 8.5 * (title.length - 1) } };
    // Room for the legend below the chart, whose entries are all as wide as the widest.
    const entries = traces.filter(t => layout.showlegend !== false && t.showlegend !== false && t.name).map(t => 50 + 6.3 * t.name.length);
    const rows = entries.length ? Math.ceil(entries.length / Math.max(1, Math.floor((width - 20) / Math.max(...entries)))) : 0;
    const above = 28 + 16 * Math.max(0, title.length - 1), below = 54 + 20 * rows;
    div.style.height = `${(div.classList.contains('tall') ? 340 : 260) + above + below}px`;
    Plotly.react(div, traces, { ...frame(), margin: { l: 62, r: 16, t: above, b: below }, ...layout, xaxis: { ...axis(), ...layout.xaxis }, yaxis: { ...axis(), ...layout.yaxis } },
      { responsive: true, displaylogo: false, displayModeBar: !isNarrow, modeBarButtonsToRemove: ['lasso2d', 'select2d', 'pan2d', 'zoomIn2d', 'zoomOut2d', 'autoScale2d'], toImageButtonOptions: { format: 'svg' } });
    if (div.press && !div.listens) {
      div.listens = true;
      div.on('plotly_click', e => div.press(e.points[0].x, e.points[0].y));
    }
  };
  // Words in lines of at most so many letters.
  const broken = (text, most) => {
    const lines = [];
    for (const word of text.split(' ').filter(Boolean))
      if (lines.length && lines[lines.length - 1].length + word.length < most) lines[lines.length - 1] += ` ${word}`; else lines.push(word);
    return lines;
  };
  const redraw = which => { for (const p of plots) if (!which || which(p)) { p.dirty = true; draw(p); } };
  // At most once a frame, however fast a slider moves.
  let asked = 0;
  const redrawSoon = which => {
    for (const p of plots) if (which(p)) p.dirty = true;
    asked ||= requestAnimationFrame(() => { asked = 0; plots.forEach(draw); });
  };
  const frame = () => ({
    paper_bgcolor: style('--paper'), plot_bgcolor: style('--paper'), font: { color: style('--ink'), size: 12 },
    hovermode: 'closest', uirevision: 'kept', showlegend: true,
    legend: { orientation: 'h', y: 0, yref: 'container', yanchor: 'bottom', font: { size: 11 }, itemsizing: 'constant' },
  });
  const axis = () => ({ gridcolor: style('--line'), zerolinecolor: style('--line'), linecolor: style('--soft'), automargin: true, exponentformat: 'power' });

  const axisOf = (spec, relative, curves = [], along = 'x') => {
    const a = { title: { text: (relative ? 'difference of ' : '') + caption(spec) }, type: spec.log && !relative ? 'log' : 'linear' };
    if (takesPrefix(spec.unit) && a.type === 'linear') a.exponentformat = 'SI';
    if (spec.step) Object.assign(a, { dtick: spec.step, tick0: 0 });
    if (spec.whole && curves.every(c => array(c, along).every(v => v < 10))) a.dtick = 1;
    const scale = v => spec.log ? Math.log10(v) : v;
    if (spec.reversed) a.autorange = 'reversed';
    if (!relative && spec.min !== undefined && spec.max !== undefined) a.range = spec.reversed ? [scale(spec.max), scale(spec.min)] : [scale(spec.min), scale(spec.max)];
    else if (!relative && spec.min === 0 && !spec.log) a.rangemode = 'tozero';
    else if (!relative && spec.min !== undefined) {
      const highest = Math.max(...curves.map(c => array(c, along).reduce((m, v) => Number.isFinite(v) ? Math.max(m, v) : m, -Infinity)));
      if (highest > spec.min) a.range = [scale(spec.min), scale(highest)];
    }
    return a;
  };

  // y over x less the reference: point by point when they have the same points, else along the reference's line.
  const less = (x, y, rx, ry) => {
    if (rx.length === x.length && rx.every((v, i) => v === x[i])) return Array.from(y, (v, i) => v - ry[i]);
    let k = 0;
    return Array.from(y, (v, i) => {
      while (k + 2 < rx.length && rx[k + 1] < x[i]) k++;
      if (x[i] < rx[0] || x[i] > rx[rx.length - 1]) return null;
      const f = rx[k + 1] > rx[k] ? (x[i] - rx[k]) / (rx[k + 1] - rx[k]) : 0;
      return v - ry[k] - f * (ry[k + 1] - ry[k]);
    });
  };

  const curveTraces = (panel, relative) => {
    const place = new Map(), counts = {};
    for (const c of panel.curves) { counts[c.member] = (counts[c.member] ?? -1) + 1; place.set(c, counts[c.member]); }
    const traces = [];
    for (const c of panel.curves) {
      if (relative && c.member === 0) continue;
      const x = array(c, 'x'); let y = array(c, 'y');
      if (relative) {
        const reference = panel.curves.find(r => r.member === 0 && place.get(r) === place.get(c));
        if (!reference) continue;
        y = less(x, y, array(reference, 'x'), array(reference, 'y'));
      }
      const paint = c.tone === undefined ? color(c.color) : tone(c.tone), dots = c.style === 'dots', marked = c.style.startsWith('markers');
      traces.push({
        x, y, name: escape(c.label), showlegend: c.label !== '', type: 'scatter',
        mode: dots || c.style === 'markers' ? 'markers' : marked ? 'lines+markers' : 'lines',
        line: { color: paint, width: marked ? 1.2 : 2, dash: c.style === 'dashed' ? 'dash' : 'solid' },
        marker: { color: paint, size: dots ? 3.5 : 7, symbol: dots ? 'circle' : symbols[c.color % symbols.length] },
        error_y: c.e && !relative ? { type: 'data', array: array(c, 'e'), color: paint } : undefined,
        hovertemplate: `${escape(c.label)}${c.label ? '<br>' : ''}${escape(panel.x.label)} ${hover('x', panel.x.unit)}<br>`
          + `${escape(panel.y.label)} ${hover('y', panel.y.unit)}<extra></extra>`,
      });
    }
    return traces;
  };

  const panelChart = (view, panel) => {
    const relative = state.difference && panel.curves.some(c => c.member > 0);
    const layout = { title: { text: escape(panel.title || (panel.map?.label ?? '')), font: { size: 13 } }, xaxis: axisOf(panel.x, false, panel.curves, 'x'), yaxis: axisOf(panel.y, relative, panel.curves, 'y'), shapes: [], annotations: [] };
    const traces = [];
    if (panel.map) traces.push(heat(array(panel.map, 'x'), array(panel.map, 'y'), array(panel.map, 'z', Float32Array), panel.map, {
      words: `${escape(panel.x.label)} ${hover('x', panel.x.unit)}<br>${escape(panel.y.label)} ${hover('y', panel.y.unit)}` }));
    traces.push(...curveTraces(panel, relative));
    if (panel.equal) layout.yaxis.scaleanchor = 'x';
    for (const r of relative ? [] : panel.references) {
      const [a, b] = r.onX ? ['x', 'y'] : ['y', 'x'], log = panel[a].log, at = v => log ? Math.log10(v) : v;
      layout.shapes.push({ type: r.from === r.to ? 'line' : 'rect', [`${a}0`]: r.from, [`${a}1`]: r.to, [`${b}0`]: 0, [`${b}1`]: 1, [`${b}ref`]: 'paper',
        line: { color: style('--soft'), dash: r.source ? 'dash' : 'solid', width: r.from !== r.to ? 0 : r.source ? 1.3 : .8 }, fillcolor: r.from === r.to ? undefined : style('--line'), opacity: .6, layer: 'below' });
      const words = [r.label, r.source].filter(Boolean).join(', ');
      if (words) layout.annotations.push({ text: escape(words), [a]: at(r.to), [b]: r.onX ? 1 : 1, [`${b}ref`]: 'paper', xanchor: r.onX ? 'left' : 'right', yanchor: r.onX ? 'top' : 'bottom', showarrow: false, font: { size: 10, color: style('--soft') } });
    }
    if (data.points) traces.push(...markPoint(panel));
    const now = moment(view, panel);
    if (now !== null) layout.shapes.push({ type: 'line', x0: now, x1: now, y0: 0, y1: 1, yref: 'paper', line: { color: style('--accent'), width: 1.5, dash: 'dot' } });
    return { traces, layout };
  };

  // ---- time
  const times = r => array(data.results[r], 'times');
  const starts = r => { const p = data.results[r]?.tables.pulses; const c = p?.columns.find(c => c.name === 'start'); return c ? array(c, 'data') : new Float64Array(0); };
  const before = t => { const s = starts(state.result); let k = 0; while (k < s.length && s[k] < t) k++; return k; };
  const moment = (view, panel) => {
    if (!hasTime()) return null;
    const t = times(state.result)[state.index], s = starts(state.result);
    if (panel.x.label === 'pulse number') return before(t) * (data.results[state.result].tables.pulses?.every ?? 1);
    if (view.name !== 'pulse' || s.length === 0) return null;
    const since = t - s[0], end = s.length > 1 ? s[1] : Infinity;
    return since <= 0 || t > end ? null : panel.x.unit === 'ns' ? (1e9 * since <= (panel.x.max ?? Infinity) ? 1e9 * since : null) : since;
  };
  const hasTime = () => data.results.length > 0 && data.results[state.result].fields.length > 0 && times(state.result).length > 0;
  const timeWords = () => {
    const t = times(state.result)[state.index], s = starts(state.result), k = before(t);
    return k === 0 ? `${quantity(t, 's')} from the start` : `${quantity(Number((t - s[k - 1]).toPrecision(9)), 's')} after the start of pulse ${k} of ${s.length}`;
  };
  const nearest = r => {
    const own = times(r), t = times(state.result)[state.index];
    if (r === state.result) return state.index;
    let best = 0;
    for (let i = 1; i < own.length; i++) if (Math.abs(own[i] - t) < Math.abs(own[best] - t)) best = i;
    return best;
  };
  const moveTo = index => {
    if (!hasTime()) return;
    state.index = Math.min(times(state.result).length - 1, Math.max(0, index));
    const slider = document.getElementById('time');
    if (slider) { slider.value = state.index; slider.setAttribute('aria-valuetext', timeWords()); document.getElementById('when').textContent = timeWords(); }
    redrawSoon(p => p.moves);
  };
  const play = () => {
    clearInterval(timer);
    const button = document.getElementById('play'), on = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', on);
    if (on) timer = setInterval(() => moveTo((state.index + 1) % times(state.result).length), 250);
  };

  // ---- fields
  const fieldOf = (r, name) => data.results[r].fields.find(f => f.name === name);
  const values = (f, k) => array(f.samples, k, Float32Array);
  const ranges = new WeakMap();
  const range = (name, log) => {
    if (!ranges.has(data)) ranges.set(data, {});
    return ranges.get(data)[`${name} ${log}`] ??= extent(name, log);
  };
  const extent = (name, log) => {
    let low = Infinity, high = -Infinity;
    data.results.forEach((_, r) => { const f = fieldOf(r, name); f?.samples.forEach((_, k) => { for (const v of values(f, k)) if (Number.isFinite(v) && (!log || v > 0)) { if (v < low) low = v; if (v > high) high = v; } }); });
    return low < high ? [low, high] : low === high ? [low - Math.abs(low || 1) * .01, high + Math.abs(high || 1) * .01] : [0, 1];
  };
  const member = (r, part = '') => (data.results.length > 1 ? data.results[r].name : '') + part;

  // An axis that stays while time moves.
  const held = (name, log) => {
    const [low, high] = range(name, log), room = .04 * (high - low);
    return { type: log ? 'log' : 'linear', range: log ? [Math.log10(low), Math.log10(high)] : [low - room, high + room] };
  };

  const lineField = name => {
    const relative = state.difference && data.results.length > 1, traces = [];
    let spec = null;
    data.results.forEach((_, r) => {
      const f = fieldOf(r, name);
      if (!f || f.map || relative && r === 0) return;
      spec ??= f;
      const along = f.z ? 'z' : 'x', x = nm(array(f, along));
      const add = (y, label, dash, width, paint) => traces.push({ x, y, name: escape(label), mode: 'lines', type: 'scatter', line: { color: paint, width, dash },
        hovertemplate: `${escape(label)}<br>${along} %{x:.5~g} nm<br>${hover('y', f.unit)}<extra></extra>` });
      const now = values(f, nearest(r));
      if (relative) {
        const reference = fieldOf(0, name);
        if (reference) add(less(x, now, nm(array(reference, along)), values(reference, nearest(0))), `${data.results[r].name} \u2212 ${data.results[0].name}`, 'solid', 2, color(r));
        return;
      }
      if (r === state.result) add(values(f, 0), member(r, data.results.length > 1 ? ', at the start' : 'at the start'), 'dot', 1.2, style('--soft'));
      add(now, member(r, data.results.length > 1 ? '' : 'now'), r === 0 ? 'solid' : 'dash', 2.2, color(r));
    });
    return { traces, layout: {
      title: { text: escape(spec?.label ?? name), font: { size: 13 } },
      xaxis: { title: { text: spec?.z ? 'depth z (nm)' : 'position x (nm)' } },
      yaxis: { title: { text: unitText(spec?.unit ?? '') ? escape(spec.unit) : '' }, ...(relative ? {} : held(name, state.log)) },
    } };
  };

  const heat = (x, y, z, spec, { words, low, high, scale = 'Viridis', log = spec.log }) => {
    const rows = [], shown = [];
    for (let j = 0; j < y.length; j++) {
      const row = z.subarray(j * x.length, (j + 1) * x.length);
      rows.push(row);
      shown.push(log ? Array.from(row, v => v > 0 ? Math.log10(v) : null) : Array.from(row, v => Number.isNaN(v) ? null : v));
    }
    if (log && low === undefined) for (const v of z) if (v > 0) { low = Math.min(low ?? v, v); high = Math.max(high ?? v, v); }
    const ticks = log && low > 0 ? Array.from({ length: 9 }, (_, i) => Math.ceil(Math.log10(low)) + i * Math.max(1, Math.ceil(Math.log10(high / low) / 8))).filter(t => t <= Math.log10(high)) : null;
    return { type: 'heatmap', x, y, z: shown, customdata: rows, zmin: low === undefined ? undefined : log ? Math.log10(low) : low, zmax: high === undefined ? undefined : log ? Math.log10(high) : high,
      colorscale: scale, hoverongaps: false, hovertemplate: `${words}<br>${escape(spec.label)} ${hover('customdata', spec.unit)}<extra></extra>`,
      colorbar: { title: { text: escape(spec.unit === '1' ? '' : spec.unit), font: { size: 11 } }, thickness: 12, exponentformat: 'power', ...(ticks ? { tickvals: ticks, ticktext: ticks.map(t => `10<sup>${t}</sup>`) } : {}) } };
  };
  const maps = () => [...new Set(data.results.flatMap(r => r.fields.filter(f => f.map).map(f => f.name)))];
  const mapChart = () => {
    const f = fieldOf(state.result, state.field), reference = fieldOf(0, state.field);
    if (!f) return { traces: [], layout: { title: { text: 'this result has no such field' } } };
    const x = nm(array(f, 'x')), z = nm(array(f, 'z')), now = values(f, nearest(state.result)), unrolled = { ...f, label: f.name.replace(/_/g, ' ') };
    const relative = state.difference && state.result > 0 && reference?.map && values(reference, 0).length === now.length;
    let shown = now, [low, high] = range(f.name, state.log), scale = 'Viridis';
    if (relative) {
      const r = values(reference, nearest(0));
      shown = Float32Array.from(now, (v, i) => v - r[i]);
      high = shown.reduce((m, v) => Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m, 0) || 1;
      low = -high; scale = 'RdBu';
    }
    const line = { width: 1, dash: 'dot', color: style('--paper') };
    const stretch = (x[x.length - 1] - x[0]) / (z[z.length - 1] - z[0]);
    const traces = [heat(x, z, shown, unrolled, { words: 'x %{x:.5~g} nm, z %{y:.5~g} nm', low, high, scale, log: state.log && !relative })];
    for (const o of data.results[state.result].outlines)
      traces.push({ x: nm(array(o, 'x')), y: nm(array(o, 'z')), name: o.label, mode: 'lines', type: 'scatter', line: { color: style('--soft'), width: 1.5 }, hoverinfo: 'name' });
    return { traces, layout: {
      title: { text: `${escape(f.label)}${relative ? `, less ${escape(data.results[0].name)}` : ''}, ${escape(timeWords())}`, font: { size: 13 } },
      xaxis: { title: { text: 'position x (nm)' } },
      yaxis: { title: { text: `depth z (nm)${stretch > 1.5 ? ', stretched' : ''}` }, autorange: 'reversed' },
      shapes: [{ type: 'line', x0: 1e9 * state.x, x1: 1e9 * state.x, y0: 0, y1: 1, yref: 'paper', line }, { type: 'line', y0: 1e9 * state.z, y1: 1e9 * state.z, x0: 0, x1: 1, xref: 'paper', line }],
    } };
  };
  const closest = (lines, at) => { let best = 0; lines.forEach((v, i) => { if (Math.abs(v - at) < Math.abs(lines[best] - at)) best = i; }); return best; };
  const cutChart = down => {
    const traces = [];
    let spec = null;
    data.results.forEach((_, r) => {
      const f = fieldOf(r, state.field);
      if (!f?.map) return;
      spec ??= f;
      const x = array(f, 'x'), z = array(f, 'z'), now = values(f, nearest(r)), i = closest(x, state.x), j = closest(z, state.z);
      const y = down ? Array.from(z, (_, k) => now[k * x.length + i]) : Array.from(x, (_, k) => now[j * x.length + k]);
      traces.push({ x: nm(down ? z : x), y, name: escape(member(r, data.results.length > 1 ? '' : 'now')), mode: 'lines', type: 'scatter', line: { color: color(r), width: 2, dash: r ? 'dash' : 'solid' },
        hovertemplate: `${down ? 'z' : 'x'} %{x:.5~g} nm<br>${hover('y', f.unit)}<extra></extra>` });
    });
    return { traces, layout: {
      title: { text: down ? `along depth at x = ${number(1e9 * state.x)} nm` : `along the channel at z = ${number(1e9 * state.z)} nm`, font: { size: 13 } },
      xaxis: { title: { text: down ? 'depth z (nm)' : 'position x (nm)' } }, showlegend: data.results.length > 1,
      yaxis: { title: { text: unitText(spec?.unit ?? '') ? escape(spec.unit) : '' }, ...held(state.field, state.log) },
    } };
  };

  // ---- controls
  const choice = (label, options, value, change) => {
    const select = element('select', { 'aria-label': label });
    for (const [key, words] of options) select.append(element('option', { value: String(key), selected: key === value }, words));
    select.addEventListener('change', () => change(select.value));
    return element('label', {}, `${label} `, select);
  };
  const check = (label, value, change) => {
    const box = element('input', { type: 'checkbox', checked: value });
    box.addEventListener('change', () => change(box.checked));
    return element('label', {}, box, ` ${label}`);
  };
  const press = (label, on, click, id = '') => {
    const b = element('button', { type: 'button', 'aria-pressed': String(on) }, label);
    if (id) b.id = id;
    b.addEventListener('click', click);
    return b;
  };

  // ---- sections
  const summary = () => {
    const section = element('section', { 'aria-label': 'Figures and warnings' });
    data.results.forEach((r, k) => {
      if (r.warnings.length) section.append(element('ul', { className: 'warnings', 'aria-label': `Notes on ${r.name}` }, ...r.warnings.map(w => element('li', {}, w))));
    });
    const count = (r, name) => r.figures.find(f => f.name === name)?.value ?? 0;
    for (const r of data.results)
      if (count(r, 'mapped_pulses') > 0) section.append(element('p', { className: 'note maps' }, `${data.results.length > 1 ? `${r.name}: maps` : 'Maps'} are used: ${count(r, 'mapped_pulses')} pulses mapped, ${count(r, 'direct_pulses')} computed.`));
    const names = [...new Map(data.results.flatMap(r => r.figures.map(f => [f.name, f]))).values()];
    if (names.length === 0) return section;
    const head = element('tr', {}, element('th', { scope: 'col' }, 'figure'), ...data.results.map(r => element('th', { scope: 'col' }, data.results.length > 1 ? r.name : 'computed')), element('th', { scope: 'col' }, 'kind'));
    const rows = names.map(n => element('tr', {}, element('th', { scope: 'row' }, n.label), ...data.results.map(r => {
      const f = r.figures.find(f => f.name === n.name);
      return element('td', { className: 'number' }, f && f.value !== null ? `${quantity(f.value, f.unit)}${f.error > 0 && f.value !== 0 ? ` \u00b1 ${number(Number((100 * f.error / Math.abs(f.value)).toPrecision(2)))} %` : ''}` : '');
    }), element('td', {}, n.kind)));
    section.append(element('h2', {}, 'Figures'), element('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Table of figures' }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))));
    return section;
  };

  const clock = () => {
    const slider = element('input', { type: 'range', id: 'time', min: '0', max: String(times(state.result).length - 1), value: String(state.index), 'aria-label': 'Time of the fields' });
    slider.addEventListener('input', () => moveTo(Number(slider.value)));
    slider.setAttribute('aria-valuetext', timeWords());
    return element('div', { id: 'clock', className: 'row' }, press('Play', false, play, 'play'), slider, element('span', { id: 'when' }, timeWords()));
  };

  const fields = () => {
    const section = element('section', { 'aria-label': 'Fields' }, element('h2', {}, 'Fields in time')), names = maps();
    section.append(element('div', { className: 'row' },
      check('logarithmic', state.log, v => { state.log = v; redraw(p => p.moves); }),
      ...(data.results.length > 1 ? [choice('result', data.results.map((r, k) => [k, r.name]), state.result, v => { state.result = Number(v); state.index = Math.min(state.index, times(state.result).length - 1); show(); })] : [])));
    const moving = (make, label, tall) => Object.assign(plot(make, label, tall), { moves: true });
    if (names.length) {
      if (!names.includes(state.field)) state.field = names[0];
      const first = fieldOf(state.result, state.field), x = first && array(first, 'x'), z = first && array(first, 'z');
      if (first && (state.x === null || state.x < x[0] || state.x > x[x.length - 1])) state.x = x[x.length >> 1];
      if (first && (state.z === null || state.z < z[0] || state.z > z[z.length - 1])) state.z = z[z.length >> 1];
      const cut = (label, key, lines) => {
        const s = element('input', { type: 'range', min: '0', max: String(lines.length - 1), value: String(closest(lines, state[key])), 'aria-label': label });
        s.addEventListener('input', () => { state[key] = lines[Number(s.value)]; redrawSoon(p => p.moves); });
        return element('label', { className: 'row' }, `${label} `, s);
      };
      const map = moving(mapChart, 'Map of a field over the cross-section', true);
      section.append(element('div', { className: 'row' }, choice('field', names.map(n => [n, n.replace(/_/g, ' ')]), state.field, v => { state.field = v; state.x = state.z = null; show(); }),
        ...(first ? [cut('cut at x', 'x', x), cut('cut at z', 'z', z)] : [])), map);
      section.append(element('div', { className: 'panels', style: '--columns: 2' }, moving(() => cutChart(true), 'Cut along depth'), moving(() => cutChart(false), 'Cut along the channel')));
    }
    const lines = [...new Set(data.results.flatMap(r => r.fields.filter(f => !f.map).map(f => f.name)))];
    section.append(element('div', { className: 'panels', style: '--columns: 2' }, ...lines.map(n => moving(() => lineField(n), n.replace(/_/g, ' ')))));
    return section;
  };

  // By place, not by content: other data with the same charts are drawn into them.
  // What a title says beyond those of the results, which stand above the page.
  const heading = v => {
    const titles = [...new Set(data.results.map(r => r.title))];
    let words = v.title === titles.join(' and ') ? v.name : titles.reduce((text, t) => text.split(`${t}: `).join(''), v.title);
    if (titles.length > 1) words = [...new Set(words.split(' and '))].join(' and ');
    return words[0].toUpperCase() + words.slice(1);
  };
  const view = (v, i) => element('section', { 'aria-label': v.title }, element('h2', {}, heading(v)),
    element('div', { className: 'panels', style: `--columns: ${v.columns}` }, ...v.panels.map((p, j) => Object.assign(plot(() => panelChart(data.views[i], data.views[i].panels[j]), `${v.title}: ${p.title || p.y.label} against ${p.x.label}`),
      { moves: true, ofPoints: Boolean(data.points), press: data.points && ((x, y) => { const row = rowAt(data.views[i].panels[j], x, y); if (row >= 0) openPoint(row); }) }))),
    ...(v.note ? [element('p', { className: 'note' }, v.note)] : []));

  const columns = () => {
    const tables = [...new Set(data.results.flatMap(r => Object.keys(r.tables)))];
    if (tables.length === 0) return [];
    if (!tables.includes(state.table)) state.table = tables[0];
    const list = () => [...new Map(data.results.flatMap(r => (r.tables[state.table]?.columns ?? []).map(c => [c.name, c]))).values()], all = list();
    if (!all.some(c => c.name === state.xColumn)) state.xColumn = all[0].name;
    if (!all.some(c => c.name === state.yColumn)) state.yColumn = (all.find(c => c.name.startsWith('conductance')) ?? all[all.length - 1]).name;
    const column = (r, name) => data.results[r].tables[state.table]?.columns.find(c => c.name === name);
    const make = () => {
      const spec = n => list().find(c => c.name === n), relative = state.difference && data.results.length > 1;
      const panel = { x: { ...spec(state.xColumn), log: state.xLog, label: state.xColumn.replace(/_/g, ' ') }, y: { ...spec(state.yColumn), log: state.yLog, label: state.yColumn.replace(/_/g, ' ') }, title: '', references: [],
        curves: data.results.flatMap((r, k) => column(k, state.xColumn) && column(k, state.yColumn) ? [{ label: data.results.length > 1 ? r.name : '', style: state.table === 'series' ? 'line' : 'dots', color: k, member: k, x: column(k, state.xColumn).data, y: column(k, state.yColumn).data }] : []) };
      return { traces: curveTraces(panel, relative), layout: { xaxis: axisOf(panel.x), yaxis: axisOf(panel.y, relative) } };
    };
    const rerun = key => v => { state[key] = v; show(); };
    const names = all.map(c => [c.name, c.name.replace(/_/g, ' ')]), every = data.results.map(r => r.tables[state.table]?.every ?? 1);
    const box = element('details', { open: state.columnsOpen === true }, element('summary', {}, element('strong', {}, 'Any columns')),
      element('div', { className: 'row' }, choice('table', tables.map(t => [t, t]), state.table, rerun('table')), choice('across', names, state.xColumn, rerun('xColumn')), choice('up', names, state.yColumn, rerun('yColumn')),
        check('log across', state.xLog, rerun('xLog')), check('log up', state.yLog, rerun('yLog'))),
      ...(Math.max(...every) > 1 ? [element('p', { className: 'note' }, `Every ${Math.max(...every)}th row.`)] : []), plot(make, 'Chart of any columns'));
    box.addEventListener('toggle', () => { state.columnsOpen = box.open; });
    return [element('section', { 'aria-label': 'Any columns' }, box)];
  };

  // ---- the points of a sweep or a calibration: parallel coordinates, and the command that opens the run of a point
  const pointTable = () => data.points && data.results[0].tables.series;
  const pointColumn = name => { const c = pointTable()?.columns.find(c => c.name === name); return c && array(c, 'data'); };
  const openPoint = row => {
    state.point = Math.min(data.points.settings.length - 1, Math.max(0, row | 0));
    const input = document.getElementById('point');
    if (!input) return;
    input.value = state.point;
    document.getElementById('open').textContent = data.points.commands.length ? `${data.points.commands[state.command] ?? data.points.commands[0]} ${data.points.settings[state.point]}` : 'The case is not known.';
    document.getElementById('values').textContent = data.points.axes.map(a => {
      const c = pointTable().columns.find(c => c.name === a.name), v = array(c, 'data')[state.point];
      return `${a.name} ${a.choices.length ? a.choices[v] : quantity(v, c.unit)}`;
    }).join(', ');
    redraw(p => p.ofPoints);
  };
  // The row whose values are those of a mark in a chart.
  const rowAt = (panel, x, y) => {
    const a = pointColumn(panel.x.label), b = pointColumn(panel.y.label), same = (u, v) => Math.abs(u - v) <= 1e-9 * Math.abs(v);
    return a && b ? a.findIndex((v, i) => same(v, x) && same(b[i], y)) : -1;
  };
  const markPoint = panel => {
    const x = pointColumn(panel.x.label)?.[state.point], y = pointColumn(panel.y.label)?.[state.point];
    return Number.isFinite(x) && Number.isFinite(y) ? [{ x: [x], y: [y], type: 'scatter', mode: 'markers', showlegend: false, hoverinfo: 'skip', marker: { symbol: 'circle-open', size: 15, color: style('--ink'), line: { width: 2 } } }] : [];
  };
  const pointSection = () => {
    if (!data.points) return [];
    const { axes, settings, commands } = data.points, failed = pointColumn('failed');
    const columns = axes.map(a => ({ ...a, spec: pointTable().columns.find(c => c.name === a.name) }));
    // Axes have no place for a point without a value.
    const rows = Array.from(failed.keys()).filter(i => columns.every(c => Number.isFinite(array(c.spec, 'data')[i])));
    const log = v => v.every(x => x > 0) && Math.max(...v) > 50 * Math.min(...v);
    const dimension = c => {
      const all = array(c.spec, 'data'), v = rows.map(i => all[i]), isLog = log(v), name = c.name.replace(/_/g, ' ');
      return { label: `${escape(isLog ? `log10 ${name}` : name)}${unitText(c.spec.unit) ? ` (${escape(c.spec.unit)})` : ''}`, values: isLog ? v.map(Math.log10) : v,
        ...(c.choices.length ? { tickvals: c.choices.map((_, k) => k), ticktext: c.choices.map(escape) } : {}) };
    };
    const make = () => {
      const list = columns.map(dimension), last = list[list.length - 1];
      return { traces: [{ type: 'parcoords', line: { color: last.values, colorscale: 'Viridis', showscale: true, colorbar: { thickness: 12 } }, dimensions: list, labelangle: -12, labelside: 'top' }], layout: { margin: { l: 80, r: 60, t: 90, b: 20 } } };
    };
    const point = element('input', { type: 'number', id: 'point', min: '0', max: String(settings.length - 1), value: '0' });
    point.addEventListener('input', () => openPoint(Number(point.value)));
    const wide = element('div', { className: 'wide-chart' }, plot(make, 'Parallel coordinates of all points', true));
    wide.style.setProperty('--least', `${110 * columns.length}px`);
    const left = failed.length - rows.length;
    setTimeout(() => openPoint(state.point ?? 0));
    return [element('section', { 'aria-label': 'Parallel coordinates' }, element('h2', {}, 'All points'),
      element('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Axes of all points' }, wide),
      element('p', { className: 'note' }, `Drag along an axis to keep some points.${left ? ` ${left} points without a value are left out.` : ''} Press a mark in a chart below, or give its number: the command opens its run.`),
      element('div', { className: 'row' }, element('label', {}, 'point ', point),
        ...(commands.length > 1 ? [choice('run', commands.map((c, k) => [k, c.replace(/^fv \w+ /, '')]), state.command, v => { state.command = Number(v); openPoint(state.point); })] : []),
        element('code', { id: 'open' })),
      element('p', { className: 'note', id: 'values', 'aria-live': 'polite' }))];
  };

  const parameters = () => {
    const all = [...new Map(data.results.flatMap(r => r.parameters.map(p => [p.path, p]))).values()];
    if (all.length === 0) return [];
    const several = data.results.length > 1;
    const differs = p => new Set(data.results.map(r => r.parameters.find(q => q.path === p.path)?.value)).size > 1;
    const rows = (several ? all.filter(differs) : all).map(p => element('tr', {}, element('th', { scope: 'row' }, p.path), element('td', {}, p.symbol),
      ...data.results.map(r => element('td', { className: 'number' }, r.parameters.find(q => q.path === p.path)?.value ?? '')), element('td', {}, p.unit === '1' ? '' : p.unit), element('td', {}, p.kind), element('td', {}, p.reference)));
    const head = element('tr', {}, ...['parameter', 'symbol', ...data.results.map(r => several ? r.name : 'value'), 'unit', 'kind', 'source'].map(h => element('th', { scope: 'col' }, h)));
    return [element('section', { 'aria-label': 'Parameters' }, element('details', { open: several }, element('summary', {}, element('strong', {}, several ? `${rows.length} parameters differ` : `${rows.length} parameters`)),
      element('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Table of parameters' }, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)))))];
  };

  const origin = () => element('p', { className: 'note' }, data.results.map(r => `${data.results.length > 1 ? `${r.name}: ` : ''}${[r.created, r.command, r.version && `version ${r.version}`].filter(Boolean).join(', ')}`).join('; '));

  // ---- the page
  const target = element('div', { id: 'shown' });
  const tables = () => [summary(), ...parameters(), origin()];
  const below = element('div');
  const show = () => {
    clearInterval(timer);
    const place = window.scrollY;
    for (const p of plots) { seen.unobserve(p); Plotly.purge(p); }
    plots = [];
    const own = [];
    if (hasTime()) own.push(clock());
    own.push(...pointSection(), ...data.views.map(view));
    if (hasTime()) own.push(fields());
    below.replaceChildren(...tables());
    target.replaceChildren(...own, ...columns(), below);
    window.scrollTo(0, place);
  };
  // Same charts with other numbers: what is on the page stays, so that a change is seen as a change.
  const shape = d => JSON.stringify([d.results.map(r => [r.name, r.fields.map(f => [f.name, f.samples.length]), Object.keys(r.tables)]), d.views.map(v => [v.name, v.title, v.note, v.panels.length])]);
  const render = next => {
    const same = data.results.length > 0 && shape(next) === shape(data);
    data = next;
    if (state.result >= data.results.length) state.result = 0;
    if (data.results.length && hasTime()) state.index = Math.min(state.index, times(state.result).length - 1);
    if (!same) return show();
    below.replaceChildren(...tables());
    moveTo(state.index);
    redraw();
  };

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = name => { root.dataset.theme = name; redraw(); };
  root.dataset.theme = dark.matches ? 'dark' : 'light';
  dark.addEventListener('change', () => theme(dark.matches ? 'dark' : 'light'));
  const toggleTheme = () => theme(root.dataset.theme === 'dark' ? 'light' : 'dark');
  const toggleDifference = () => {
    const b = document.getElementById('difference');
    if (!b || data.results.length < 2) return;
    state.difference = !state.difference;
    b.setAttribute('aria-pressed', state.difference);
    redraw();
  };
  document.addEventListener('keydown', e => {
    if (e.target.matches('input, select, textarea, button, [contenteditable]') || e.ctrlKey || e.metaKey || e.altKey) return;
    const act = { ArrowLeft: () => moveTo(state.index - 1), ArrowRight: () => moveTo(state.index + 1), ' ': play, d: toggleDifference, t: toggleTheme }[e.key];
    if (act && (hasTime() || e.key === 'd' || e.key === 't')) { e.preventDefault(); act(); }
  });
  const start = first => {
    document.querySelector('h1').textContent = document.title;
    document.getElementById('tools').append(
      ...(first.results.length > 1 || document.body.classList.contains('live') ? [press('Difference', false, toggleDifference, 'difference')] : []),
      press('Theme', false, toggleTheme, 'theme'),
      element('span', { className: 'note' }, 'Keys: \u2190 \u2192 time, space plays, d difference, t theme'));
    document.getElementById('theme').removeAttribute('aria-pressed');
    main.append(target);
    render(first);
    root.dataset.ready = 'true';
  };
  const given = JSON.parse(document.getElementById('data').textContent);
  if (given.results) start(given);
  return { given, start, render, element, choice, press, state, moveTo };
})();
