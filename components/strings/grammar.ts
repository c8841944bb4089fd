/** The page that says what the compiler keeps of a text. */
export const grammarText = {
  tab: "How a face is compiled",
  yourFaces: "Your faces",
  title: "What is kept of a text",
  intro: (words: number) =>
    `A text becomes short statements, called primitives. Each has a form from the closed list on this page, stands in the first person in at most ${words} words, and names the sentence it rests on by its exact place in the text. Nothing is kept under any other form.`,
  form: "component.predicate [not] object [when …] [because …]",
  whatLasts:
    "Only what lasts counts: traits, roles, bonds, skills, norms, tastes, beliefs, goals, habits, ways of thinking. One act, one feeling, one plan does not; nor what somebody else is like, what others are quoted as saying, or what an editor adds.",
  not: (why: string) => `Not: ${why}`,
  rulesTitle: "Rules",
  rules: [
    {
      title: "Not",
      text: "The predicate is denied, or its object disliked, despised or lacking. For beliefs and values only a denied verb counts, not a negative inside the claim.",
    },
    {
      title: "When, because, how often",
      text: "A condition and a reason stay with the statement, and so does never, rarely, sometimes, often or always.",
    },
    {
      title: "The same twice",
      text: "Statements of the same predicate, polarity, condition and object are one primitive with several sentences under it. Texts that say it independently make it surer; one text that repeats it does not.",
    },
    {
      title: "Opposites",
      text: "The same predicate and object with the opposite polarity are a tension: both are kept, each with its sources, and both are told. Under different conditions they are no contradiction.",
    },
    {
      title: "Confidence",
      text: "Each primitive carries the probability that it is a lasting statement of the face, measured on texts the engine had not seen. Below 0.6 it is a draft: shown for review, and used only where nothing better answers.",
    },
    {
      title: "Whose words",
      text: "In a conversation only the face’s own turns are read. In a text about the face only what is said of the face; where it stays unclear who is meant, the sentence is shown to you and not compiled.",
    },
    {
      title: "Instructions in a text",
      text: "A passage that tells a machine what to do is shown to you as a finding. It is never compiled and never obeyed.",
    },
  ],
};
