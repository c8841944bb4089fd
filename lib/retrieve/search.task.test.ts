import { beforeAll, describe, expect, it } from "vitest";
import type { FaceRows, SpanRow } from "./face-rows";
import { retrieveSearch } from "./search.task";
import { life, primitiveOf, searchRows as search, spansOf, testFace as face } from "./testing";

let spans: SpanRow[];

beforeAll(async () => {
  spans = await spansOf("doc_life", life);
}, 60_000);

const only = (rows: SpanRow[]): FaceRows => ({ spans: rows, primitives: [] });

describe("what is found", () => {
  it.each([
    ["Do you still smoke?", "cigarette"],
    ["Why did you leave the bank?", "asked me to lie"],
    ["What are you afraid of?", "heights"],
    ["Who is Nora closest to?", "Ingrid"],
    ["Do you go swimming in winter?", "harbour"],
  ])("answers %s with what was said in other words", async (ask, words) => {
    const { items } = await search(only(spans), ask);
    expect(
      items
        .slice(0, 2)
        .map((item) => item.text)
        .join("\n"),
    ).toContain(words);
  });

  it("quotes the source at its offsets", async () => {
    const { items } = await search(only(spans), "Do you still smoke?");
    expect(items[0]?.provenance).toEqual([
      { document_id: "doc_life", version: 1, start: spans[2]?.start, end: spans[2]?.end, quote: life[2] },
    ]);
  });

  it("gives the same answer whatever order the rows come in", async () => {
    const once = await search(only(spans), "What matters most to you?");
    const again = await search(only([...spans].reverse()), "What matters most to you?");
    expect(again).toEqual(once);
  });

  it.each(["Which graphics card is in your computer?", "asdf qwer", "Who won the cup final in Madrid?"])(
    "abstains from %s",
    async (ask) => {
      expect(await search(only(spans), ask)).toMatchObject({ abstain: true, items: [], tokens: 0 });
    },
  );

  it("abstains when the face has nothing", async () => {
    expect(await search({ spans: [], primitives: [] }, "Who are you?")).toMatchObject({
      abstain: true,
      items: [],
      core: [],
    });
  });

  it("stays within the budget of tokens", async () => {
    const wide = await search(only(spans), "Tell me about your father, your sister and your daughter.");
    const tight = await search(only(spans), "Tell me about your father, your sister and your daughter.", {
      tokenBudget: 30,
    });
    expect(wide.items.length).toBeGreaterThan(1);
    expect(tight.items.length).toBeGreaterThan(0);
    expect(tight.tokens).toBeLessThanOrEqual(30);
  });
});

describe("a conversation", () => {
  it("reads a short question back to the turns before it", async () => {
    const { items } = await search(only(spans), [
      { role: "user", text: "Did you ever work at a bank?" },
      { role: "assistant", text: "Yes, but I quit." },
      { role: "user", text: "Why?" },
    ]);
    expect(items[0]?.text).toContain("asked me to lie");
  });

  it("puts what the face has said already behind what it has not", async () => {
    const ask = "What do you fear, heights?";
    const fresh = await search(only(spans), ask);
    const later = await search(only(spans), [
      { role: "user", text: "Would you climb a ladder?" },
      { role: "assistant", text: "No. I am frightened of heights and avoid ladders." },
      { role: "user", text: ask },
    ]);
    expect(fresh.items[0]?.text).toContain("ladders");
    expect(later.items.map((item) => item.text).join("\n")).not.toContain("ladders");
    expect(later.abstain).toBe(false);
  });

  it("never hands out another person's turns, but shows the one before an answer", async () => {
    const thread = await spansOf("doc_talk", [
      "you: Did you enjoy the opera on Friday?",
      "me: Super good, I cried twice!",
      "you: I think the opera is overrated.",
      "me: Then stay at home.",
    ]);
    const { items } = await search(only(thread), "How was the opera on Friday?");
    expect(items[0]).toMatchObject({
      text: "Super good, I cried twice!",
      speaker: "me",
      previousText: "Did you enjoy the opera on Friday?",
    });
    expect(items.map((item) => item.speaker)).not.toContain("you");
  });
});

