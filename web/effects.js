// The three chains of effects: chips to add, remove, reorder and tune.
import { completed, parse, print, title } from './spec.js';

const chains = [
  { name: 'person', label: 'On you' },
  { name: 'picture', label: 'On the whole picture' },
  { name: 'background', label: 'On the background' },
];

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/// `show(chainName, chain)` makes a change real; `say(text)` tells it to who listens.
export class Effects {
  constructor(place, kinds, show, say) {
    Object.assign(this, { place, kinds, show, say, look: null, open: null, dragged: null });
    this.adder = document.getElementById('adder');
  }

  /// Draws `look`, unless somebody is just tuning what it shows.
  draw(look) {
    this.look = { ...look, background: completed(look.background, this.kinds) };
    const focused = document.activeElement?.dataset?.key;
    this.place.replaceChildren(...chains.map((chain) => this.row(chain)));
    if (focused) this.focus(focused);
  }

  focus(key) {
    this.place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  kindOf(spec, chain, index) {
    const table = chain === 'background' && index === 0 ? this.kinds.backgrounds : this.kinds.effects;
    return table.find((kind) => kind.name === spec.kind);
  }

  row({ name, label }) {
    const chips = element('ul', { className: 'chips' });
    chips.setAttribute('aria-label', label);
    this.look[name].forEach((text, index) => chips.append(this.chip(name, index, parse(text))));
    const add = element('button', { type: 'button', className: 'add', textContent: '+ Add' });
    add.setAttribute('aria-label', `Add an effect: ${label}`);
    add.dataset.key = `${name}-add`;
    add.onclick = () => this.choose(name, label);
    chips.append(element('li', {}, add));
    const row = element('div', { className: 'chain' }, element('h3', { textContent: label }), chips);
    if (this.open?.chain === name && this.look[name][this.open.index] !== undefined)
      row.append(this.tuning(name, this.open.index));
    return row;
  }

  chip(chain, index, spec) {
    const fixed = chain === 'background' && index === 0;
    const isOpen = this.open?.chain === chain && this.open.index === index;
    const open = element('button', { type: 'button', className: 'open', textContent: title(spec) });
    open.dataset.key = `${chain}-${index}`;
    open.setAttribute('aria-expanded', isOpen);
    open.onclick = () => {
      this.open = isOpen ? null : { chain, index };
      this.draw(this.look);
    };
    const chip = element('li', { className: 'chip' }, open);
    chip.classList.toggle('open-now', isOpen);
    chip.classList.toggle('fixed', fixed);
    if (fixed) return chip;
    const remove = element('button', { type: 'button', className: 'remove', textContent: '×' });
    remove.setAttribute('aria-label', `Remove ${title(spec)}`);
    remove.dataset.key = `${chain}-${index}-remove`;
    remove.onclick = () => this.remove(chain, index);
    open.onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (step) event.preventDefault(), this.move(chain, index, index + step);
      if (event.key === 'Delete') this.remove(chain, index);
    };
    chip.append(remove);
    this.makeDraggable(chip, chain, index);
    return chip;
  }

  makeDraggable(chip, chain, index) {
    chip.draggable = true;
    chip.ondragstart = (event) => {
      this.dragged = { chain, index };
      event.dataTransfer.setData('text/plain', this.look[chain][index]);
      chip.classList.add('moving');
    };
    chip.ondragend = () => chip.classList.remove('moving');
    chip.ondragover = (event) => {
      if (this.dragged?.chain !== chain) return;
      event.preventDefault();
      chip.classList.add('target');
    };
    chip.ondragleave = () => chip.classList.remove('target');
    chip.ondrop = (event) => {
      event.preventDefault();
      if (this.dragged?.chain === chain) this.move(chain, this.dragged.index, index);
      this.dragged = null;
    };
  }

  move(chain, from, to) {
    const first = chain === 'background' ? 1 : 0;
    const list = [...this.look[chain]];
    if (to < first || to >= list.length || from === to) return;
    const [moved] = list.splice(from, 1);
    list.splice(to, 0, moved);
    if (this.open?.chain === chain) this.open = this.open.index === from ? { chain, index: to } : null;
    this.change(chain, list);
    this.focus(`${chain}-${to}`);
    this.say(`${title(parse(moved))}: now ${to - first + 1} of ${list.length - first}`);
  }

