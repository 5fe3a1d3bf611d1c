// The panel in a real browser over a real running Scrim: drive.mjs SCRIM FOLDER_FOR_SCREENSHOTS
import { chromium } from 'playwright-core';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [scrim, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let passed = 0, failed = 0;

function check(fact, what) {
  if (!fact) throw new Error(what);
}

async function until(fact, what) {
  for (let i = 0; i < 100; ++i) {
    if (await fact()) return;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error(what);
}

/// A Scrim that runs until its folder goes.
async function start(folder) {
  const process = spawn(scrim, ['run', '--camera', 'presenter', '--output', 'null', '--size', '640x360'],
    { env: { ...globalThis.process.env, XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: join(folder, 'data'),
             XDG_CONFIG_HOME: join(folder, 'config') }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  for await (const bytes of process.stderr) {
    said += bytes;
    const link = said.match(/panel: (http\S+)/);
    if (link) return { process, link: link[1] };
  }
  throw new Error(`run said: ${said}`);
}

const tools = (page) => ({
  look: () => page.evaluate(async () => (await fetch('/api/look')).json()),
  /// Mean red, green and blue of a strip of the preview.
  colour: () => page.evaluate(() => {
    const image = document.getElementById('output');
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0, 64, 36);
    const { data } = context.getImageData(0, 0, 6, 36);
    return [0, 1, 2].map((c) => data.reduce((sum, v, i) => sum + (i % 4 === c ? v : 0), 0) / (6 * 36));
  }),
});

async function add(page, chain, kind) {
  await page.click(`[data-key="${chain}-add"]`);
  await page.locator('#kinds button', { has: page.locator(`strong:text-is("${kind}")`) }).click();
}

/// A file as ffmpeg makes it of a colour.
function colourFile(name, ...options) {
  const path = join(folder, name);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', ...options, path]);
  return path;
}

/// As when files are dragged from a file manager and dropped on the page.
async function drop(page, name, path) {
  const files = await page.evaluateHandle(([name, base64]) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name));
    return transfer;
  }, [name, readFileSync(path).toString('base64')]);
  await page.dispatchEvent('#screen', 'dragenter', { dataTransfer: files });
  check(await page.isVisible('.drop'), 'nothing says that it can be dropped');
  await page.dispatchEvent('#screen', 'drop', { dataTransfer: files });
  check(!await page.isVisible('.drop'), 'it says so for ever');
}

/// Devices as on a computer with outputs.
async function withOutputs(route) {
  try {
    const response = await route.fetch();
    const devices = await response.json();
    devices.outputs = [{ path: '/dev/video9', name: 'Scrim', default: true }, { path: 'pipewire', name: 'Scrim', default: true }];
    await route.fulfill({ response, json: devices });
  } catch { }  // the page is another one by now
}

