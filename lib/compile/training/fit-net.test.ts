import { beforeAll, expect, it } from "vitest";
import { type Encoded, type Encoder, loadEncoder } from "@/lib/models/encoder";
import { kinds } from "../grammar";
import { runNet, sentenceRow, type SentenceNet } from "../sentence-net";
import { fitNet } from "./fit-net";
import { fitProjection, projectAll } from "./project";

const likes = ["I love the sea.", "I adore old songs.", "I enjoy long walks.", "I am fond of cats.", "I like strong tea."];
const fears = ["I am afraid of heights.", "I dread the dark.", "Dogs terrify me.", "I fear being alone.", "I am scared of flying."];
const nothing = ["The train was late.", "We went to town.", "He shut the door.", "It rained on Monday.", "They sold the house."];

let encoder: Encoder;
let encoded: Encoded[];

beforeAll(async () => {
  encoder = await loadEncoder();
  encoded = await encoder.encodeDeep([...likes, ...fears, ...nothing]);
});

function train(): SentenceNet {
  const states = encoded.map((text) => text.states);
  const projection = fitProjection([...states, ...states, ...states, ...states, ...states]);
  const pieces = projectAll(projection, states);
  const kindOf = (index: number): string | undefined => (index < 5 ? "likes" : index < 10 ? "fears" : undefined);
  const rows = encoded.map((text, index) => ({
    pieces: pieces[index] ?? new Float32Array(0),
    row: sentenceRow(text),
    kind: kinds.findIndex(({ predicate }) => predicate === kindOf(index)),
    isStatement: index < 10,
    detectWeight: 1,
  }));
  return fitNet(rows, projection, { epochs: 30, pieceUnits: 16, sentenceUnits: 8 });
}

it("gives the same weights for the same data", () => {
  const [one, other] = [train(), train()];
  expect(Buffer.from(one.output.weights.buffer).equals(Buffer.from(other.output.weights.buffer))).toBe(true);
  expect(Buffer.from(one.pieces.weights.buffer).equals(Buffer.from(other.pieces.weights.buffer))).toBe(true);
});

it("learns detection and kind at once", async () => {
  const net = train();
  const [taste, fear, event] = (await encoder.encodeDeep(["I love old cats.", "I am afraid of dogs.", "The train shut the door."])).map((text) => runNet(net, text));
  const best = (answer: typeof taste): string | undefined => kinds[answer ? answer.kinds.indexOf(Math.max(...answer.kinds)) : -1]?.predicate;
  expect(best(taste)).toBe("likes");
  expect(best(fear)).toBe("fears");
  expect(taste?.statement).toBeGreaterThan(event?.statement ?? 1);
  expect(fear?.statement).toBeGreaterThan(event?.statement ?? 1);
});
