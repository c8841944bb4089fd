import { describe, expect, it } from "vitest";
import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { builtinAnswer, type BuiltinInput } from "./builtin";
import { questionKind, topicOf } from "./builtin-questions";
import type { EvidenceItem } from "./builtin-sources";
import { primitive, span } from "./testing";

const night = span("s1", "I fire the kiln at night because the street is quiet then.");
const kind = (item: RetrievedItem, predicate: string): RetrievedItem => ({ ...item, predicate });
const at = (item: RetrievedItem, start: number, document = "doc_1"): RetrievedItem => ({
  ...item,
  provenance: item.provenance.map((place) => ({
    ...place,
    document_id: document,
    start,
    end: start + item.text.length,
  })),
});
const said = (id: string, previousText: string, text: string): RetrievedItem => ({
  ...span(id, text),
  previousText,
  speaker: "Alice",
});
const core = [
  kind(primitive("c1", "I value patience.", "I value patience above all."), "values"),
  kind(primitive("c2", "I keep lists.", "I keep lists of everything I break.", "epsilon"), "does"),
  kind(primitive("c3", "I am a potter.", "I am a potter, and I was never anything else.", "alpha"), "works_as"),
];

function say(turns: string | string[], found: Partial<BuiltinInput> = {}): string {
  return builtinAnswer({
    face: {
      username: "alice",
      name: "Alice Reyes",
      aliases: [],
      pronouns: "she/her",
      basicFacts: "Alice Reyes is a potter. She lives in Lisbon, in Graça.",
    },
    messages: [turns].flat().map((text, index) => ({ role: index % 2 === 0 ? "user" : "assistant", text })),
    items: [],
    core,
    abstain: (found.items ?? []).length === 0,
    models: ["gpt-4o-mini"],
    ...found,
  });
}

/** Everything between quotation marks. */
function quotes(answer: string): string[] {
  return [...answer.matchAll(/“([^”]+)”/g)].map(([, text = ""]) => text.replace(/^… | …$/g, ""));
}