const tests = {
  async 'a click changes the background'(page, { look, colour }) {
    await page.click('[data-id="green-screen"]');
    await until(async () => (await look()).background.join() === 'colour:00b140', 'the look is another');
    await until(async () => { const [r, g] = await colour(); return g > 150 && r < 40; }, 'the preview is another');
    check(await page.getAttribute('[data-id="green-screen"]', 'aria-pressed') === 'true', 'it is not marked');
  },
  async 'a slider changes the preview'(page, { look, colour }) {
    await page.click('[data-id="paper"]');
    await until(async () => (await colour())[2] > 200, 'the preview is dark');
    await add(page, 'picture', 'brightness');
    const before = (await colour())[1];
    await page.fill('#picture-0-value', '0.3');
    await until(async () => (await look()).picture.join() === 'brightness?value=0.3', 'the look is another');
    await until(async () => (await colour())[1] < before / 2, 'the preview is as bright');
  },
  async 'effects are reordered by dragging and by keys'(page, { look }) {
    await add(page, 'picture', 'mirror');
    await add(page, 'picture', 'sepia');
    const order = async () => (await look()).picture.map((spec) => spec.split('?')[0]).join();
    await until(async () => await order() === 'brightness,mirror,sepia', 'not added at the end');
    await page.locator('li:has(> [data-key="picture-2"])').dragTo(page.locator('li:has(> [data-key="picture-0"])'));
    await until(async () => await order() === 'sepia,brightness,mirror', `dragged: ${await order()}`);
    await page.focus('[data-key="picture-0"]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await until(async () => await order() === 'brightness,mirror,sepia', `by keys: ${await order()}`);
    check((await page.textContent('#spoken')).includes('3 of 3'), 'nobody hears of it');
    await page.keyboard.press('Delete');
    await until(async () => await order() === 'brightness,mirror', 'the key removes nothing');
  },
  async 'a picture is added by dropping it, a video by choosing it, and shown'(page, { look, colour }) {
    await page.evaluate(() => fetch('/api/look', { method: 'PUT', body: '{"picture": []}' }));
    await drop(page, 'My wall.png', colourFile('wall.png', 'color=b03020:s=320x180', '-frames:v', '1'));
    await page.waitForSelector('.tile[aria-pressed="true"]:has-text("My wall")');
    check((await look()).background[0].startsWith('upload:'), 'the look names something else');
    await until(async () => { const [r, g] = await colour(); return r > 140 && g < 80; }, 'the preview is another');
    await page.setInputFiles('input[type="file"]', colourFile('waves.webm', 'color=2050c0:s=320x180:d=1:r=10'));
    await page.waitForSelector('.tile[aria-pressed="true"]:has-text("waves")');
    await until(async () => { const [r, , b] = await colour(); return b > 150 && r < 80; }, 'the video is not shown');
    check(await page.locator('.tile .badge').count() === 1, 'nothing says which one moves');
  },
  async 'what is no picture is refused in words'(page) {
    const before = await page.locator('.away').count();
    await drop(page, 'page.png', colourFile('page.txt', 'color=black:s=2x2', '-frames:v', '1', '-f', 'framemd5'));
    await page.waitForSelector('#notice:has-text("page.png")');
    check((await page.textContent('#notice')).includes('no picture or video file'), await page.textContent('#notice'));
    check(await page.locator('.away').count() === before, 'there is another one');
  },
  async 'one that is shown is deleted, after a question'(page, { look }) {
    const remove = page.locator('[aria-label="Delete waves"]');
    await remove.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');  // "Keep it" has the focus
    check(await remove.count() === 1, 'it is deleted without being asked');
    await remove.click();
    await accessible(page, 'the question');
    await page.click('#removal button.main');
    await until(async () => await remove.count() === 0, 'it is still there');
    await until(async () => (await look()).background.join() === 'room,blur', 'another background');
    check(await page.evaluate(() => document.activeElement.id === 'upload'), 'the focus is lost');
    await page.evaluate(() => fetch('/api/look', { method: 'PUT', body: '{"picture": ["brightness?value=0.3", "mirror"]}' }));
  },
  async 'a look is kept as a preset, comes back with a click, and goes'(page, { look }) {
    await page.click('[data-id="dusk"]');
    await until(async () => (await look()).background[0].startsWith('gradient:'), 'no other background');
    await page.fill('#preset-name', 'Team call');
    await page.press('#preset-name', 'Enter');
    await page.waitForSelector('[data-preset="Team call"]');
    await page.click('[data-id="paper"]');
    await until(async () => (await look()).background.join() === 'colour:f2efe9', 'no other background');
    await page.click('[data-preset="Team call"]');
    await until(async () => (await look()).background[0].startsWith('gradient:'), 'the preset is not shown');
    await page.waitForSelector('[data-id="dusk"][aria-pressed="true"]');
    await page.click('[aria-label="Remove the preset Team call"]');
    await until(async () => await page.locator('[data-preset]').count() === 0, 'it is still there');
  },
  async 'effort and camera can be chosen'(page) {
    const settings = () => page.evaluate(async () => (await fetch('/api/settings')).json());
    await page.selectOption('#effort', 'low');
    await until(async () => (await settings()).effort.value === 'low', 'the effort is another');
    await page.selectOption('#effort', 'auto');
    check(await page.inputValue('#camera') === 'presenter', 'another camera is named');
    await page.selectOption('#camera', 'v4l2');  // there is none
    await page.waitForSelector('#notice:not([hidden])');
    await until(async () => await page.inputValue('#camera') === 'presenter', 'it names what is not there');
  },
  async 'outputs are chosen with check boxes, and what cannot be opened is refused'(page) {
    const outputs = () => page.evaluate(async () => (await fetch('/api/settings')).json().then((all) => all.output.value.join()));
    check(await page.isChecked('#outputs label:has(:text-is("null")) input'), 'what is in use is not ticked');
    check(!await page.isChecked('#output-usual'), 'it is not the usual');
    await page.click('#outputs label:has(:text-is("null"))');  // the last one
    await page.waitForSelector('#notice:has-text("One output stays")');
    check(await outputs() === 'null', 'there is none');
    await page.route('**/api/devices', withOutputs);
    await page.reload();
    await page.focus('#outputs label:has-text("through PipeWire") input');
    await page.keyboard.press('Space');
    await until(async () => await outputs() === 'pipewire,null', `not added: ${await outputs()}`);
    check(await page.evaluate(() => document.activeElement.value === 'pipewire'), 'the focus is lost');
    await page.click('#outputs label:has-text("/dev/video9")');  // there is none
    await page.waitForSelector('#notice:has-text("/dev/video9")');
    await until(async () => !await page.isChecked('#outputs label:has-text("/dev/video9") input'), 'it is ticked');
    await page.click('#outputs label:has-text("through PipeWire")');
    await until(async () => await outputs() === 'null', 'it stays');
    await page.unroute('**/api/devices');
  },
  async 'the outline is tuned, and goes back to the usual'(page) {
    const matte = () => page.evaluate(async () => (await fetch('/api/settings')).json().then((all) => all.matte.value));
    check(await page.isHidden('#matte-reset'), 'the usual can be restored');
    await page.focus('#matte-erode');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await until(async () => await matte() === 'erode=2', `the matte is ${await matte()}`);
    await page.fill('#matte-smooth', '0.5');
    await page.click('#matte-edges');
    await until(async () => await matte() === 'erode=2,smooth=0.5,edges=off', `the matte is ${await matte()}`);
    await page.fill('#matte-erode', '0');
    await until(async () => await matte() === 'smooth=0.5,edges=off', `the matte is ${await matte()}`);
    await page.click('#matte-reset');
    await until(async () => await matte() === '', `the matte is ${await matte()}`);
    check(await page.inputValue('#matte-smooth') === '0.8' && await page.isChecked('#matte-edges'), 'the old is shown');
    // What somebody else sets is shown, and stays when the next key is moved.
    await page.evaluate(() => fetch('/api/settings', { method: 'PUT', body: '{"matte": "smooth=0.2"}' }));
    await until(async () => await page.inputValue('#matte-smooth') === '0.2', 'it is not shown');
    await page.fill('#matte-erode', '1');
    await until(async () => await matte() === 'smooth=0.2,erode=1', `the matte is ${await matte()}`);
    await page.click('#matte-reset');
  },
  async 'two panels are in step, and a reload changes nothing'(page, { look }) {
    const other = await page.context().newPage();
    await other.goto(new URL('/', page.url()).href);
    await other.click('[data-id="scene-sea"]');
    await page.waitForSelector('[data-id="scene-sea"][aria-pressed="true"]');
    await other.close();
    const before = JSON.stringify(await look());
    await page.reload();
    await page.waitForSelector('[data-id="scene-sea"][aria-pressed="true"]');
    check(JSON.stringify(await look()) === before, 'the look is another');
  },
  async 'pause and resume'(page) {
    await page.click('#pause');
    await page.waitForSelector('#state[data-state="paused"]');
    check(await page.textContent('#pause') === 'Resume', 'the button says the same');
    await page.click('#pause');
    await page.waitForSelector('#state[data-state="live"]');
  },
  async 'the keyboard alone is enough'(page, { look }) {
    await page.reload();
    await page.waitForSelector('.tile[data-id]');
    const reach = async (selector) => {
      for (let i = 0; i < 160; ++i) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
      }
      throw new Error(`Tab never comes to ${selector}`);
    };
    await reach('[data-id="dusk"]');
    await page.keyboard.press('Enter');
    await until(async () => (await look()).background[0].startsWith('gradient:'), 'no other background');
    await reach('[data-key="person-add"]');
    await page.keyboard.press('Enter');
    await reach('#kinds button');
    await page.keyboard.press('Enter');
    await until(async () => (await look()).person.length === 1, 'no effect');
    check(await page.evaluate(() => document.activeElement.dataset.key === 'person-0'), 'the focus is lost');
  },
  async 'figures are shown'(page) {
    await until(async () => (await page.locator('#figures dd').count()) === 5, 'no figures');
    await until(async () => parseFloat(await page.locator('#figures dd').first().textContent()) > 5, 'no pictures');
  },
};

