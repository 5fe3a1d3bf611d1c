// BodyPix as its own library runs it in Node. load(FOLDER, STRIDE) reads a model that lies in files;
// `probabilities` stops segmentPerson() one step before its threshold.
'use strict';
const fs = require('fs');
const path = require('path');
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const bodyPix = require('@tensorflow-models/body-pix');
const util = require('@tensorflow-models/body-pix/dist/util');

const wasmFolder = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'));
wasm.setWasmPaths(wasmFolder + path.sep);
wasm.setThreadsCount(1);

/** Hands the library a model's files, as its fetch would. */
function files(folder) {
  const name = fs.readdirSync(folder).find((file) => /^model.*\.json$/.test(file));
  const json = JSON.parse(fs.readFileSync(path.join(folder, name)));
  const shards = json.weightsManifest.flatMap((group) => group.paths);
  const weights = Buffer.concat(shards.map((shard) => fs.readFileSync(path.join(folder, shard))));
  return {
    load: async () => ({
      modelTopology: json.modelTopology,
      signature: json.signature || (json.userDefinedMetadata || {}).signature,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: new Uint8Array(weights).buffer,
    }),
  };
}

async function load(folder, { backend = 'wasm', architecture = 'MobileNetV1', stride = 16 } = {}) {
  await tf.setBackend(backend);
  await tf.ready();
  return bodyPix.load({
    architecture, outputStride: stride, modelUrl: files(folder),
    ...(architecture === 'MobileNetV1' && { multiplier: 0.75 }),
  });
}

/** What segmentPerson() holds against its threshold. */
function probabilities(net, picture, internalResolution) {
  return tf.tidy(() => {
    const size = picture.shape.slice(0, 2);
    const input = util.toInputResolutionHeightAndWidth(internalResolution, net.baseModel.outputStride, size);
    const { resized, padding } = util.padAndResizeTo(picture, input);
    const { segmentLogits } = net.predictForPersonSegmentation(resized);
    return util.scaleAndCropToInputTensorShape(
        segmentLogits, size, input,
        [[padding.top, padding.bottom], [padding.left, padding.right]], true).dataSync();
  });
}

module.exports = { load, probabilities, tf };
