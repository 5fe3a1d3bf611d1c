// The page: asks the running Scrim what there is, shows it, and tells it what is wanted.
import { Effects, element } from './effects.js';
import { showFigures } from './figures.js';
import { Settings } from './settings.js';
import { completed, parse, uploadNames } from './spec.js';
import { Uploads } from './uploads.js';

const byId = (id) => document.getElementById(id);
const say = (text) => { byId('spoken').textContent = text; };

function complain(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = !text;
}

async function ask(method, path, body) {
  const answer = await fetch(path, { method, body: body && JSON.stringify(body) });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error ?? answer.statusText);
  return json;
}

// Changes are told one at a time, the newest of each chain; a slider sends no more than can be drawn.
const wanted = {};
let telling = false;
async function tell() {
  if (telling) return;
  telling = true;
  while (Object.keys(wanted).length) {
    const change = { ...wanted };
    for (const chain of Object.keys(wanted)) delete wanted[chain];
    try {
      look = await ask('PUT', '/api/look', change);
      shownLook = textOf(look);
      complain('');
    } catch (error) {
      complain(error.message);
      look = await ask('GET', '/api/look').catch(() => look);
      effects.draw(look);
    }
    markBackground();
  }
  telling = false;
}
function show(chain, list) {
  wanted[chain] = list;
  tell();
}

let look, effects, backgrounds, shownLook = '';

/// As the status has it.
const textOf = ({ background, person, picture }) =>
  [background, person, picture].map((chain) => [chain].flat().join()).join('\n');

/// The tile whose chain the background begins with; of several the longest.
function markBackground() {
  const chain = completed(look.background, effects.kinds);
  const fits = backgrounds.filter(({ chain: c }) => c.every((spec, i) => spec === chain[i]));
  const best = fits.sort((a, b) => b.chain.length - a.chain.length)[0];
  for (const tile of document.querySelectorAll('.tile[data-id]'))
    tile.setAttribute('aria-pressed', tile.dataset.id === best?.id);
  const colour = parse(chain[0]);
  const any = document.querySelector('.tile.any');
  any.classList.toggle('chosen', !best && colour.kind === 'colour');
  if (colour.kind === 'colour' && /^[0-9a-f]{6}$/i.test(colour.argument))
    any.querySelector('input').value = '#' + colour.argument;
}

function chooseBackground(chain, label) {
  effects.open = null;
  effects.change('background', [...chain]);
  look = { ...look, background: [...chain] };
  markBackground();
  say(`Background: ${label}`);
}

const uploads = new Uploads({
  say, complain,
  async added(background) {
    await drawGallery();
    chooseBackground(background.chain, background.label);
    byId('gallery').querySelector(`[data-id="${background.id}"]`)?.focus();
  },
  async removed({ id, label, chain }) {
    try {
      // What is shown stays; the blurred room takes its place first.
      if (completed(look.background, effects.kinds)[0].split('?')[0] === chain[0])
        look = await ask('PUT', '/api/look', { background: ['room', 'blur'] }), effects.draw(look);
      await ask('DELETE', `/api/backgrounds/${id}`);
      await drawGallery();
      byId('upload').focus();
      say(`${label} deleted`);
    } catch (error) {
      complain(error.message);
    }
  },
});

const settings = new Settings({ ask, say, complain });

async function drawGallery() {
  backgrounds = await ask('GET', '/api/backgrounds');
  for (const { id, group, label } of backgrounds) if (group === 'uploads') uploadNames.set(id, label);
  const groups = [['uploads', 'Yours'], ['blur', 'Your room'], ['scenes', 'Scenes'], ['colours', 'Colours']];
  byId('gallery').replaceChildren(...groups.map(([group, label]) => {
    const own = group === 'uploads';
    const tiles = element('div', { className: 'tiles' }, ...backgrounds
      .filter((each) => each.group === group)
      .map((each) => own ? uploads.withRemoval(tile(each), each) : tile(each)));
    if (group === 'colours') tiles.append(anyColour());
    if (own) tiles.append(uploads.addTile());
    return element('div', {}, element('h3', { textContent: label }), tiles, ...(own ? [uploads.state] : []));
  }));
  markBackground();
}