async function accessible(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  check(violations.length === 0, `${name}: ${JSON.stringify(violations.map(({ id, nodes }) => [id, nodes[0].html]))}`);
}

/// As people with other screens see it; pictures for whoever wants to look.
async function looks(page, browser, link) {
  await page.evaluate(async () => { for (const name of ['Team call', 'At night']) await fetch(`/api/presets/${name}`, { method: 'POST' }); });
  const look = { background: ['scene:leaves'], person: ['outline', 'shadow'], picture: [] };
  await page.evaluate((body) => fetch('/api/look', { method: 'PUT', body: JSON.stringify(body) }), look);
  for (const [name, width, height] of [['desktop', 1360, 900], ['phone', 390, 844]])
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await page.route('**/api/devices', withOutputs);
      await page.goto(link);
      await page.click('[data-key="person-0"]');
      await page.waitForSelector('#figures dd');
      check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: too wide`);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));  // thumbnails come when seen
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForFunction(() => [...document.querySelectorAll('img.view')].every((image) =>
        image.getBoundingClientRect().top > innerHeight || image.naturalWidth > 0));
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-whole.png`), fullPage: true });
      await accessible(page, `${name} ${colorScheme}`);
      await page.close();
    }
}

async function run(name, test) {
  try {
    await test();
    ++passed;
  } catch (error) {
    ++failed;
    console.log(`FAILED: panel: ${name}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
  }
}

mkdirSync(pictures, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'scrim-panel-'));
const { process: running, link } = await start(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
const page = await context.newPage();
const strange = [];
page.on('request', (request) => request.url().startsWith(new URL(link).origin) || strange.push(request.url()));
// What is refused is no surprise: browsers log every answer that is not 2xx.
const isRefusal = (message) => message.text().includes('status of 400') || message.location().url.endsWith('/api/settings');
page.on('console', (message) => message.type() === 'error' && !isRefusal(message) && strange.push(message.text()));
page.on('pageerror', (error) => strange.push(error.message));
page.setDefaultTimeout(20000);
await page.goto(link);
await page.waitForSelector('.tile[data-id]');
for (const [name, test] of Object.entries(tests)) await run(name, () => test(page, tools(page)));
await run('nothing is asked elsewhere, nothing goes wrong', async () => check(strange.length === 0, strange.join('; ')));
await run('every screen, and axe finds nothing', () => looks(page, browser, link));
await browser.close();
running.kill('SIGTERM');
if (running.exitCode === null) await once(running, 'exit');
rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
