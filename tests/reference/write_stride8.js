// node write_stride8.js FROM TO
//
// Writes the BodyPix MobileNetV1 of stride 16 in the folder FROM as that of stride 8, with the same
// weights: its last halving goes, and what follows looks twice as far.
'use strict';
const fs = require('fs');
const path = require('path');

const [from, to] = process.argv.slice(2);
const name = fs.readdirSync(from).find((file) => /^model.*\.json$/.test(file));
const model = JSON.parse(fs.readFileSync(path.join(from, name)));
const depthwise = model.modelTopology.node.filter((node) => node.op === 'DepthwiseConv2dNative');
const last = depthwise.findLastIndex((node) => node.attr.strides.list.i[1] === '2');
depthwise[last].attr.strides.list.i = ['1', '1', '1', '1'];
for (const node of depthwise.slice(last + 1)) node.attr.dilations = { list: { i: ['1', '2', '2', '1'] } };
fs.writeFileSync(path.join(to, 'model-stride8.json'), JSON.stringify(model));
for (const shard of model.weightsManifest.flatMap((group) => group.paths))
  fs.copyFileSync(path.join(from, shard), path.join(to, shard));
