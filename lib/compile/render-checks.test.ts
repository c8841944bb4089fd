import { expect, test } from "vitest";
import { flaws } from "./render-checks";

test.each([
  "I am scared of flying.",
  "Vanity is a form of loneliness.",
  "What I want is peace.",
  "Faces I lose.",
  "The names of strangers, though, I keep for ever.",
  "People clap at once only for what they know already.",
  "When I am angry, I go for a walk.",
  "I don't trust anyone who never swears.",
  "My whole life I have been late.",
  "Nobody is too busy.",
  "I wish'd to live without committing any fault at any time.",
  "My return being uncertain, I will endeavour to recollect what I can.",
  "I love having people round on Sundays.",
  "My worst habit is being late.",
  "As far as I can judge, I am not apt to follow blindly the lead of other men.",
  "As a boy I loved beetles.",
  "As I grew older, I walked less.",
])("takes %j for a sentence that stands alone", (statement) => {
  expect(flaws(statement)).toEqual([]);
});

test.each([
  ["An expense I was free from.", "no main verb"],
  ["The laboured and long-continued endeavour of our governor to pass a militia law.", "no main verb"],
  ["In literary matters, too fond of criticizing.", "no main verb"],
  ["Whenever I have found out that I have blundered.", "no main verb"],
  ["I am proud to remember that the first place, in which I geologised.", "no main verb"],
  ["As I had an old copy of the book.", "no main verb"],
  ["The kindness acknowledg'd by letters to me from the colonels of both regiments.", "no main verb"],
  ["The complexion of my future fortune being known to Him only in whose power it is to bless to us.", "no main verb"],
  ["Each of them having afterwards wrong'd me greatly without the least compunction.", "no main verb"],
  ["This I owe to Lyell, who many years ago, in reference to my works.", "no main verb"],
  ["Which I never liked.", "dangling"],
  ["That I had not the satisfaction of seeing my paper in print.", "dangling"],
  ["This book cost me twenty months.", "reference"],
  ["He was fond of his garden.", "foreign"],
  ["I lived with me three years in Leith.", "foreign"],
  ["I have worked as hard and as well as …", "cut"],
  ["I went to this school (kept by Rev. Case.", "cut"],
])("sees why %j cannot stand alone: %s", (statement, flaw) => {
  expect(flaws(statement)).toContain(flaw);
});