describe("primitives beside spans", () => {
  it("gives a primitive and the span it rests on one place, which carries both", async () => {
    const truth = await primitiveOf("prim_truth", "I value telling the truth over being liked.", spans[5] ?? null);
    const { items } = await search({ spans, primitives: [truth] }, "Is telling the truth important to you?");
    const about = items.filter((item) => item.provenance.some((place) => place.start === spans[5]?.start));
    expect(about).toHaveLength(1);
    expect(about[0]).toMatchObject({ component: "beta", predicate: "values", statement: truth.statement });
  });

  it("drops what says nearly the same, and keeps what denies it", async () => {
    const swim = await primitiveOf("prim_a", "I swim in the cold lake every morning.", null);
    const again = await primitiveOf("prim_b", "Every morning, I swim in the cold lake.", null);
    const denied = await primitiveOf("prim_c", "I never swim in the cold lake in the morning.", null);
    const { items } = await search(
      { spans: [], primitives: [swim, again, denied] },
      "Do you swim in the cold lake in the morning?",
    );
    expect(items.map((item) => item.id).sort()).toEqual([
      items.some((item) => item.id === "prim_a") ? "prim_a" : "prim_b",
      "prim_c",
    ]);
  });

  it("uses a draft only when nothing surer answers", async () => {
    const draft = await primitiveOf("prim_draft", "I collect stamps from Brazil.", null, { state: "draft" });
    const sure = await primitiveOf("prim_sure", "I collect old stamps and maps.", null);
    const beside = await search({ spans: [], primitives: [draft, sure] }, "Do you collect stamps?");
    const alone = await search({ spans: [], primitives: [draft] }, "Do you collect stamps?");
    expect(beside.items.map((item) => item.id)).toEqual(["prim_sure"]);
    expect(alone.items.map((item) => item.id)).toEqual(["prim_draft"]);
  });

  it("never uses what its owner switched off, nor the sentence that says only that", async () => {
    const off = await primitiveOf("prim_off", "I gave up smoking.", spans[2] ?? null, {
      state: "disabled",
      isPinned: true,
    });
    const { items, core } = await search({ spans, primitives: [off] }, "Do you still smoke cigarettes?");
    expect([...items, ...core].map((item) => item.text).join("\n")).not.toMatch(/smok|cigarette/);
  });

  it("puts pinned primitives and the surest of each component into the core, whatever was asked", async () => {
    const many = await Promise.all(
      ["alpha", "beta", "delta", "epsilon"].flatMap((component) =>
        [0.95, 0.9, 0.8, 0.7, 0.6].map((confidence) =>
          primitiveOf(`prim_${component}_${confidence}`, `I am ${component} ${confidence}.`, null, {
            component,
            confidence,
          }),
        ),
      ),
    );
    const pinned = await primitiveOf("prim_pinned", "I speak slowly.", null, {
      isPinned: true,
      confidence: 0.1,
      component: "epsilon",
    });
    const one = await search({ spans: [], primitives: [...many, pinned] }, "Hello!");
    const other = await search(
      { spans: [], primitives: [...many, pinned] },
      "Which graphics card is in your computer?",
    );
    expect(one.core[0]).toMatchObject({ id: "prim_pinned", isPinned: true });
    expect(one.core).toHaveLength(13);
    expect(one.core.slice(1, 5).map((item) => item.component)).toEqual(["alpha", "beta", "delta", "epsilon"]);
    expect(one.core.map((item) => item.id)).not.toContain("prim_alpha_0.6");
    expect(other.core).toEqual(one.core);
  });
});

describe("the index in the thread", () => {
  const ask = {
    revision: 1,
    face,
    turns: [{ role: "user" as const, text: "Do you still smoke?" }],
    k: 5,
    tokenBudget: 1000,
  };

  it("says that it misses a face, and a newer version of a face", async () => {
    expect(await retrieveSearch({ ...ask, faceKey: "face_known" })).toEqual({ missing: true });
    const first = await retrieveSearch({ ...ask, faceKey: "face_known", rows: only(spans) });
    expect(await retrieveSearch({ ...ask, faceKey: "face_known" })).toEqual(first);
    expect(await retrieveSearch({ ...ask, faceKey: "face_known", revision: 2 })).toEqual({ missing: true });
  });

  it("keeps faces apart", async () => {
    const other = await spansOf("doc_other", ["I smoke two packs of cigarettes a day."]);
    await retrieveSearch({ ...ask, faceKey: "face_one", rows: only(spans) });
    await retrieveSearch({ ...ask, faceKey: "face_two", rows: only(other) });
    const one = await retrieveSearch({ ...ask, faceKey: "face_one" });
    const two = await retrieveSearch({ ...ask, faceKey: "face_two" });
    const documents = (found: typeof one) =>
      found.missing
        ? []
        : [...new Set(found.items.flatMap((item) => item.provenance.map((place) => place.document_id)))];
    expect(documents(one)).toEqual(["doc_life"]);
    expect(documents(two)).toEqual(["doc_other"]);
  });
});
