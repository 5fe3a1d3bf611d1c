// What the run costs, from the difference of two counts: figures, a minute's graph, the steps.
import { element } from './effects.js';

const kept = 60;
const history = [];
let before = null;

const rows = [
  ['Pictures / s', (now) => now.fps.toFixed(1)],
  ['Processor', (now) => `${now.cpu.toFixed(0)} %`],
  ['Delay', (now) => `${now.latency.toFixed(0)} ms` + (now.relay ? `, masks ${now.relay.toFixed(0)} ms` : '')],
  ['Per picture', (now) => `${now.perPicture.toFixed(1)} ms`],
  ['Dropped', (now) => String(now.dropped)],
];

export function showFigures(status) {
  if (before && before.process !== status.process) before = null;
  if (before && status.seconds - before.seconds > 0.4) draw(difference(before, status), status);
  if (!before || status.seconds - before.seconds > 0.4) before = status;
}

function difference(old, now) {
  const seconds = now.seconds - old.seconds;
  const pictures = now.frames - old.frames;
  const stages = Object.entries(now.stages_cpu_ms)
    .map(([name, ms]) => [name, pictures ? (ms - old.stages_cpu_ms[name]) / pictures : 0]);
  return {
    fps: pictures / seconds,
    cpu: (now.cpu_ms - old.cpu_ms) / seconds / 10,  // of one core
    latency: now.latency_ms_p50,
    relay: now.relay_ms_p50,
    perPicture: pictures ? (now.cpu_ms - old.cpu_ms) / pictures : 0,
    dropped: now.dropped,
    stages,
  };
}

function draw(now, status) {
  history.push(now.cpu);
  if (history.length > kept) history.shift();
  document.getElementById('figures').replaceChildren(...rows.map(([name, text]) =>
    element('div', {}, element('dt', { textContent: name }), element('dd', { textContent: text(now) }))));
  drawGraph();
  drawStages(now.stages);
  const lighter = status.saves_effort && 'Lighter matte: this computer is busy';
  const note = status.trouble || status.warning || lighter || '';
  const place = document.getElementById('remark');
  if (place.textContent !== note) place.textContent = note;
  document.getElementById('where').textContent =
    [status.camera, status.size, `to ${status.outputs.join(', ')}`].filter(Boolean).join(' · ');
}

function drawGraph() {
  const graph = document.getElementById('graph');
  const most = Math.max(20, ...history) * 1.15;
  const points = history.map((cpu, i) =>
    `${300 - (history.length - 1 - i) * 300 / (kept - 1)},${60 - 58 * cpu / most}`);
  const first = 300 - (history.length - 1) * 300 / (kept - 1);
  const shape = (name, list) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    made.setAttribute('points', list.join(' '));
    return made;
  };
  graph.replaceChildren(shape('polygon', [`${first},60`, ...points, '300,60']), shape('polyline', points));
}

function drawStages(stages) {
  const parts = document.getElementById('parts');
  const legend = document.getElementById('legend');
  parts.replaceChildren();
  legend.replaceChildren();
  stages.forEach(([name, ms], index) => {
    if (ms < 0.005) return;
    const part = element('span', { className: `s${index}` });
    part.style.flexGrow = ms;
    parts.append(part);
    legend.append(element('li', { className: `s${index}`, textContent: `${name} ${ms.toFixed(ms < 1 ? 2 : 1)} ms` }));
  });
}
