// node write_resnet.js FOLDER STRIDE
//
// Writes a graph model of BodyPix's ResNet50 (v1, stride 16 or 32: Pad and VALID windows where it halves;
// at 16 the last block is dilated; weights of one byte as with quantBytes 1), random but with answers of
// all kinds.
'use strict';
const fs = require('fs');
const path = require('path');

const nodes = [], weights = [], bytes = [];
let seed = 1;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24;
const ints = (...i) => ({ list: { i: i.map(String) } });

function node(name, op, input, attr = {}) {
  nodes.push({ name, op, input, attr });
  return name;
}

function weight(name, shape, span) {
  const count = shape.reduce((a, b) => a * b);
  for (let i = 0; i < count; ++i) bytes.push(random());
  weights.push({ name, shape, dtype: 'float32',
                 quantization: { dtype: 'uint8', scale: 2 * span / 255, min: -span } });
  return node(name, 'Const', []);
}

function integers(name, shape, values) {
  bytes.push(...Buffer.from(Int32Array.from(values).buffer));
  weights.push({ name, shape, dtype: 'int32' });
  return node(name, 'Const', []);
}

function window(padding, stride, dilation = 1) {
  return { T: { type: 1 }, padding: { s: Buffer.from(padding).toString('base64') },
           strides: ints(1, stride, stride, 1), dilations: ints(1, dilation, dilation, 1),
           data_format: { s: Buffer.from('NHWC').toString('base64') } };
}

/** A convolution with its bias; `gain` 1 keeps the size of values. */
function conv(name, input, side, inputs, outputs, { stride = 1, dilation = 1, gain = 1 } = {}) {
  let padding = 'SAME';
  if (side > 1 && stride > 1) {
    const edge = side >> 1;
    input = node(`${name}/pad`, 'Pad', [input, integers(`${name}/sides`, [4, 2], [0, 0, edge, edge, edge, edge, 0, 0])],
                 { T: { type: 1 }, Tpaddings: { type: 3 } });
    padding = 'VALID';
  }
  const span = gain * Math.sqrt(6 / (side * side * inputs));
  const sum = node(`${name}/conv`, 'Conv2D', [input, weight(`${name}/weights`, [side, side, inputs, outputs], span)],
                   window(padding, stride, dilation));
  return node(name, 'BiasAdd', [sum, weight(`${name}/bias`, [outputs], 0.1)], { T: { type: 1 } });
}

const relu = (input) => node(`${input}/relu`, 'Relu', [input], { T: { type: 1 } });
const pool = (name, input, side) =>
    node(name, 'MaxPool', [input], { ...window('SAME', 2), ksize: ints(1, side, side, 1) });

function bottleneck(name, input, inputs, depth, stride, dilation) {
  let shortcut = input;
  if (inputs !== 4 * depth) shortcut = conv(`${name}/shortcut`, input, 1, inputs, 4 * depth, { stride, gain: 0.7 });
  else if (stride > 1) shortcut = pool(`${name}/shortcut`, input, 1);
  let inner = relu(conv(`${name}/a`, input, 1, inputs, depth));
  inner = relu(conv(`${name}/b`, inner, 3, depth, depth, { stride, dilation }));
  inner = conv(`${name}/c`, inner, 1, depth, 4 * depth, { gain: 0.5 });
  return relu(node(name, 'AddV2', [shortcut, inner], { T: { type: 1 } }));
}

nodes.push({ name: 'sub_2', op: 'Placeholder', attr: {
  dtype: { type: 1 }, shape: { shape: { dim: [1, -1, -1, 3].map((size) => ({ size: String(size) })) } } } });
let last = relu(conv('root', 'sub_2', 7, 3, 64, { stride: 2, gain: 0.02 }));
last = pool('pool', last, 3);
let channels = 64;
const halves = process.argv[3] === '32';
[[64, 3, 2, 1], [128, 4, 2, 1], [256, 6, halves ? 2 : 1, 1], [512, 3, 1, halves ? 1 : 2]].forEach(([depth, units, stride, dilation], block) => {
  for (let unit = 1; unit <= units; ++unit, channels = 4 * depth)
    last = bottleneck(`block${block + 1}/unit${unit}`, last, channels, depth, unit === units ? stride : 1, dilation);
});
conv('float_segments', last, 1, channels, 1, { gain: 0.6 });
// The library wants eight results, by their place; the seventh is the person, the others are of poses.
const outputs = {};
[32, 32, 17, 32, 34, 24, 0, 48].forEach((count, i) => {
  const name = count ? conv(`other${i}`, last, 1, channels, count) : 'float_segments';
  outputs[`o${i}`] = { name: `${name}:0` };
});

const folder = process.argv[2];
fs.writeFileSync(path.join(folder, 'model.json'), JSON.stringify({
  format: 'graph-model', modelTopology: { node: nodes, versions: {} }, signature: { outputs },
  weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }] }));
fs.writeFileSync(path.join(folder, 'group1-shard1of1.bin'), Uint8Array.from(bytes));