describe("an answer of the built-in engine", () => {
  it("is what was found, to the letter", () => {
    expect(say("When do you fire the kiln?", { items: [night] })).toBe(
      "“I fire the kiln at night because the street is quiet then.”",
    );
  });

  it("weaves several statements, and tells which stand elsewhere", () => {
    const items = [
      at(span("s1", "My kiln is as old as my marriage."), 0),
      at(span("s2", "I built the kiln with my own hands.", 4.8), 900),
      at(span("s3", "The kiln has cracked twice.", 4.6), 0, "doc_2"),
    ];
    expect(say("Tell me about your kiln.", { items })).toBe(
      "“My kiln is as old as my marriage.” I also said: “I built the kiln with my own hands.” And elsewhere: “The kiln has cracked twice.”",
    );
  });

  it("joins pieces that follow one another, and reads them in their order", () => {
    const items = [at(span("s2", "It has cracked twice."), 23), at(span("s1", "My kiln is very old now."), 0)].map(
      (item, index) => (index === 1 ? at(item, -2) : item),
    );
    expect(say("Tell me about your kiln.", { items })).toBe("“My kiln is very old now. It has cracked twice.”");
  });

  it("leaves out what does not name what was asked for", () => {
    const items = [night, span("s2", "I never drink coffee after noon.", 4.9)];
    expect(say("When do you fire the kiln?", { items })).not.toContain("coffee");
    expect(say("What do you think about Einstein?", { items: [span("s3", "I read with care.", 9)] })).toMatch(
      /^I find nothing about Einstein in my sources\./,
    );
  });

  it("shows the nearest as such when retrieval is sure of it though the words differ", () => {
    const items = [span("s1", "I have not touched a cigarette since my daughter was born.", 9)];
    expect(say("Do you still smoke?", { items })).toMatch(
      /^I find nothing that answers that in so many words\..*“I have/,
    );
    expect(say("Do you still smoke?", { items: [{ ...night, score: 3 }] })).toMatch(/^I find nothing about that/);
  });

  it("says yes or no only where the source says just that", () => {
    const children = [primitive("p", "I have no children.", "I have no children")];
    expect(say("Do you have children?", { items: children })).toBe("No. “I have no children …”");
    expect(say("Do you like rain?", { items: [span("s", "I love rain.")] })).toBe("Yes. “I love rain.”");
    expect(say("Do you like rain?", { items: [span("s", "I hate rain.")] })).toBe("No. “I hate rain.”");
    expect(say("Do you want children?", { items: children })).not.toMatch(/^(?:Yes|No)\./);
    expect(say("Do you drink coffee?", { items: [span("s", "I never drink coffee after noon.")] })).toBe(
      "“I never drink coffee after noon.”",
    );
  });

  it("gives both sides of a tension", () => {
    const trust = span("s1", "I trust my first impression of people.");
    const distrust = span("s2", "I don't trust my first impression of people.", 4.9);
    const both =
      "I have said two things that pull against each other: “I trust my first impression of people.” And: “I don't trust my first impression of people.”";
    expect(say("Do you trust your first impression of people?", { items: [trust, distrust] })).toBe(both);
    const linked: EvidenceItem = { ...trust, tensions: [{ id: "p9", text: distrust.text }] };
    expect(say("Do you trust your first impression of people?", { items: [linked] })).toBe(both);
  });

  it("gives an elliptical answer with the question it answered, and drops one that has none", () => {
    const lie = said(
      "s1",
      "that's so you haha. do you never lie about work?",
      "Never about work. About parties, often.",
    );
    expect(say("Do you ever lie about work?", { items: [lie] })).toBe(
      "Asked “do you never lie about work?”, I said: “Never about work. About parties, often.”",
    );
    expect(say("Do you lie about work?", { items: [said("s2", "Here I am.", "My work!")] })).toMatch(/^I find nothing/);
  });

  it("takes an interviewer's line for the question to what follows it, and never for an answer", () => {
    const items = [
      at(span("q", "**What are you bad at?**", 9), 100),
      at(span("a", "Telephones, I am afraid. And the beginnings of parties.", 5), 126),
    ];
    const answer = say("What are you bad at?", { items });
    expect(answer).toContain("“Telephones, I am afraid.");
    expect(answer).not.toContain("**");
  });

  it("speaks of what others wrote as such, and of its own words as its own", () => {
    const about = span("s3", "Reyes throws forty bowls before breakfast.");
    expect(say("How many bowls do you throw?", { items: [about] })).toBe(
      "Somebody wrote of me: “Reyes throws forty bowls before breakfast.”",
    );
    const rewritten = primitive("p", "On my phone are four hundred bowls.", "On her phone are four hundred bowls.");
    expect(say("How many bowls are on your phone?", { items: [rewritten] })).toMatch(/^Somebody wrote of me:/);
    expect(say("What about the bowls?", { items: [span("s", "The bowls went soft overnight.")] })).toBe(
      "“The bowls went soft overnight.”",
    );
    const student = span("s", "“It was the most useful hour with a bowl,” the student says.");
    expect(say("What about the bowls?", { items: [student] })).toMatch(/^I find nothing/);
  });

  it("shortens at the ends of sentences, and within a very long one at a clause, always to the letter", () => {
    const filler = "And then I looked again at what I had made. ";
    const long = `The morning was cold. My glaze is made of ash from the bakery. ${filler.repeat(30)}`;
    expect(say("What is your glaze made of?", { items: [span("s", long)] })).toMatch(
      /^“My glaze is made of ash from the bakery\./,
    );
    const endless = `${"I walked on, and the road went up, and the dog came too; ".repeat(9)}and my glaze was made of ash, as I have told; ${"and nobody knew it, but I did; ".repeat(12)}so it ended.`;
    const answer = say("What is your glaze made of?", { items: [span("s", endless)] });
    expect(answer).toContain("glaze was made of ash");
    expect(answer).toMatch(/^“… .* …”$/);
    expect(answer.length).toBeLessThan(380);
    for (const part of quotes(answer)) expect(endless).toContain(part);
  });

  it("quotes on one line, without marks inside marks, emphasis or footnotes", () => {
    const item = span("s4", `I said of the glaze: "Look\n\nat the *glaze*."[13] It was the last one.`);
    expect(say("Glaze?", { items: [item] })).toBe("“I said of the glaze: ‘Look at the glaze.’ It was the last one.”");
  });

  it("is the same for the same, and has at most five sentences of quotes", () => {
    const items = Array.from({ length: 10 }, (_, n) =>
      at(
        span(
          `s${n}`,
          `My kiln stood in ${"Porto Braga Faro Évora Beja Tomar Aveiro Viseu Leiria Lagos".split(" ")[n]} with ${n} doors.`,
          5,
        ),
        n * 90,
      ),
    );
    const answer = say("Tell me about your kilns.", { items });
    expect(answer).toBe(say("Tell me about your kilns.", { items }));
    expect(quotes(answer).length).toBeGreaterThan(1);
    expect(quotes(answer).length).toBeLessThanOrEqual(5);
  });
});

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
