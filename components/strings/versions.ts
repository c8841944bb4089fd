import { countOf, formatCount } from "@/lib/format";

const list = new Intl.ListFormat("en", { type: "conjunction" });

export const versionsText = {
  title: "Versions",
  loading: "Loading the versions",
  failed: "The versions could not be loaded",
  emptyTitle: "No version yet",
  emptyFigure: "An empty fingerprint",
  empty: (username: string) =>
    `Every sync makes one. It can be compared with others, restored, and named in a call as ${username}#1.`,
  emptyAction: "Go to the sources",
  earlier: "Show earlier ones",
  number: (number: number) => `Version ${formatCount(number)}`,
  current: "current",
  reasons: {
    sync: (texts: number) => `Synced ${countOf(texts, "text")}`,
    delete: "Deleted a text",
    restore: "Restored",
  },
  row: (reason: string, statements: number) => `${reason}, ${countOf(statements, "statement")}`,

  changed: "What changed",
  from: "From",
  to: "To",
  option: (number: number, isCurrent: boolean) => `Version ${formatCount(number)}${isCurrent ? ", current" : ""}`,
  swap: "Compare the other way round",
  comparing: "Comparing",
  compareFailed: "The two could not be compared",
  first: "The first one: everything in it was new.",
  same: "Choose two different versions to compare them.",
  nothing: "No statement came, went or changed.",
  counts: {
    added: (count: number) => `${formatCount(count)} added`,
    removed: (count: number) => `${formatCount(count)} removed`,
    changed: (count: number) => `${formatCount(count)} changed`,
  },
  fingerprint: (from: number, to: number) => `Fingerprint of version ${to}, with what changed since version ${from}`,
  newArc: "new",
  goneArc: "gone",
  mostlyNew: (parts: string[]) => `New most of all: ${list.format(parts)}.`,
  mostlyGone: (parts: string[]) => `Gone most of all: ${list.format(parts)}.`,
  newKinds: (count: number) =>
    `${countOf(count, "kind")} of statement ${count === 1 ? "was" : "were"} not there before.`,
  goneKinds: (count: number) => `${countOf(count, "kind")} of statement ${count === 1 ? "is" : "are"} gone.`,
  part: (name: string, count: number) => `${name} (${formatCount(count)})`,
  signs: { added: "Added", changed: "Changed", removed: "Removed" },
  was: (confidence: string) => `was ${confidence}`,
  confidenceChange: (before: string, after: string) => `${before} → ${after}`,
  pinned: "pinned",
  unpinned: "not pinned any more",
  off: "switched off",
  on: "switched on",
  accepted: "accepted",
  moreSentences: "rests on other sentences",
  showAll: (count: number) => `Show all ${formatCount(count)}`,
  partial: (shown: number, all: number) =>
    `The surest ${formatCount(shown)} of ${formatCount(all)}. The API lists no more of one comparison.`,

  compiledFrom: (number: number) => `What version ${formatCount(number)} was compiled from`,
  noSource: "No text was in it.",
  deletedText: "A text that was deleted since",
  textVersion: (version: number) => `version ${formatCount(version)}`,

  askTitle: (number: number) => `Talk to version ${formatCount(number)}`,
  ask: "Clients that name <code>this model</code> are answered from this version, whatever is synced later; with another model behind it, add @ and its name.",
  copyModel: "Copy the model name",

  restore: (number: number) => `Restore version ${formatCount(number)}`,
  restoring: "Restoring",
  restoreTitle: (number: number) => `Restore version ${formatCount(number)}?`,
  restoreMeans:
    "The face becomes what it was then, as a new version, with your pins, edits and switches of that time. Nothing is lost: the version of today stays in this list, and nothing is charged.",
  restoreGone: (texts: number) =>
    `${countOf(texts, "text")} of it ${texts === 1 ? "was" : "were"} deleted and cannot come back.`,
  restoreWait: "Texts added since stay in the list of sources and wait to be synced.",
  restoreEffect: (back: number, away: number, changed: number) =>
    `Against now: ${countOf(back, "statement")} ${back === 1 ? "comes" : "come"} back, ${formatCount(away)} ${away === 1 ? "leaves" : "leave"}, ${formatCount(changed)} ${changed === 1 ? "changes" : "change"}.`,
  restoreCounting: "Comparing with now",
  restored: (number: number, made: number) => `Version ${number} is restored, as version ${made}.`,
  restoreFailed: "It was not restored",
  restoreFailedWhy: (why: string) => `It was not restored. ${why}`,
  cancel: "Cancel",
  undo: "Undo",
  commands: { restore: "Restore the version that is shown", swap: "Compare the versions the other way round" },
};
