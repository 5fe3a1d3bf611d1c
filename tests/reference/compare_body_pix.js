// node compare_body_pix.js MODEL STRIDE RESOLUTION WIDTH HEIGHT RGB PROBABILITIES MASK
//
// RGB: a picture's bytes; PROBABILITIES, MASK: what Scrim made of it, 255 for 1 (threshold 0.7).
// Ends with 1 where they are not what the library makes of it.
'use strict';
const fs = require('fs');
const { load, probabilities, tf } = require('./body_pix');

const kMostDifference = 2e-3;  // half a step of 255 is 0.00196 of it
const kLeastOverlap = 0.995;

async function main() {
  const [model, stride, resolution, width, height, rgb, ours, ourMask] = process.argv.slice(2);
  const architecture = model.includes('resnet') ? 'ResNet50' : 'MobileNetV1';
  const net = await load(model, { architecture, stride: Number(stride) });
  const internalResolution = Number(resolution) || resolution;
  const shape = [Number(height), Number(width), 3];
  const picture = tf.tensor3d(new Uint8Array(fs.readFileSync(rgb)), shape, 'int32');

  let worst = 0;
  const bytes = fs.readFileSync(ours);
  probabilities(net, picture, internalResolution).forEach((p, i) => {
    worst = Math.max(worst, Math.abs(p - bytes[i] / 255));
  });
  // Where videos are mirrored the library is told so; it makes the same mask of it.
  const others = [...bytes].filter((byte) => byte > 20 && byte < 235).length;
  const config = { internalResolution, segmentationThreshold: 0.7, flipHorizontal: true };
  const { data } = await net.segmentPerson(picture, config);
  const mask = fs.readFileSync(ourMask);
  let both = 0, either = 0;
  data.forEach((person, i) => {
    both += person && mask[i] ? 1 : 0;
    either += person || mask[i] ? 1 : 0;
  });
  const overlap = either ? both / either : 1;
  const fits = worst <= kMostDifference && overlap >= kLeastOverlap && bytes.length === mask.length;
  console.log(`${width}x${height} ${resolution}: largest difference ${worst.toFixed(5)}, ` +
              `overlap ${overlap.toFixed(5)} of ${either} samples, ${others} in between`);
  process.exit(fits ? 0 : 1);
}

main();
