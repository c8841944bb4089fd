import { countOf, formatCount, formatDay, formatDuration, formatUsd, formatUsdCeiling } from "@/lib/format";

/** Everything that is said about compiling the texts of a face. */
export const syncText = {
  // the price
  waiting: "Waiting for you",
  priceLabel: "Price of the next sync",
  noPrice: "The price could not be worked out",
  texts: (count: number) => countOf(count, "text"),
  tokens: (count: number) => `${formatCount(count)} tokens`,
  fromQuota: "From your quota",
  pastQuota: "Past the quota, on credit",
  creditAtMost: "Credit, at most",
  atMost: (usd: number) => formatUsdCeiling(usd),
  sync: (texts: number) => `Sync ${countOf(texts, "text")}`,
  syncAtMost: (texts: number, usd: number) => `Sync ${countOf(texts, "text")}, at most ${formatUsdCeiling(usd)}`,
  syncFromQuota: (texts: number) => `Sync ${countOf(texts, "text")}, from your quota`,
  syncOf: (label: string, face: string) => `${label}: ${face}`,
  starting: "Starting…",
  notStarted: "The sync did not start",
  binding: "Token counts are estimates; the charge never goes above the quote.",
  deletingFirst: (texts: number) =>
    `${countOf(texts, "text")} that you deleted ${texts === 1 ? "is" : "are"} still counted here. The price follows when ${texts === 1 ? "it is" : "they are"} gone.`,
  deleteNow: "Delete now",
  addCredit: "Add credit",

  // recordings
  recordings: (count: number) => `${countOf(count, "recording")} without a text`,
  recordingsNote: "What was said in them is not known yet. Their rows say why.",
  transcribe: (count: number) => `Transcribe ${countOf(count, "recording")}`,
  transcribing: "Starting…",
  notTranscribed: "Transcribing did not start",
  asked: "Asked for. What cannot be transcribed says why in its row.",

  // running
  inProgress: "Sync in progress",
  syncing: "Syncing",
  syncingTexts: (texts: number) => `Syncing ${countOf(texts, "text")}`,
  cancel: "Cancel",
  cancelSync: "Cancel the sync",
  cancelled: "The sync is cancelled. What was done is kept, and the next one goes on from there.",
  notCancelled: "The sync was not cancelled",
  percent: (share: number) => `${Math.floor(share * 100)}%`,
  left: (seconds: number) => `about ${formatDuration(seconds)} left`,
  chunksCompiled: "Chunks compiled",
  ofChunks: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)}`,
  stages: {
    queued: "Wait for a free worker",
    reading: "Read and split",
    extracting: "Extract statements",
    linking: "Merge and find tensions",
  },
  tokensSoFar: "Tokens so far",
  tokensOf: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)}`,
  costSoFar: "Cost so far",
  usd: (usd: number) => formatUsd(usd),
  found: "Statements found",
  mayLeave: "You can leave this page; the sync goes on. Cancelling keeps what is done.",
  moreWait: (texts: number) =>
    `${countOf(texts, "more text", "more texts")} came in since. ${texts === 1 ? "It waits" : "They wait"} for the next sync.`,
  isPolling: "The live connection is gone; the numbers come every few seconds.",

  // problems
  outOfCredit: "The sync stopped: quota and credit are used up",
  failed: "The last sync failed",
  noReason: "No reason was recorded.",
  isKept: "What was compiled is kept, and the face can already use it.",
  goesOn: "It goes on where it stopped, by itself, once there is credit or quota again.",
  quotaComesBack: (iso: string) => `The quota comes back on ${formatDay(iso)}.`,
  addCreditAndGoOn: "Add credit and go on",
  goOn: "Go on now",
  tryAgain: "Try the sync again",
  overflowOff: "Compiling on credit is switched off for this account; it can be switched on beside the quota.",

  // done
  inSync: "In sync",
  everyText: (statements: number, counts: string) =>
    `${countOf(statements, "statement")}: ${counts}. Every text is compiled.`,
  lastSync: "The last sync",
  brought: (added: number, removed: number) =>
    `${countOf(added, "new statement")}${removed > 0 ? `, ${formatCount(removed)} gone` : ""}`,
  nothingNew: "Nothing new: every statement was there already.",
  merged: "Said again, merged",
  added: (count: number) => `+${formatCount(count)}`,
  removed: (count: number) => `−${formatCount(count)}`,
  newAndGone: "New and gone, by component",
  leftOut: "Passages left out",
  cost: "Cost",
  took: "Took",
  duration: (seconds: number) => formatDuration(seconds),
  seeChange: "See what changed",
  synced: (added: number, removed: number) =>
    added + removed === 0
      ? "Synced. Every statement was there already."
      : `Synced. ${countOf(added, "new statement")}${removed > 0 ? `, ${formatCount(removed)} gone` : ""}.`,
  syncedPlain: "Synced.",
};