function tile({ id, label, chain, thumbnail, moves }) {
  const button = element('button', { type: 'button', className: 'tile' },
    element('img', { className: 'view', src: thumbnail, alt: '', loading: 'lazy' }),
    ...(moves ? [element('span', { className: 'badge', textContent: '▶', title: 'It moves' })] : []),
    element('span', { className: 'name', textContent: label }));
  button.dataset.id = id;
  button.onclick = () => chooseBackground(chain, label);
  return button;
}

function anyColour() {
  const input = element('input', { type: 'color', className: 'view', value: '#5b7f95' });
  input.oninput = () => chooseBackground([`colour:${input.value.slice(1)}`], `colour ${input.value}`);
  return element('label', { className: 'tile any' }, input,
    element('span', { className: 'name', textContent: 'Any colour' }));
}

// The preview.
function drawPreview() {
  const share = Number(byId('wipe').value);
  const source = `/preview.mjpeg?view=${byId('against').value}`;
  const other = byId('other');
  if (share > 0 && other.getAttribute('src') !== source) other.src = source;
  if (share === 0 && other.hasAttribute('src')) other.removeAttribute('src');
  other.hidden = byId('edge').hidden = share === 0;
  const mirrored = byId('mirror').checked;
  byId('screen').classList.toggle('mirrored', mirrored);
  other.style.clipPath = mirrored ? `inset(0 0 0 ${100 - share}%)` : `inset(0 ${100 - share}% 0 0)`;
  byId('edge').style.left = `calc(${share}% - 1px)`;
}
for (const id of ['wipe', 'against', 'mirror']) byId(id).addEventListener('input', drawPreview);
document.addEventListener('visibilitychange', () => {  // nobody looks at a hidden page
  if (!effects) return;
  if (document.hidden) byId('output').removeAttribute('src'), byId('other').removeAttribute('src');
  else byId('output').src = '/preview.mjpeg', drawPreview();
  listen(!document.hidden);
});

const states = {
  live: 'Live', paused: 'Paused: the camera is off', asleep: 'Asleep: nobody is looking',
  waiting: 'Waiting for the camera', lost: 'Scrim does not answer',
};
function showState(state) {
  byId('state').dataset.state = state;
  if (byId('state').textContent !== states[state]) byId('state').textContent = states[state];
  byId('pause').textContent = state === 'paused' ? 'Resume' : 'Pause';
}
byId('pause').onclick = async () => {
  const paused = byId('state').dataset.state === 'paused';
  try {
    showState((await ask('POST', paused ? '/api/resume' : '/api/pause')).state);
  } catch (error) {
    complain(error.message);
  }
};

/// Somebody else may have changed the look: another panel, a hotkey.
async function follow(status) {
  showState(status.state);
  showFigures(status);
  settings.follow(status);
  const text = textOf(status);
  if (text === shownLook || telling) return;
  shownLook = text;
  look = await ask('GET', '/api/look');
  const shown = parse(completed(look.background, effects.kinds)[0]);
  if (shown.kind === 'upload' && !uploadNames.has(shown.argument)) await drawGallery();
  const full = { ...look, background: completed(look.background, effects.kinds) };
  if (JSON.stringify(full) !== JSON.stringify(effects.look)) effects.draw(look);
  markBackground();
}

async function begin() {
  const [kinds, shown] = await Promise.all(['/api/kinds', '/api/look'].map((path) => ask('GET', path)));
  look = shown;
  effects = new Effects(byId('chains'), kinds, show, say);
  settings.matteKeys = kinds.matte;
  effects.draw(look);  // before there is a tile to click
  await Promise.all([drawGallery(), settings.draw()]);
  byId('output').src = '/preview.mjpeg';
  listen(true);
}

/// Browsers hold six connections to one place, over all tabs: those that are hidden hold none.
let events = null;
function listen(wanted) {
  events?.close();
  if (!wanted) return;
  events = new EventSource('/api/events');
  events.addEventListener('stats', (event) => follow(JSON.parse(event.data)).catch((e) => complain(e.message)));
  events.onerror = () => showState('lost');
}

begin().catch((error) => complain(error.message));
