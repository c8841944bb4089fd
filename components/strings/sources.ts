import { countOf, formatBytes, formatCount, formatDuration, formatUsd } from "@/lib/format";

/** Limits are set in whole units of 1,048,576 bytes. */
const megabytes = (bytes: number): string => `${formatCount(bytes / 1_048_576)} MB`;

/** Everything that is said about the texts of a face. */
export const sourcesText = {
  // the ways in
  addTexts: "Add texts",
  files: "Files",
  dropTitle: "Drop texts anywhere, or choose files",
  dropNow: "Let go to upload",
  dropUnread: "It could not be read. Check that you may open every file, then try again.",
  dropNote: (textBytes: number | null, recordingBytes: number | null) =>
    `Text, Markdown, PDF, Word, e-books, web pages, subtitles, chat exports, audio, video.${
      textBytes === null || recordingBytes === null
        ? ""
        : ` Up to ${megabytes(textBytes)} each, recordings up to ${megabytes(recordingBytes)}.`
    } Nothing is compiled before you say so.`,
  dropOnPage: (face: string) => `Drop them to add them to ${face}`,
  paste: "Paste text",
  fromLink: "From a link",
  record: "Record",
  readNewAs: "Read new texts as",
  kindNames: { own: "Own words", about: "About them", thread: "Conversation" },
  kindNotes: {
    own: "Written or said by the face: a journal, an essay, letters. Exports of chats are recognised as conversations.",
    about: "Told by somebody else: a biography, a portrait, an interview.",
    thread: "Lines of “Name: text”. Only what the face itself says is compiled, and how it says it.",
  },
  speakerName: "The name the face has in it",

  // uploads
  uploading: "Uploading",
  uploadState: (running: number, questions: number, failed: number) =>
    [
      running > 0 ? `${formatCount(running)} on the way` : "",
      questions > 0 ? countOf(questions, "question") : "",
      failed > 0 ? `${formatCount(failed)} failed` : "",
    ]
      .filter(Boolean)
      .join(", "),
  cancelAll: "Cancel all",
  retryAll: "Retry all",
  nextInLine: "next in line",
  beingRead: "being read",
  sentOf: (sent: number, total: number) => `${formatBytes(sent)} of ${formatBytes(total)}`,
  uploadOf: (name: string) => `Upload of ${name}`,
  cancelUpload: (name: string) => `Cancel the upload of ${name}`,
  forgetUpload: (name: string) => `Forget ${name}`,
  retry: "Retry",
  retryUpload: (name: string) => `Retry the upload of ${name}`,
  uploadBroke: "The upload broke in this page. Try it again.",
  connectionBroke: "The connection broke before the file had arrived. Check it and try again.",
  tooLarge: (name: string, limit: number) =>
    `${name} is larger than ${megabytes(limit)}, the limit of this installation. Split it, or export it without pictures.`,
  askSpeaker: "This is a conversation. Say who in it the face is.",
  chooseSpeaker: "Choose",
  request: (id: string) => `Request ${id}`,
  alreadyThere: (label: string) => `This text is here already, as ${label}. It was not added twice.`,
  nextSteps: {
    unreadable: "Upload a version with text in it, or paste the text.",
    unsupported_type: "Save it as text, PDF or Word, and upload that.",
    too_large: "Split it into parts, and upload those.",
    no_answer: "Check the connection, then retry.",
  } as Record<string, string>,

  // paste
  pasteTitle: "Paste text",
  whatIsIt: "What is the text",
  text: "Text",
  textHint: "Kept in this browser until you add it.",
  pasteSize: (words: number) => `${countOf(words, "word")}. Kept in this browser until you add it.`,
  title: "Title",
  untitled: "Untitled text",
  notAdded: "The text was not added. It is kept here.",
  adding: "Adding…",
  addThis: "Add this text",
  cancel: "Cancel",
  added: (label: string) => `${label} is here. It waits to be synced.`,

  // link
  importTitle: "Add from a link",
  importNote: "The text of a web page, a PDF or a text file behind a link, or the captions of a YouTube video.",
  link: "Link",
  linkPlaceholder: "https://",
  notImported: "Nothing was added",
  fetching: "Fetching…",
  fetchingPage: (host: string, seconds: number) =>
    `Fetching ${host}, ${formatDuration(seconds)} so far. Large pages and videos take up to a minute.`,
  stopFetching: "Stop",
  importThis: "Add this page",
  importVideo: "Add the captions",

  // whose name
  nameQuestion: (name: string) =>
    `How do these texts call ${name}? Sentences of which it stays unclear whom they mean are left out.`,
  thisPerson: "this person",
  name: "Name",
  pronouns: "Pronouns",
  pronounsExample: "she/her",
  keep: "Keep",
  notKept: "That was not kept",

  // speakers
  whoIsIt: (name: string) => `Who is ${name} in this conversation?`,
  onlyTheirTurns: "Only the turns of that speaker are compiled.",
  speakersUnread: "The speakers could not be read",
  readingSpeakers: "Reading who speaks",
  speakers: "Speakers",
  findSpeaker: "Find a speaker",
  noSpeaker: (query: string) => `Nobody called “${query}” speaks here.`,
  speakerSize: (turns: number, words: number) => `${countOf(turns, "turn")}, ${countOf(words, "word")}`,
  chooseOne: "Choose a speaker",
  addAs: (speaker: string) => `Add it as ${speaker}`,

  // the list
  texts: "Texts",
  textsUnloaded: "The texts could not be loaded",
  loadingTexts: "Loading the texts",
  findText: "Find a text",
  filterLabel: "Show",
  filters: { all: "All", document: "Documents", thread: "Threads", waiting: "Waiting", failed: "Failed" },
  noMatch: "No text fits this filter.",
  showAll: "Show all texts",
  emptyTitle: "Nothing to read yet",
  emptyNote: (name: string) =>
    `${name} has no texts, so there is nothing to compile. A page of a journal is enough to begin.`,
  emptyFigure: "An empty fingerprint",
  sampleNote: "The sample face came compiled. Its texts are here to read; nobody can change them.",
  syncPanel: "Sync",
  tokens: "tokens",
  actionsFor: (label: string) => `Actions for ${label}`,
  readAs: "Read it as",
  readAsOf: (label: string, kind: string) => `Read ${label} as: ${kind}`,
  speaksAs: "The face speaks as",
  speaksAsOne: (speaker: string) => `Speaks as ${speaker}`,
  threadOf: (name: string, speaker: string) => `Conversation, ${name} speaks as ${speaker}`,
  statements: (count: number) => countOf(count, "statement"),
  waitsAgain: (label: string) => `${label} waits to be synced again, read in the other way.`,
  waitsAs: (label: string, speaker: string) => `${label} waits to be synced again, with ${speaker} as the face.`,
  notChanged: (reason: string) => `The text was not changed. ${reason}`,
  status: {
    transcribing: "Transcribing",
    waiting: "Waiting",
    nextInLine: "Next in line",
    syncing: "Syncing",
    synced: "Synced",
    failed: "Failed",
  },
  chunks: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} chunks`,
  openText: "Open the text",
  showStatements: "Show its statements",
  downloadShort: (size: string) => `Download, ${size}`,
  download: (bytes: number) => `Download the file, ${formatBytes(bytes)}`,
  rename: "Rename…",
  replace: "Replace the text…",
  delete: "Delete this text",

  // selecting
  select: "Select",
  selectText: (label: string) => `Select ${label}`,
  selected: (count: number, of: number) => `${formatCount(count)} of ${formatCount(of)} selected`,
  selectAll: "Select all",
  selectNone: "Select none",
  deleteSelected: (count: number) => `Delete ${countOf(count, "text")}`,
  readSelectedAs: "Read as",
  done: "Done",
  changed: (count: number) => `${countOf(count, "text")} will be read in the other way. They wait to be synced.`,

  // deleting
  removing: (label: string) => `${label} removed.`,
  removingMany: (count: number, statements: number) =>
    `${countOf(count, "text")} removed${statements > 0 ? `, with at most ${countOf(statements, "statement")}` : ""}.`,
  wouldGo: (label: string, receipt: Receipt) => `${label} removed, ${sayReceipt(receipt)}`,
  gone: (label: string, receipt: Receipt) => `${label} is deleted, ${sayReceipt(receipt)}`,
  goneMany: (count: number, receipt: Receipt) => `${countOf(count, "text")} are deleted, ${sayReceipt(receipt)}`,
  undo: "Undo",
  someTexts: (count: number) => countOf(count, "text"),
  undoDeletion: "Undo the deletion",
  broughtBack: (label: string) => `${label} is back. Nothing was deleted.`,
  notDeleted: (label: string, reason: string) => `${label} was not deleted. ${reason}`,

  // what was left out
  findingsUnloaded: "The findings could not be loaded",
  leftOut: "Left out",
  leftOutLabel: "Passages left out",
  firstHundred: "The first hundred are shown; the API lists them all.",
  aText: "A text",
  findingPlace: (label: string, start: number, end: number) =>
    `${label}, characters ${formatCount(start)} to ${formatCount(end)}`,
  findings: {
    instruction: {
      title: (n: number) => `${countOf(n, "passage")} ${n === 1 ? "tells" : "tell"} a machine what to do`,
      note: "They were neither compiled nor obeyed, and no answer quotes them. If you did not write them, ask where the text came from.",
    },
    unclear_subject: {
      title: (n: number) =>
        `${countOf(n, "sentence")} of which it is unclear whom ${n === 1 ? "it means" : "they mean"}`,
      note: "They were left out. With the face’s name, aliases and pronouns under Facts, more of them can be told.",
    },
  },
  passagesLeftOut: (count: number) => `${countOf(count, "passage")} left out`,

  // renaming and replacing
  renameTitle: "Rename the text",
  label: "Label",
  labelHint: "Only what it is called here. Nothing is compiled again.",
  notRenamed: "The text was not renamed",
  renameTo: "Rename it",
  replaceTitle: (label: string) => `Replace the text of ${label}`,
  replaceNote:
    "It becomes the next version of the same text and waits to be synced. Statements that the new words no longer hold go then.",
  newText: "The new text",
  fromFile: "Take it from a text file",
  notReplaced: "The text was not replaced. Your words are kept here.",
  noChange: "Nothing has changed yet",
  saveVersion: (version: number) => `Save as version ${version}`,
  saving: "Saving…",
  replaced: (label: string, version: number) => `${label} is now at version ${version}. It waits to be synced.`,
  notTextFile: (name: string) => `${name} is no plain text. Upload it as a new text instead.`,

  // the reader
  allTexts: "All texts",
  textUnloaded: "The text could not be loaded",
  loadingText: "Loading the text",
  noTextYet: "There is no text yet: the recording is still to be transcribed.",
  details: "Details",
  facts: {
    status: "Status",
    readAs: "Read as",
    tokens: "Tokens",
    charged: "Charged so far",
    version: "Version",
    statements: "Statements from it",
    leftOut: "Left out",
    dropped: "Not usable",
    length: "Length",
    file: "File",
    pasted: "pasted",
    from: "From",
    added: "Added",
    synced: "Synced",
    never: "not yet",
  },
  inOrder: "In reading order",
  noStatements: "Nothing was compiled from this text yet.",
  statementsUnloaded: "The statements could not be loaded",
  otherVersion: (compiled: number, shown: number) =>
    `The statements rest on version ${formatCount(compiled)}; version ${formatCount(shown)}, which is shown, waits to be synced.`,
  legend: "Marked sentences are those that a statement rests on. Follow one to its statement.",

  // the recorder
  recorderTitle: "Record",
  recorderNote: "It is added as a recording, in your own words, and transcribed before it can be synced.",
  noSpeechModel:
    "No speech model is configured on this installation. A recording is kept and can be downloaded, but it becomes a text only once the operator sets one up (TRANSCRIBE_BASE_URL, OPENAI_API_KEY or WHISPER_MODEL_PATH) and a sync is started.",
  noSpeechModelWay: "Until then: dictate with the microphone key of your keyboard into “Paste text”.",
  recordAnyway: "Record all the same",
  startRecording: "Start recording",
  pause: "Pause",
  resume: "Go on",
  stop: "Stop",
  recording: "Recording",
  paused: "Paused",
  level: "Loudness",
  quiet: "Nothing is heard. Is the right microphone chosen, and not muted?",
  asking: "The browser asks whether this page may hear you.",
  listen: "Listen to the recording",
  addRecording: "Add this recording",
  again: "Discard it and record again",
  discard: "Discard",
  keepRecording: "Keep it",
  discardQuestion: "The recording is thrown away when this is closed.",
  recordingName: (date: string) => `Recording ${date}`,
  microphone: {
    denied: {
      title: "The microphone is blocked for this page",
      note: "The browser said no, or was told to earlier. Click the sign at the left of the address, allow the microphone for this site, and try again.",
    },
    missing: {
      title: "No microphone was found",
      note: "Connect one, or record with another device and upload the file.",
    },
    busy: {
      title: "The microphone could not be opened",
      note: "Another program may be using it. Close that, and try again.",
    },
    insecure: {
      title: "This browser does not record here",
      note: "Recording needs a page that came over https, or from localhost. Record with another program and upload the file.",
    },
  },
  tryAgain: "Try again",

  recorderPrice: (usd: number) =>
    usd > 0 ? `Transcribing costs ${formatUsd(usd)} a minute.` : "Transcribing costs nothing here.",
};

type Receipt = { primitives_removed: number; primitives_kept: number; tokens_released: number };

/** What went, what stayed, what came back. */
function sayReceipt({ primitives_removed, primitives_kept, tokens_released }: Receipt): string {
  const kept =
    primitives_kept > 0
      ? ` ${countOf(primitives_kept, "statement")} ${primitives_kept === 1 ? "stays" : "stay"}, other texts say the same.`
      : "";
  const released =
    tokens_released > 0
      ? ` ${countOf(tokens_released, "token")} ${tokens_released === 1 ? "comes" : "come"} back.`
      : "";
  const removed =
    primitives_removed > 0
      ? `with ${countOf(primitives_removed, "statement")}.`
      : `no statement rested on it${primitives_kept > 0 ? " alone" : ""}.`;
  return `${removed}${kept}${released}`;
}
