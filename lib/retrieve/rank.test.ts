import { beforeAll, describe, expect, it } from "vitest";
import type { FaceRows, SpanRow } from "./face-rows";
import { life, primitiveOf, searchRows as search, spansOf } from "./testing";

let spans: SpanRow[];

beforeAll(async () => {
  spans = await spansOf("doc_life", life);
}, 60_000);

const only = (rows: SpanRow[]): FaceRows => ({ spans: rows, primitives: [] });

describe("a tension", () => {
  it("is given with both sides, whichever was found, and counts in the budget", async () => {
    const honest = await primitiveOf("prim_honest", "I always tell my customers the truth.", null);
    const kind = await primitiveOf("prim_kind", "I never tell my customers the truth when it hurts.", spans[5] ?? null);
    const edges = [{ from: "prim_honest", to: "prim_kind", kind: "tension" as const, weight: 0.8 }];
    const rows: FaceRows = { spans: [], primitives: [honest, kind], edges };
    const ask = "Do you always tell your customers the truth?";
    const bare = await search({ ...rows, edges: [] }, ask, { k: 1 });
    const { items, tokens } = await search(rows, ask, { k: 1 });
    expect(items[0]).toMatchObject({
      id: "prim_honest",
      tensions: [{ id: "prim_kind", text: kind.statement, quote: life[5] }],
    });
    expect(tokens).toBeGreaterThan(bare.tokens + 8);
    expect(bare.items[0]).not.toHaveProperty("tensions");
  });

  it("stands at the span that a statement was read in", async () => {
    const coffee = await primitiveOf("prim_coffee", "I need strong coffee before a decision.", spans[7] ?? null);
    const tea = await primitiveOf("prim_tea", "I do not need coffee for a decision.", null);
    const edges = [{ from: "prim_coffee", to: "prim_tea", kind: "tension" as const, weight: 0.8 }];
    const { items } = await search({ spans, primitives: [coffee, tea], edges }, "What do you need before a decision?");
    expect(items.find(({ id }) => id === spans[7]?.id)?.tensions).toEqual([{ id: "prim_tea", text: tea.statement }]);
  });

  it("is not made with what its owner switched off or has not reviewed", async () => {
    const honest = await primitiveOf("prim_honest", "I always tell my customers the truth.", null);
    const draft = await primitiveOf("prim_draft", "I lie to my customers.", null, { state: "draft" });
    const off = await primitiveOf("prim_off", "I never tell the truth.", null, { state: "disabled" });
    const edges = ["prim_draft", "prim_off", "prim_gone"].map((to) => {
      return { from: "prim_honest", to, kind: "tension" as const, weight: 0.8 };
    });
    const { items } = await search(
      { spans: [], primitives: [honest, draft, off], edges },
      "Do you tell customers the truth?",
    );
    expect(items[0]).toMatchObject({ id: "prim_honest" });
    expect(items[0]).not.toHaveProperty("tensions");
  });
});

describe("whose words they are", () => {
  it("prefers the face's own words to a letter or note that stands in its book", async () => {
    const [own, note] = await spansOf("doc_book", [
      "I swim in the harbour every day.",
      "He swims in the harbour every day.",
    ]);
    const rows = only([own, note && { ...note, isFace: false }].flatMap((span) => span ?? []));
    const { items } = await search(rows, "Do you swim in the harbour every day?");
    expect(items[0]?.text).toBe("I swim in the harbour every day.");
    expect(items[1]?.score ?? 0).toBeLessThan((items[0]?.score ?? 0) - 1);
  });

  it("quotes a statement that was said twice where it answers", async () => {
    const twice = await primitiveOf(
      "prim_sea",
      "I grew up by the sea and swim in it every morning, whatever the weather.",
      null,
      {
        quotes: [spans[0], spans[3]].flatMap((span) => (span === undefined ? [] : [{ ...span, quote: span.text }])),
      },
    );
    const { items } = await search(
      { spans, primitives: [twice] },
      "Do you swim in the morning, whatever the weather?",
      { k: 1 },
    );
    expect(items[0]?.provenance[0]?.quote).toBe(life[3]);
  });
});

describe("an interview", () => {
  it.each(["**What did your father do in winter?**", "What did your father do in winter?", "## Your father in winter"])(
    "is quoted behind %s, not with it",
    async (asked) => {
      const talk = await spansOf("doc_talk", [
        "I never liked the city.",
        asked,
        "He mended nets in the shed and sang to himself.",
        "My sister keeps bees.",
      ]);
      const { items } = await search(only(talk), "What did your father do in winter?");
      expect(items[0]?.text).toBe("He mended nets in the shed and sang to himself.");
      expect(items.map((item) => item.text)).not.toContain(asked);
    },
  );
});

describe("a question without a topic", () => {
  it("is answered by statements of the kind it asks for, the strongest first", async () => {
    const values = (id: string, statement: string, confidence: number) =>
      primitiveOf(id, statement, null, { predicate: "values", confidence });
    const primitives = [
      await values("prim_weak", "I wash the cups before I go.", 0.65),
      await values("prim_strong", "I keep a promise, whatever it takes.", 0.98),
      await primitiveOf("prim_fear", "I dread heights.", null, { predicate: "fears" }),
    ];
    const { items, abstain } = await search({ spans, primitives }, "What are your principles?");
    expect(abstain).toBe(false);
    expect(items.map((item) => item.id)).toContain("prim_strong");
    expect(items.map((item) => item.id)).not.toContain("prim_fear");
    const scores = new Map(items.map((item) => [item.id, item.score]));
    expect(scores.get("prim_strong")).toBeGreaterThan(scores.get("prim_weak") ?? 0);
  });

  it("is not answered by a statement of another kind", async () => {
    const fear = await primitiveOf("prim_fear", "I dread heights.", null, { predicate: "fears" });
    expect(await search({ spans: [], primitives: [fear] }, "What are your principles?")).toMatchObject({
      abstain: true,
    });
  });
});
