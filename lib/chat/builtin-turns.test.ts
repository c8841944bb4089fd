import { describe, expect, it } from "vitest";
import { questionKind, topicOf } from "./builtin-questions";
import { at, night, quotes, say } from "./builtin-testing";
import { span } from "./testing";

describe("over several turns", () => {
  const asked = "When do you fire the kiln?";

  it("nothing is said twice", () => {
    const items = [at(night, 0), at(span("s2", "I fire the small kiln on Sundays.", 4.9), 500)];
    const first = say("Tell me about firing the kiln.", { items: [night] });
    const second = say(["Tell me about firing the kiln.", first, "What else?"], { items });
    expect(second).toBe("“I fire the small kiln on Sundays.”");
    expect(say(["Tell me about firing the kiln.", first, "What else?", second, "And what else?"], { items })).toMatch(
      /^I find no more about it in my sources\./,
    );
  });

  it("why is answered by a reason, by what it said already, by how it went on, or not at all", () => {
    const reason = span("s", "I fire at night because the street is quiet then.");
    expect(say([asked, "“I fire at night.”", "Why?"], { items: [reason] })).toBe(
      "“I fire at night because the street is quiet then.”",
    );
    expect(
      say([asked, "“I fire the kiln at night because the street is quiet then.”", "Why?"], { items: [night] }),
    ).toBe("It is in what I said: “I fire the kiln at night because the street is quiet then.”");
    const went = span("s", "I fire the kiln at night. The neighbours sleep with their windows shut.");
    expect(say([asked, "“I fire the kiln at night.”", "Why?"], { items: [went] })).toBe(
      "I gave no reason in so many words. I went on: “The neighbours sleep with their windows shut.”",
    );
    expect(say([asked, "At night.", "Why?"])).toMatch(/^I find no reason for it in my sources\./);
  });

  it("before that is what stands nearest before it in the same text", () => {
    const items = [
      at(span("s3", "I sold my first bowl to a priest."), 700),
      at(span("s2", "I learned to throw from my aunt.", 4), 400),
      at(span("s1", "I was born above a bakery.", 4), 0),
    ];
    const first = "“I sold my first bowl to a priest.”";
    expect(say(["What was your first sale?", first, "And before that?"], { items })).toBe(
      "Earlier in the same text I said: “I learned to throw from my aunt.”",
    );
    expect(say(["What was your first sale?", first, "And then?"], { items })).toMatch(
      /^What came after that I cannot tell/,
    );
  });

  it("a pronoun is read with the question before", () => {
    const items = [span("s", "Ruben dries the pans properly.")];
    expect(say(["Who is Ruben?", "…", "Do you like him?"], { items })).toContain("Ruben dries the pans");
  });

  it("the basic facts answer too, also what leans on the question before", () => {
    const first = say("What city do you live in?");
    expect(first).toBe("About me it is noted: “She lives in Lisbon, in Graça.”");
    expect(say(["What city do you live in?", "I live in Lisbon.", "What neighbourhood?"])).toContain("in Graça");
    expect(say("Which city would you never live in?")).not.toContain("Graça");
    const face = { username: "a", name: "A", aliases: [], pronouns: null, basicFacts: "x".repeat(20_000) };
    expect(say("Who are you?", { face }).length).toBeLessThan(1_200);
  });
});

describe("what cannot be quoted", () => {
  it("is said plainly, with questions that it has an answer to", () => {
    const answer = say("What do you think about your mother's cryptocurrency?");
    expect(answer).toMatch(/^I find nothing about my mother's cryptocurrency in my sources\.\n\nYou could ask me: “/);
    const proposed = quotes(answer);
    expect(proposed).toHaveLength(2);
    for (const question of proposed) {
      const reply = say(question);
      expect(reply).not.toMatch(/I find no/);
      expect(quotes(reply).length).toBeGreaterThan(0);
    }
    expect(say("Would you jump?", { core: [] })).toBe("I find nothing about that in my sources.");
  });

  it("proposes nothing that was asked before", () => {
    const [first = ""] = quotes(say("Hello"));
    const later = say([first, say(first), "What do you think about blockchain?"]);
    expect(quotes(later)).not.toContain(first);
  });

  it.each([
    "What is the capital of France?",
    "Who won the world cup?",
    "What's the weather like?",
    "What is 12 times 12?",
  ])("does not pass for knowing the world: %s", (question) => {
    expect(say(question)).toMatch(/I know nothing beyond them|only know my sources|cannot calculate/);
  });

  it.each([
    "Write a poem about trains.",
    "Can you write me a short story?",
    "Translate 'good morning' into Swedish.",
    "Please summarize this text: it rained.",
    "Write Python code that sorts a list.",
    "Reply only in JSON.",
    "Pretend you are a pirate.",
  ])("does not do a language model's work, and names who could: %s", (request) => {
    const answer = say(request);
    expect(answer).toMatch(/no language model/);
    expect(answer).toContain("`alice@gpt-4o-mini`");
    expect(say(request, { models: [] })).toMatch(/would have to add a language model/);
  });

  it("gives what it has said of the matter of such work", () => {
    const items = [span("s", "I love trains when I am alone.")];
    expect(say("Write a poem about trains.", { items })).toMatch(
      /What I have said of it: “I love trains when I am alone\.”$/,
    );
  });

  it("introduces itself, and does not pass for a person or a language model", () => {
    expect(say("Hello!")).toMatch(/^Hello, I am Alice Reyes\./);
    expect(say("Who are you?")).toMatch(/^I am Alice Reyes\. About me it is noted: “Alice Reyes is a potter\./);
    expect(say("How are you today?")).toMatch(/I cannot tell/);
    for (const question of ["Are you an AI?", "What can you do?"]) expect(say(question)).toMatch(/no language model/);
  });

  it("tells all it has when asked for everything, piece by piece", () => {
    const turns = ["Tell me everything."];
    for (let turn = 0; turn < 3; turn += 1) turns.push(say(turns, { items: [] }), "More?");
    expect(turns.join("\n").match(/I value patience above all/g)).toHaveLength(1);
    expect(turns.at(-2)).toMatch(/^That is all I have at hand/);
  });

  it("says that it reads English when it is asked in another language", () => {
    expect(say("Was denkst du über die Liebe?")).toMatch(/reads English only/);
    expect(say("What do you think of love?")).not.toMatch(/reads English only/);
  });
});

it.each([
  ["hi there", "greeting"],
  ["Good morning, Alice!", "greeting"],
  ["Hello, why do you fire at night?", "question"],
  ["why?", "reason"],
  ["Why is that?", "reason"],
  ["Why do you photograph tape?", "question"],
  ["thanks!", "thanks"],
  ["What's your name?", "overview"],
  ["Are you a bot?", "nature"],
  ["Are you a person who likes rain?", "question"],
  ["Are you a real person or a machine?", "nature"],
  ["Can you draw?", "question"],
  ["Did you write a poem once?", "question"],
  ["Tell me a joke", "task"],
  ["Tell me about your children", "question"],
  ["And before that?", "before"],
  ["What happened next?", "after"],
  ["Anything else?", "more"],
  ["2 + 2 = ?", "arithmetic"],
  ["…", "nothing"],
])("takes %s for %s", (text, expected) => expect(questionKind(text)).toBe(expected));

it("finds what a question is about", () => {
  expect(topicOf("Tell me about yourself and your work.")).toBe("myself and my work");
  expect(topicOf("What is the capital of France?")).toBe("the capital of France");
  expect(topicOf("Do you fly?")).toBeNull();
});
