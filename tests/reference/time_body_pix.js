// node time_body_pix.js MODEL WIDTH HEIGHT RUNS
//
// Median milliseconds, wall and CPU, of TensorFlow.js with WebAssembly (SIMD, one thread): of the
// network's person output alone, on an input of that size, and of segmentPerson() on a picture of
// twice that size, whose resolution `medium` comes to the same input.
'use strict';
const { load, tf } = require('./body_pix');

async function time(name, runs, work) {
  const wall = [], cpu = [];
  for (let i = -2; i < runs; ++i) {  // twice to warm up
    const begin = performance.now(), used = process.cpuUsage();
    await work();
    if (i < 0) continue;
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - begin);
    cpu.push((user + system) / 1000);
  }
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1].toFixed(1);
  console.log(`${name}: ${median(wall)} ms wall, ${median(cpu)} ms cpu`);
}

async function main() {
  const [model, width, height, runs] = process.argv.slice(2);
  const net = await load(model);
  const input = tf.randomUniform([1, Number(height), Number(width), 3], -1, 1);
  await time('tfjs-wasm, the network', Number(runs), async () => {
    const out = net.baseModel.model.execute(input, 'float_segments');
    await out.data();
    out.dispose();
  });
  const picture = tf.randomUniform([2 * (height - 1), 2 * (width - 1), 3], 0, 256, 'int32');
  await time('tfjs-wasm, segmentPerson', Number(runs), () => net.segmentPerson(picture));
}

main();
