const firstDecay = 0.9;
const secondDecay = 0.999;

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019) and a rate that falls to nothing over the steps. */
export class AdamW {
  private readonly moments: { first: Float32Array; second: Float32Array }[];
  private steps = 0;

  /** @param parameters changed in place by `step` */
  constructor(
    private readonly parameters: Float32Array[],
    private readonly options: { rate: number; decay: number; steps: number },
  ) {
    this.moments = parameters.map(({ length }) => ({ first: new Float32Array(length), second: new Float32Array(length) }));
  }

  step(gradients: Float32Array[]): void {
    const progress = this.steps / this.options.steps;
    this.steps += 1;
    const rate = this.options.rate * Math.max(0.02, 1 - progress);
    const scale = (rate * Math.sqrt(1 - secondDecay ** this.steps)) / (1 - firstDecay ** this.steps);
    const shrink = 1 - rate * this.options.decay;
    for (const [index, values] of this.parameters.entries()) {
      const gradient = gradients[index];
      const moments = this.moments[index];
      if (gradient && moments) update(values, gradient, moments, scale, shrink);
    }
  }
}

function update(
  values: Float32Array,
  gradient: Float32Array,
  { first, second }: { first: Float32Array; second: Float32Array },
  scale: number,
  shrink: number,
): void {
  for (let i = 0; i < values.length; i += 1) {
    const g = gradient[i] ?? 0;
    const m = (first[i] = firstDecay * (first[i] ?? 0) + (1 - firstDecay) * g);
    const v = (second[i] = secondDecay * (second[i] ?? 0) + (1 - secondDecay) * g * g);
    values[i] = (values[i] ?? 0) * shrink - (scale * m) / (Math.sqrt(v) + 1e-8);
  }
}
