// The owner's own backgrounds: files that are dropped or chosen go to Scrim, one after the other.
import { element } from './effects.js';

const most = 256 * 2 ** 20;  // bytes; Scrim says the same, but only after they have come
const byId = (id) => document.getElementById(id);

/// `added(background)` and `removed(id)` hear what has happened, `say(text)` tells it to who
/// listens, `complain(text)` says what went wrong.
export class Uploads {
  constructor(hooks) {
    Object.assign(this, hooks, { waiting: [], busy: false });
    this.input = element('input', { type: 'file', accept: 'image/*,video/*', multiple: true, hidden: true });
    this.input.onchange = () => { this.take(this.input.files); this.input.value = ''; };
    this.state = element('div', { className: 'arriving', hidden: true },
      element('span', { id: 'arriving-text' }), element('progress', { id: 'arriving', max: 1 }));
    this.state.querySelector('progress').setAttribute('aria-labelledby', 'arriving-text');
    this.listenForDrops();
  }

  /// The last tile of the group.
  addTile() {
    const button = element('button', { type: 'button', className: 'tile new', id: 'upload' },
      element('span', { className: 'view', textContent: '+', ariaHidden: 'true' }),
      element('span', { className: 'name', textContent: 'Add your own' }));
    button.onclick = () => this.input.click();
    return element('div', { className: 'holder' }, button, this.input);
  }

  /// A tile with a button to delete it.
  withRemoval(tile, background) {
    const remove = element('button', { type: 'button', className: 'away', textContent: '×' });
    remove.setAttribute('aria-label', `Delete ${background.label}`);
    remove.dataset.removes = background.id;
    remove.onclick = () => this.confirm(background);
    return element('div', { className: 'holder' }, tile, remove);
  }

  confirm(background) {
    const dialog = byId('removal');
    byId('removal-title').textContent = `Delete “${background.label}”?`;
    dialog.returnValue = '';
    dialog.onclose = () => dialog.returnValue === 'delete' && this.removed(background);
    dialog.showModal();
  }

  listenForDrops() {
    let depth = 0;  // dragenter and dragleave come for each element on the way
    const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
    const mark = () => document.body.classList.toggle('dropping', depth > 0);
    addEventListener('dragenter', (event) => { if (hasFiles(event)) ++depth, mark(); });
    addEventListener('dragleave', (event) => { if (hasFiles(event)) --depth, mark(); });
    addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
    addEventListener('drop', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      mark();
      this.take(event.dataTransfer.files);
    });
  }

  async take(files) {
    this.waiting.push(...files);
    if (this.busy) return;
    this.busy = true;
    this.complain('');
    for (let file; (file = this.waiting.shift());)
      try {
        const background = await this.send(file);
        this.say(`${background.label} added`);
        await this.added(background);
      } catch (error) {
        this.complain(error.message);
      }
    this.show('', 0);
    this.busy = false;
  }

  show(text, share) {
    this.state.hidden = !text;
    byId('arriving-text') && (byId('arriving-text').textContent = text);
    const bar = this.state.querySelector('progress');
    if (share > 0) bar.value = share; else bar.removeAttribute('value');
  }

  /// fetch() does not tell how far it has come.
  send(file) {
    if (file.size > most)
      return Promise.reject(new Error(`add ${file.name}: it has more than ${most >> 20} MB; shorten it or make it smaller`));
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open('POST', `/api/backgrounds?name=${encodeURIComponent(file.name)}`);
      request.responseType = 'json';
      request.upload.onprogress = ({ loaded, total }) => this.show(`Adding ${file.name}`, loaded / total);
      request.upload.onload = () => this.watch(file.name, request);
      request.onerror = () => failed(new Error(`add ${file.name}: Scrim does not answer`));
      request.onload = () => request.status === 201 ? done(request.response)
        : failed(new Error(request.response?.error ?? `add ${file.name}: ${request.statusText}`));
      this.show(`Adding ${file.name}`, 0);
      request.send(file);
    });
  }

  /// While Scrim makes it anew.
  async watch(name, request) {
    while (request.readyState !== XMLHttpRequest.DONE) {
      const { share } = await (await fetch('/api/backgrounds/progress')).json().catch(() => ({ share: 0 }));
      if (request.readyState === XMLHttpRequest.DONE) return;
      this.show(`Preparing ${name}`, share);
      await new Promise((go) => setTimeout(go, 400));
    }
  }
}
