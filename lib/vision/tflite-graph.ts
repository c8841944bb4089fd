import * as tf from "@tensorflow/tfjs-core";
import type { TfliteGraph, TfliteOperator, TfliteTensor } from "./tflite-file";

type Operation = (inputs: tf.Tensor4D[], operator: TfliteOperator) => tf.Tensor;

const add = 0;
const averagePool = 1;
const convolution = 3;
const depthwise = 4;
const dequantize = 6;
const logistic = 14;
const multiply = 18;
const relu = 19;
const resizeBilinear = 23;
const custom = 32;
const hardSwish = 117;

const float16 = 1;

/** The operators that the selfie model has; all others are refused when a graph is made. */
const operations: Record<number, Operation> = {
  [add]: ([a, b]) => tf.add(given(a), given(b)),
  [multiply]: ([a, b]) => tf.mul(given(a), given(b)),
  [relu]: ([x]) => tf.relu(given(x)),
  [logistic]: ([x]) => tf.sigmoid(given(x)),
  [hardSwish]: ([x]) => tf.mul(given(x), tf.div(tf.relu6(tf.add(given(x), 3)), 6)),
  [convolution]: ([x, weights, bias], { byteOption, intOption }) =>
    tf.add(
      tf.conv2d(given(x), given(weights), [intOption(2), intOption(1)], padding(byteOption(0))),
      given(bias) as tf.Tensor,
    ),
  [depthwise]: ([x, weights, bias], { byteOption, intOption }) =>
    tf.add(
      tf.depthwiseConv2d(given(x), given(weights), [intOption(2), intOption(1)], padding(byteOption(0))),
      given(bias) as tf.Tensor,
    ),
  [averagePool]: ([x], { byteOption, intOption }) =>
    tf.avgPool(given(x), [intOption(4), intOption(3)], [intOption(2), intOption(1)], padding(byteOption(0))),
  [custom]: ([x, weights, bias]) => {
    const [batch, height, width] = given(x).shape;
    const [, , outputs] = given(weights).shape;
    const shape: [number, number, number, number] = [batch, height * 2, width * 2, outputs];
    return tf.add(tf.conv2dTranspose(given(x), given(weights), shape, 2, "same"), given(bias) as tf.Tensor);
  },
};

function given(tensor: tf.Tensor4D | undefined): tf.Tensor4D {
  if (!tensor) throw new Error("An operator of the model lacks an input.");
  return tensor;
}

function padding(option: number): "same" | "valid" {
  return option === 0 ? "same" : "valid";
}

export type RunGraph = (input: tf.Tensor4D) => tf.Tensor;

/**
 * Makes a TFLite graph ready: constants become tensors once, in the layout of tfjs.
 *
 * @returns what runs it: one input, one output, which the caller disposes of
 * @throws {Error} an operator that is not known here
 */
export function makeGraph({ tensors, operators, inputs, outputs }: TfliteGraph): RunGraph {
  const constants = new Map<number, tf.Tensor>();
  const steps: TfliteOperator[] = [];
  for (const operator of operators) {
    if (operator.code === dequantize) continue;
    const isResize = operator.code === resizeBilinear;
    const isKnown =
      operator.code === custom ? operator.custom === "Convolution2DTransposeBias" : operations[operator.code];
    if (!isKnown && !isResize) throw new Error(`The model has an operator ${operator.code} that is not known here.`);
    steps.push(operator);
  }
  const packed = new Map(
    operators.filter(({ code }) => code === dequantize).map((operator) => [operator.outputs[0], operator.inputs[0]]),
  );
  const constant = (index: number): TfliteTensor | undefined => tensors[packed.get(index) ?? index];
  for (const { code, inputs: used } of steps) {
    for (const [place, index] of used.entries()) {
      const tensor = constant(index);
      if (tensor?.bytes && code !== resizeBilinear) constants.set(index, toTensor(tensor, code, place));
    }
  }
  return (input) =>
    tf.tidy(() => {
      const values = new Map<number, tf.Tensor>([...constants, [inputs[0] ?? 0, input]]);
      for (const step of steps) {
        const taken = step.inputs.map((index) => values.get(index) as tf.Tensor4D);
        const [output = 0] = step.outputs;
        values.set(output, step.code === resizeBilinear ? resize(taken, step, tensors) : run(step, taken));
      }
      return given(values.get(outputs[0] ?? 0) as tf.Tensor4D | undefined);
    });
}

function run(step: TfliteOperator, inputs: tf.Tensor4D[]): tf.Tensor {
  const operation = operations[step.code];
  if (!operation) throw new Error(`The model has an operator ${step.code} that is not known here.`);
  return operation(inputs, step);
}

function resize([x]: tf.Tensor4D[], step: TfliteOperator, tensors: TfliteTensor[]): tf.Tensor {
  const [, height = 1, width = 1] = tensors[step.outputs[0] ?? 0]?.shape ?? [];
  return tf.image.resizeBilinear(given(x), [height, width], step.byteOption(2) === 1, step.byteOption(3) === 1);
}

/** TFLite keeps weights as [out, height, width, in], tfjs as [height, width, in, out]. */
function toTensor({ shape, type, bytes }: TfliteTensor, code: number, place: number): tf.Tensor {
  const values = bytes ? toFloats(bytes, type) : new Float32Array(0);
  const [outputs = 1, height = 1, width = 1, channels = 1] = shape;
  if (place !== 1 || shape.length !== 4) return tf.tensor(values, shape);
  if (code === depthwise) return tf.tensor4d(values, [height, width, channels, 1]);
  const weights = tf.tensor4d(values, [outputs, height, width, channels]);
  const turned = tf.transpose(weights, code === custom ? [1, 2, 0, 3] : [1, 2, 3, 0]);
  weights.dispose();
  return turned;
}

function toFloats(bytes: Uint8Array, type: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type !== float16) {
    return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
  }
  return Float32Array.from({ length: bytes.byteLength / 2 }, (_, index) => fromHalf(view.getUint16(index * 2, true)));
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  return exponent === 0x1f ? NaN : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
