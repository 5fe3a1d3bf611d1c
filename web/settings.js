// Presets, and the settings that people change during a call: which camera, where to, how much
// effort, how the person is cut out.
import { element } from './effects.js';
import { Matte } from './matte.js';
import { Outputs } from './outputs.js';

const byId = (id) => document.getElementById(id);

const efforts = [
  ['auto', 'As this computer can'], ['low', 'Light: saves the battery'], ['normal', 'Usual'],
  ['high', 'Fine: for recordings'],
];

/// `ask(method, path, body)` asks Scrim, `say(text)` tells it to who listens, `complain(text)` says
/// what went wrong.
export class Settings {
  constructor(hooks) {
    Object.assign(this, hooks, { devices: null, matteKeys: [], inUse: null, said: '', matteWanted: null, tellsMatte: false });
    this.outputs = new Outputs(byId('outputs'),
      (output, words) => this.tell('PUT', '/api/settings', `Output: ${words}`, { output }),
      (words) => this.draw().then(() => this.complain(words)));
    this.matte = new Matte(byId('matte'), byId('matte-reset'), (text) => this.setMatte(text));
    byId('camera').onchange = ({ target }) => this.set('camera', target);
    byId('effort').onchange = ({ target }) => this.set('effort', target);
    byId('effort').append(...efforts.map(([value, text]) => new Option(text, value)));
    byId('saver').onsubmit = (event) => {
      event.preventDefault();
      this.save(byId('preset-name').value.trim());
    };
  }

  async draw() {
    const [settings, devices, presets] = await Promise.all(
      ['/api/settings', '/api/devices', '/api/presets'].map((path) => this.ask('GET', path)));
    this.devices = devices;
    this.drawSettings(settings);
    this.drawPresets(presets);
  }

  drawSettings(settings) {
    this.drawCamera(settings, this.devices);
    this.outputs.draw(settings.output.value, this.devices.outputs);
    byId('effort').value = settings.effort.value;
    if (!this.tellsMatte) this.matte.draw(this.matteKeys, settings.matte.value);
  }

  drawCamera(settings, devices) {
    const cameras = new Map([['v4l2', 'The first one there is']]);
    for (const { path, name, unfit } of devices.cameras) if (!unfit) cameras.set(`v4l2:${path}`, name);
    for (const { name, label, scrim } of devices.pipewire.cameras)
      if (!scrim) cameras.set(`pipewire:${name}`, `${label || name} (PipeWire)`);
    const chosen = settings.camera.value;
    if (!cameras.has(chosen)) cameras.set(chosen, chosen);
    byId('camera').replaceChildren(...[...cameras].map(([value, text]) =>
      new Option(text, value, false, value === chosen)));
  }

  drawPresets(names) {
    byId('presets').replaceChildren(...names.map((name) => {
      const use = element('button', { type: 'button', className: 'open', textContent: name });
      use.dataset.preset = name;
      use.onclick = () => this.tell('POST', `/api/presets/${encodeURIComponent(name)}/use`, `${name} is shown`);
      const remove = element('button', { type: 'button', className: 'remove', textContent: '×' });
      remove.setAttribute('aria-label', `Remove the preset ${name}`);
      remove.onclick = async () => {
        await this.tell('DELETE', `/api/presets/${encodeURIComponent(name)}`, `${name} removed`);
        byId('preset-name').focus();
      };
      return element('li', { className: 'chip' }, use, remove);
    }));
  }

  async save(name) {
    if (name && await this.tell('POST', `/api/presets/${encodeURIComponent(name)}`, `${name} saved`))
      byId('preset-name').value = '';
  }

  set(name, control) {
    const text = control.selectedOptions[0].textContent;
    return this.tell('PUT', '/api/settings', `${name}: ${text}`, { [name]: control.value });
  }

  /// A slider sends no more than can be taken in, and the newest last.
  async setMatte(text) {
    this.matteWanted = text;
    if (this.tellsMatte) return;
    this.tellsMatte = true;
    let wrong = '';
    while (this.matteWanted !== null) {
      const matte = this.matteWanted;
      this.matteWanted = null;
      wrong = await this.ask('PUT', '/api/settings', { matte }).then(() => '', (error) => error.message);
    }
    this.tellsMatte = false;
    this.complain(wrong);
    if (wrong) await this.draw();
  }

  /// Whether it came true; what is drawn is true either way.
  async tell(method, path, done, body) {
    let well = true;
    try {
      await this.ask(method, path, body);
      this.complain('');
      this.say(done);
    } catch (error) {
      well = false;
      this.complain(error.message);
    }
    await this.draw();
    return well;
  }

  /// Somebody else may have changed it.
  follow({ camera, outputs, settings }) {
    const inUse = [camera, ...outputs].join('\n'), said = JSON.stringify(settings);
    if (this.inUse !== null && this.inUse !== inUse) this.draw().catch((e) => this.complain(e.message));
    else if (this.devices && this.said !== said) this.drawSettings(settings);
    Object.assign(this, { inUse, said });
  }
}
