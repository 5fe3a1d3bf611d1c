// How the person is cut out: a control for each key of the setting `matte`, as /api/kinds has them.
import { element, field } from './effects.js';

/// "raw,smooth=0.5": what differs from the defaults.
const parse = (text) => new Map(text.split(',').filter(Boolean).map((pair) => {
  const [key, value = 'on'] = pair.split('=');
  return [key, value];
}));
const print = (values) => [...values].map((pair) => pair.join('=')).join();

const same = (option, value) =>
  ['number', 'integer'].includes(option.type) ? Number(value) === Number(option.default) : value === option.default;

/// `set(text)` makes it real.
export class Matte {
  constructor(place, reset, set) {
    Object.assign(this, { place, reset, set, shown: null });
    reset.onclick = () => {
      this.draw(this.options, '');
      this.set('');
      this.place.querySelector('input, select').focus();  // the button has gone
    };
  }

  /// Nothing moves under the hand that has just set it so.
  draw(options, text) {
    if (text === this.shown) return;
    Object.assign(this, { options, shown: text });
    const focused = this.place.contains(document.activeElement) && document.activeElement.id;
    const values = parse(text);
    this.place.replaceChildren(...options.map((option) =>
      field(option.name, option, values.get(option.name) ?? option.default,
        (value) => this.change(values, option, value), `matte-${option.name}`)));
    this.reset.hidden = !text;
    if (focused) document.getElementById(focused)?.focus();
  }

  change(values, option, value) {
    if (same(option, value)) values.delete(option.name);
    else values.set(option.name, value);
    this.shown = print(values);
    this.reset.hidden = !this.shown;
    this.set(this.shown);
  }
}