  remove(chain, index) {
    const gone = title(parse(this.look[chain][index]));
    this.open = null;
    this.change(chain, this.look[chain].filter((_, at) => at !== index));
    this.focus(`${chain}-add`);
    this.say(`${gone} removed`);
  }

  change(chain, list) {
    this.draw({ ...this.look, [chain]: list });
    this.show(chain, list);
  }

  choose(chain, label) {
    document.getElementById('adder-title').textContent = `Add an effect: ${label.toLowerCase()}`;
    const fit = this.kinds.effects.filter((kind) => kind.chains.includes(chain) && !kind.names_file);
    // Those at home here come first.
    fit.sort((a, b) => (b.home === chain) - (a.home === chain) || a.name.localeCompare(b.name));
    document.getElementById('kinds').replaceChildren(...fit.map((kind) => {
      const button = element('button', { type: 'button' },
        element('strong', { textContent: kind.name }), element('span', { textContent: kind.help }));
      button.onclick = () => {
        this.adder.close();
        this.open = { chain, index: this.look[chain].length };
        this.change(chain, [...this.look[chain], kind.example]);
        this.focus(`${chain}-${this.look[chain].length - 1}`);
        this.say(`${kind.name} added`);
      };
      return button;
    }));
    this.adder.showModal();
  }

  tuning(chain, index) {
    const spec = parse(this.look[chain][index]);
    const kind = this.kindOf(spec, chain, index);
    const box = element('div', { className: 'tuning' });
    const set = (change) => {
      change(spec);
      this.look[chain][index] = print(spec);
      this.show(chain, this.look[chain]);
    };
    const words = kind?.argument === 'WORDS' || kind?.argument === 'RRGGBB';
    if (words) box.append(field('Text', { name: 'text', type: 'text', help: kind.help }, spec.argument,
      (value) => value && set((s) => { s.argument = value; }), `${chain}-${index}-argument`));
    for (const option of kind?.options ?? [])
      box.append(field(option.name, option, spec.options.get(option.name) ?? option.default,
        (value) => set((s) => s.options.set(option.name, value)), `${chain}-${index}-${option.name}`));
    if (!box.children.length)
      box.append(element('p', { className: 'faint', textContent: 'There is nothing to set here.' }));
    return box;
  }
}

/// One option: a slider for numbers, a list for choices, a text or a tick for the rest.
export function field(name, option, value, set, id) {
  const label = element('label', { textContent: name.replaceAll('-', ' '), htmlFor: id });
  const row = element('div', { className: 'field' }, label);
  const control = option.type === 'choice' ? choices(option, value) : input(option, value);
  control.id = id;
  control.dataset.key = id;
  control.setAttribute('aria-describedby', `${id}-help`);
  row.append(control);
  if (control.type === 'range') {
    const shown = element('output', { textContent: value, htmlFor: id });
    row.append(shown);
    control.oninput = () => { shown.textContent = control.value; set(control.value); };
  } else {
    control.onchange = () => set(control.type === 'checkbox' ? (control.checked ? 'on' : 'off') : control.value);
  }
  row.append(element('span', { className: 'help', id: `${id}-help`, textContent: option.help ?? '' }));
  return row;
}

function choices(option, value) {
  return element('select', {}, ...option.choices.map((choice) =>
    element('option', { value: choice, textContent: choice, selected: choice === value })));
}

function input(option, value) {
  if (option.type === 'flag') return element('input', { type: 'checkbox', checked: value === 'on' });
  if (option.type === 'text') return element('input', { type: 'text', value });
  const range = option.high - option.low;
  const step = option.type === 'integer' || range > 60 ? 1 : range > 10 ? 0.1 : 0.01;
  // A seed has a million values; nobody slides through them.
  const high = option.name === 'seed' ? 40 : option.high;
  return element('input', { type: 'range', min: option.low, max: high, step, value });
}
