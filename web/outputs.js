// Where pictures go: a check box for each output that /api/devices lists, and one for the usual ones.
import { element } from './effects.js';
import { parse, print } from './spec.js';

const kUsual = 'output-usual';

/// Two texts name one place whatever their options are.
const place = (text) => print({ ...parse(text), options: new Map() });

/// What there is, as [text of the setting, words for people, whether it is in use].
function rows(chosen, outputs) {
  const listed = outputs.map(({ path, name, default: usual }) => {
    const pipewire = path === 'pipewire';
    const text = pipewire ? path : print({ kind: 'v4l2', argument: path, options: new Map() });
    const named = chosen.find((each) => place(each) === text);
    return [named ?? text, pipewire ? `${name}, through PipeWire` : `${name}, ${path}`, chosen.length ? !!named : usual];
  });
  const known = new Set(listed.map(([text]) => text));
  return [...listed, ...chosen.filter((text) => !known.has(text)).map((text) => [text, text, true])];
}

/// `set(list, words)` makes a choice real, `refuse(words)` says why it is none.
export class Outputs {
  constructor(box, set, refuse) {
    Object.assign(this, { box, set, refuse });
  }

  draw(chosen, outputs) {
    const focused = this.box.contains(document.activeElement) && document.activeElement.id;
    const all = rows(chosen, outputs);
    this.box.replaceChildren(this.box.querySelector('legend'),
      this.row(kUsual, '', 'The usual: virtual cameras named Scrim, and PipeWire', chosen.length === 0),
      ...all.map((each, i) => this.row(`output-${i}`, ...each)));
    if (!outputs.length)
      this.box.append(element('p', { className: 'faint', textContent: 'No virtual camera is there; “scrim doctor” says how to get one.' }));
    if (focused) document.getElementById(focused)?.focus();
  }

  row(id, value, words, checked) {
    const input = element('input', { type: 'checkbox', id, value, checked });
    input.onchange = () => this.choose(input, words);
    return element('label', { className: 'tick' }, input, element('span', { textContent: words }));
  }

  choose(input, words) {
    const usual = input.id === kUsual;
    const inUse = [...this.box.querySelectorAll('input:checked')].map(({ value }) => value).filter(Boolean);
    if (usual && input.checked) return this.set([], 'the usual');
    if (inUse.length) return this.set(inUse, usual ? 'those that are ticked' : `${words}, ${input.checked ? 'on' : 'off'}`);
    this.refuse('One output stays: tick another one first.');
  }
}
