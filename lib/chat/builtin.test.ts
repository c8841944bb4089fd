import { describe, expect, it } from "vitest";
import { builtinAnswer, type BuiltinInput } from "./builtin";
import { isAskedOfFace, questionKind, topicOf } from "./builtin-questions";
import { primitive, span } from "./testing";

const night = span("s1", "I fire the kiln at night because the street is quiet then.");
const fairs = primitive(
  "p1",
  "I avoid craft fairs.",
  "Fairs? I went once, and a man haggled over a bowl for an hour.",
  "epsilon",
);

function say(text: string | string[], found: Partial<BuiltinInput> = {}): string {
  const turns = [text].flat();
  return builtinAnswer({
    face: {
      username: "alice",
      name: "Alice Reyes",
      basicFacts: "Alice Reyes is a potter. She lives in Lisbon, in Graça.",
    },
    messages: turns.map((turn, index) => ({ role: index % 2 === 0 ? "user" : "assistant", text: turn })),
    items: [],
    core: [primitive("c1", "I value patience.", "q"), primitive("c2", "I keep lists.", "q", "epsilon")],
    abstain: (found.items ?? []).length === 0,
    ...found,
  });
}

describe("the built-in engine", () => {
  it("quotes what was found, marked as quotes, and nothing that was not", () => {
    const answer = say("When do you fire the kiln?", { items: [night] });
    expect(answer).toBe("“I fire the kiln at night because the street is quiet then.”");
  });

  it("puts a compiled statement beside the words it rests on", () => {
    expect(say("Do you sell at fairs?", { items: [fairs] })).toBe(
      "I avoid craft fairs. In my words: “Fairs? I went once, and a man haggled over a bowl for an hour.”",
    );
  });

  it("gives the same answer to the same question", () => {
    const items = [night, fairs];
    expect(say("Kiln?", { items })).toBe(say("Kiln?", { items }));
  });

  it("never says the same thing twice in one answer, and not again when asked further", () => {
    const items = [night, span("s2", "At night I fire the kiln, because the street is quiet then.", 4)];
    const first = say("When do you fire the kiln?", { items });
    expect(first.match(/kiln/g)).toHaveLength(1);
    expect(say(["When do you fire the kiln?", first, "And what else?"], { items })).toMatch(
      /^I have said no more than that/,
    );
  });

  it("says plainly that it has nothing, naming the topic, and offers two things it holds", () => {
    const answer = say("What do you think about your mother's cryptocurrency?");
    expect(answer).toMatch(/^I have nothing in my sources about my mother's cryptocurrency\.\n\n/);
    expect(answer).toContain("“I value patience.” and “I keep lists.”");
    expect(say("Would you jump?", { core: [] })).toBe("I have nothing in my sources about that.");
  });

  it("answers from the basic facts, also a follow-up that leans on the question before", () => {
    const first = say("What city do you live in?");
    expect(first).toBe("About me it is noted: “She lives in Lisbon, in Graça.”");
    expect(say(["What city do you live in?", "I live in Lisbon.", "What neighbourhood?"])).toContain("in Graça");
  });

  it("gives a reason only where the source gives one", () => {
    const before = ["When do you fire the kiln?", "At night."];
    expect(say([...before, "Why?"], { items: [night] })).toContain("because the street is quiet");
    expect(say([...before, "Why?"], { items: [fairs] })).toMatch(/^My sources do not say why\./);
  });

  it("introduces itself, and does not pass for a person or a language model", () => {
    expect(say("Hello!")).toMatch(/^Hello, I am Alice Reyes\. I answer with quotes/);
    expect(say("Who are you?")).toContain("Alice Reyes is a potter.");
    expect(say("Are you an AI?")).toMatch(/no language model/);
  });

  it("tells its own words from words about it", () => {
    const about = span("s3", "Reyes throws forty bowls before breakfast.");
    expect(say("How many bowls?", { items: [about] })).toBe(
      "It is written of me: “Reyes throws forty bowls before breakfast.”",
    );
  });

  it("leaves out lines that only ask", () => {
    expect(isAskedOfFace("**You fire at night. Why is that?**")).toBe(true);
    expect(isAskedOfFace("**Tell us about your childhood.**")).toBe(true);
    expect(isAskedOfFace("Fairs? I went once.")).toBe(false);
    expect(
      say("Why do you fire at night?", { items: [span("q", "You fire at night. Why is that?", 9), night] }),
    ).not.toContain("Why is that");
  });

  it("quotes on one line, without marks inside marks, and not endlessly", () => {
    const long = span("s4", `I said: "Look\n\nat the *glaze*." ${"And then I looked again. ".repeat(60)}`);
    const answer = say("Glaze?", { items: [long] });
    expect(answer).toMatch(/^“I said: ‘Look at the glaze\.’ And then/);
    expect(answer.length).toBeLessThan(440);
  });
});

it.each([
  ["hi there", "greeting"],
  ["Good morning, Alice!", "greeting"],
  ["Hello, why do you fire at night?", "question"],
  ["why?", "reason"],
  ["Why do you photograph tape?", "question"],
  ["thanks!", "thanks"],
  ["What's your name?", "identity"],
  ["Are you a bot?", "nature"],
  ["Are you a person who likes rain?", "question"],
  ["Are you a real person or a machine?", "nature"],
])("takes %s for %s", (text, kind) => expect(questionKind(text)).toBe(kind));

it("finds what a question is about", () => {
  expect(topicOf("Tell me about yourself and your work.")).toBe("myself and my work");
  expect(topicOf("Do you fly?")).toBeNull();
});
