import type { RetrievedItem } from "@/lib/retrieve/schemas";
import { describe, expect, it } from "vitest";
import { at, night, quotes, said, say } from "./builtin-testing";
import { primitive, span } from "./testing";

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

  it("answers each of several questions, and hears them out of what else is said", () => {
    const items = [
      night,
      span("s2", "I was born in Porto.", 4.8),
      span("s3", "I read the journal every morning.", 4.7),
    ];
    const answer = say("Hi Alice! I read your journal at last. When do you fire the kiln? And where were you born?", {
      items,
    });
    expect(answer).toContain("“I fire the kiln at night");
    expect(answer).toContain("“I was born in Porto.”");
    expect(answer).not.toContain("journal");
    expect(say(`${"Lorem ipsum dolor. ".repeat(2_000)}When do you fire the kiln?`, { items })).toContain(
      "I fire the kiln",
    );
    expect(say("WHEN DO YOU FIRE THE KILN?", { items })).toContain("I fire the kiln");
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
    const linked: RetrievedItem = { ...trust, tensions: [{ id: "p9", text: distrust.text }] };
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
