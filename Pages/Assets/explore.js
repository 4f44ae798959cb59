'use strict';
// The form of a live page (see ExploreForm.cs): each change goes to the solver, and what comes back to the charts of page.js.
(() => {
  const { element, choice, press } = fv, form = fv.given.form;
  const settings = new Map(), controls = new Map();
  let protocol = null, running = null, waiting = false, pinned = 0;
  // A run younger than this may end before the next change is sent: a dragged slider would else never show anything.
  const patience = 400;

  const status = element('p', { id: 'status', role: 'status' }), problem = element('p', { className: 'error', role: 'alert' });
  const stop = press('Stop', false, () => { waiting = false; running?.abort.abort(); });
  stop.removeAttribute('aria-pressed');
  stop.disabled = true;

  // ---- the solver
  const sent = (name = '') => JSON.stringify({ settings: Object.fromEntries(settings), protocol, name });
  const ask = async (what, body, signal, onLine = () => {}) => {
    const response = await fetch(what, { method: 'POST', body, signal });
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    const reader = response.body.getReader(), decoder = new TextDecoder(), pieces = [];
    let last = null;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      let text = decoder.decode(value, { stream: true }), end;
      while ((end = text.indexOf('\n')) >= 0) {
        pieces.push(text.slice(0, end));
        last = JSON.parse(pieces.join(''));
        pieces.length = 0;
        onLine(last);
        text = text.slice(end + 1);
      }
      pieces.push(text);
    }
    return last;
  };

  const change = () => {
    if (!running) return void run();
    waiting = true;
    if (performance.now() - running.since > patience) running.abort.abort();
  };
  const run = async () => {
    const own = running = { abort: new AbortController(), since: performance.now() };
    stop.disabled = false;
    status.textContent = 'computing';
    try {
      const answer = await ask('run', sent(), own.abort.signal, line => {
        if (line.of !== undefined) status.textContent = `pulse ${line.pulses} of at most ${line.of}, ${(1e9 * line.conductance).toPrecision(4)} nS`;
        if (waiting && performance.now() - own.since > patience) own.abort.abort();
      });
      if (answer?.error !== undefined) fail(answer);
      else if (answer) {
        clear();
        follow(answer.values);
        show(answer);
        const mapped = answer.results[answer.results.length - 1].figures.some(f => f.name === 'mapped_pulses' && f.value > 0);
        status.textContent = `solved in ${(1000 * answer.seconds).toFixed(0)} ms, shown after ${(performance.now() - own.since).toFixed(0)} ms${mapped ? '; maps are used' : ''}`;
        document.documentElement.dataset.runs = String(Number(document.documentElement.dataset.runs ?? 0) + 1);
        document.documentElement.dataset.latency = String(performance.now() - own.since);
      }
    } catch (e) {
      status.textContent = e.name === 'AbortError' ? 'stopped' : '';
      if (e.name !== 'AbortError') problem.textContent = `The solver does not answer: ${e.message}`;
    }
    running = null;
    stop.disabled = true;
    if (waiting) { waiting = false; run(); }
  };
  const show = data => {
    pinned = data.pins;
    unpin.disabled = pinned === 0;
    if (document.documentElement.dataset.ready) fv.render(data); else fv.start(data);
  };

  // ---- errors stand at their field; the old picture stays
  const clear = () => {
    problem.textContent = '';
    for (const c of controls.values()) { c.input.removeAttribute('aria-invalid'); c.error.textContent = ''; }
  };
  const fail = ({ error, key }) => {
    clear();
    status.textContent = '';
    const control = controls.get(key) ?? [...controls].find(([k]) => key !== '' && key.startsWith(`${k}.`))?.[1];
    if (!control) { problem.textContent = error; return; }
    control.input.setAttribute('aria-invalid', 'true');
    control.error.textContent = error;
    for (let e = control.row; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
  };

  // ---- parameters
  const prefixed = ['m', 's', 'V', 'A', 'ohm', 'S', 'Pa', 'J', 'C', 'W', 'F'], prefixes = ['a', 'f', 'p', 'n', 'u', 'm', '', 'k', 'M', 'G', 'T'];
  const words = (v, unit, whole) => {
    if (whole) return String(Math.round(v));
    if (unit === '1') return String(Number(v.toPrecision(4)));
    if (v === 0 || !prefixed.includes(unit)) return `${Number(v.toPrecision(4))} ${unit}`;
    const power = Math.min(4, Math.max(-6, Math.floor(Math.log10(Math.abs(v)) / 3 + 1e-9)));
    return `${Number((v / 10 ** (3 * power)).toPrecision(4))} ${prefixes[power + 6]}${unit}`;
  };
  const set = (path, value) => {
    const control = controls.get(path);
    if (value === null) settings.delete(path); else settings.set(path, value);
    control.row.classList.toggle('changed', value !== null);
    control.reset.hidden = value === null;
    change();
  };
  const follow = values => {
    for (const [path, [value, kind, reference]] of Object.entries(values)) {
      const control = controls.get(path);
      if (!control) continue;
      if (!settings.has(path)) { control.input.value = value; control.home(); }
      control.source.textContent = `${kind}: ${reference}`;
    }
  };
  const parameter = p => {
    const id = `p-${p.path}`, name = p.path.slice(p.path.indexOf('.') + 1).replace(/_/g, ' ');
    const input = p.choices ? element('select', { id }) : element('input', { id, type: 'text', value: p.value, autocomplete: 'off', spellcheck: false });
    if (p.choices) for (const c of p.choices) input.append(element('option', { value: c, selected: c === p.value }, c));
    const error = element('span', { className: 'error wide', id: `${id}-error` }), source = element('small', { className: 'wide' }, `${p.kind}: ${p.reference}`);
    const reset = element('button', { type: 'button', hidden: true, 'aria-label': `Reset ${p.path}` }, 'reset');
    const label = element('label', { for: id, title: `${p.meaning} Allowed: ${p.allowed}.` }, name, ' ', element('em', {}, p.symbol), p.unit === '1' ? '' : ` (${p.unit})`);
    const row = element('div', { className: 'field' }, label, input);
    input.setAttribute('aria-describedby', `${id}-error`);
    let home = () => {};
    if (p.slider) {
      const s = p.slider, steps = 200;
      const toPlace = v => Math.round(steps * (s.log ? Math.log(v / s.low) / Math.log(s.high / s.low) : (v - s.low) / (s.high - s.low)));
      const toValue = k => s.log ? s.low * (s.high / s.low) ** (k / steps) : s.low + (s.high - s.low) * k / steps;
      const slider = element('input', { type: 'range', min: '0', max: String(steps), value: String(toPlace(s.at)), 'aria-label': p.path, className: 'wide' });
      slider.addEventListener('input', () => { input.value = words(toValue(Number(slider.value)), p.unit, s.whole); slider.setAttribute('aria-valuetext', input.value); set(p.path, input.value); });
      home = () => { slider.value = String(toPlace(s.at)); };
      row.append(slider);
    }
    row.append(source, error, reset);
    input.addEventListener('change', () => set(p.path, input.value));
    reset.addEventListener('click', () => { input.value = p.value; home(); set(p.path, null); });
    controls.set(p.path, { input, error, row, reset, source, home });
    return row;
  };

  // ---- protocol: a list of steps, each with the keys of its type
  const steps = element('div');
  const edit = () => { protocol ??= form.protocol.map(s => ({ ...s })); return protocol; };
  const drawSteps = () => {
    for (const key of [...controls.keys()]) if (key.startsWith('protocol.')) controls.delete(key);
    const list = protocol ?? form.protocol;
    steps.replaceChildren(...list.map((step, i) => {
      const kind = form.steps[step.type], box = element('fieldset', {}, element('legend', { title: kind?.meaning ?? '' }, `step ${i + 1}: ${step.type}`));
      for (const key of [...new Set([...(kind?.keys.map(k => k.name) ?? []), ...Object.keys(step)])].filter(k => k !== 'type')) {
        const known = kind?.keys.find(k => k.name === key), id = `protocol-${i}-${key}`;
        const input = element('input', { id, type: 'text', value: step[key] ?? '', placeholder: known?.sample || 'none', autocomplete: 'off', spellcheck: false, 'aria-describedby': `${id}-error` });
        const error = element('span', { className: 'error wide', id: `${id}-error` }), row = element('div', { className: 'field' }, element('label', { for: id, title: known?.meaning ?? '' }, key.replace(/_/g, ' ')), input, error);
        input.addEventListener('change', () => { const own = edit()[i]; if (input.value.trim() === '') delete own[key]; else own[key] = input.value; change(); });
        controls.set(`protocol.${i}.${key}`, { input, error, row, reset: {}, source: {}, home: () => {} });
        box.append(row);
      }
      const act = (label, apply) => { const b = press(label, false, () => { apply(edit()); drawSteps(); change(); }); b.removeAttribute('aria-pressed'); b.setAttribute('aria-label', `${label} step ${i + 1}`); return b; };
      box.append(element('div', { className: 'row' }, act('copy', p => p.splice(i + 1, 0, { ...p[i] })), ...(list.length > 1 ? [act('remove', p => p.splice(i, 1))] : []), ...(i > 0 ? [act('up', p => p.splice(i - 1, 2, p[i], p[i - 1]))] : [])));
      return box;
    }));
  };
  const example = type => Object.fromEntries(form.steps[type].keys.filter(k => k.required).map(k => [k.name, k.sample]));
  const kind = choice('new step', Object.keys(form.steps).map(t => [t, t]), 'pulses', () => {});
  const add = press('Add', false, () => { const type = kind.querySelector('select').value; edit().push({ type, ...example(type) }); drawSteps(); change(); });
  add.removeAttribute('aria-pressed');

  // ---- pins and saving
  const pin = press('Pin this run', false, async () => show(await ask('pin', sent())), 'pin');
  const unpin = press('Unpin all', false, async () => show(await ask('unpin', sent())), 'unpin');
  for (const b of [pin, unpin]) b.removeAttribute('aria-pressed');
  unpin.disabled = true;
  const name = element('input', { id: 'save-name', type: 'text', value: `my-${form.case}`, autocomplete: 'off' }), saved = element('p', { className: 'note', role: 'status', id: 'saved' });
  const save = press('Save as case', false, async () => {
    const answer = await ask('save', sent(name.value));
    if (answer.error !== undefined) { saved.textContent = ''; fail(answer); } else { clear(); saved.textContent = `saved: fv run ${answer.saved}`; }
  }, 'save');
  save.removeAttribute('aria-pressed');

  // ---- the page
  const presets = choice('preset', form.presets.map(p => [p, p]), form.preset, v => { if (v === form.preset) settings.delete('preset'); else settings.set('preset', v); change(); });
  presets.querySelector('select').id = 'preset';
  const search = element('input', { type: 'search', 'aria-label': 'Find a parameter', placeholder: 'find a parameter' });
  const sections = form.sections.map(s => element('details', {}, element('summary', {}, s.name), ...s.parameters.map(parameter)));
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    sections.forEach((box, i) => {
      let any = false;
      form.sections[i].parameters.forEach(p => {
        const fits = wanted === '' || `${p.path} ${p.symbol} ${p.meaning}`.toLowerCase().includes(wanted);
        controls.get(p.path).row.hidden = !fits;
        any ||= fits;
      });
      box.hidden = !any;
      box.open = wanted !== '' && any;
    });
  });
  drawSteps();
  controls.set('preset', { input: presets.querySelector('select'), error: problem, row: presets, reset: {}, source: {}, home: () => {} });
  controls.set('name', { input: name, error: problem, row: name, reset: {}, source: {}, home: () => {} });
  document.body.classList.add('live');
  document.querySelector('main').append(element('aside', { id: 'form', 'aria-label': 'Case' },
    element('p', { className: 'note' }, form.description || form.title), element('div', { className: 'row' }, presets, stop), status, problem,
    element('div', { className: 'row' }, pin, unpin),
    element('details', { open: true }, element('summary', {}, 'protocol'), steps, element('div', { className: 'row' }, kind, add)),
    search, ...sections,
    element('div', { className: 'row' }, element('label', { for: 'save-name' }, 'file'), name, save), saved));
  run();
})();
