import { countOf, formatCount } from "@/lib/format";

/** Everything that is said about the frame of a face's page, and about what is plainly true of it. */
export const faceText = {
  loading: "Loading the face",
  loadingTab: "Loading",
  unloaded: "The face could not be loaded",
  noSuchFace: "No such face",
  noSuchFaceNote: "It was deleted or renamed, or it belongs to somebody else.",
  goToFaces: "Go to your faces",
  sample: "Sample",
  chat: "Chat",
  chatWithDone: "Chat with what is done",
  openTab: (face: string, tab: string) => `${face}: ${tab}`,
  chatWith: (face: string) => `Chat with ${face}`,

  tabs: {
    facts: "Facts",
    sources: "Sources",
    primitives: "Primitives",
    graph: "Graph",
    voice: "Voice",
    fidelity: "Fidelity",
    versions: "Versions",
    embed: "Embed",
  },

  // composites
  madeOf: "Made of",
  formula: "Formula",
  follows: (names: string) => `It follows its parts: what changes in ${names} changes here.`,
  noOwnTexts: (face: string) => `${face} has no texts of its own`,
  textsBelong: (names: string) => `Its statements come from ${names}. Texts are added and synced there.`,
  sourcesOf: (name: string) => `Sources of ${name}`,

  // the menu
  more: "More",
  rename: "Rename…",
  copyName: "Copy its username",
  nameCopied: (username: string) => `${username} is in the clipboard.`,
  nameNotCopied: (username: string) => `The clipboard is closed to this page: ${username}`,
  exportJson: "Export as a card, JSON",
  exportPng: "Export as a card, PNG",
  notExported: (name: string, why: string) => `${name} was not exported. ${why}`,
  makeCopy: "Make my own copy",
  copying: "Copying…",
  copied: (username: string) => `It is yours now, as ${username}.`,
  notCopied: "The face was not copied",
  delete: "Delete this face…",

  // renaming
  renameTitle: (name: string) => `Rename ${name}`,
  name: "Name",
  username: "Username",
  usernameHint: "Small letters, digits and dashes.",
  usernameBreaks: (username: string) =>
    `Calls with model: "${username}", links to its page and \${${username}} in messages find nothing any more from then on. Composites, API keys and conversations follow it.`,
  notRenamed: "The face was not renamed",
  renameNow: "Rename it",
  renameTo: (username: string) => `Rename it to ${username}`,
  saving: "Saving…",
  cancel: "Cancel",
  renamed: (name: string) => `It is called ${name} now.`,

  // deleting
  deleteTitle: (name: string) => `Delete ${name}?`,
  deleteNote: (texts: number, statements: number) =>
    `${texts > 0 ? `${countOf(texts, "text")}, ${countOf(statements, "statement")} and every version go with it. ` : ""}This cannot be undone. Calls that name it get a 404. An exported card brings a face back.`,
  typeToDelete: (username: string) => `Type ${username} to delete it`,
  deleteNow: (username: string) => `Delete ${username} for good`,
  deleting: "Deleting…",
  notDeleted: "The face was not deleted",
  keepIt: "Keep it",
  deleted: (name: string, texts: number) =>
    texts > 0 ? `${name} is deleted, with ${countOf(texts, "text")}.` : `${name} is deleted.`,

  // facts
  pronouns: "Pronouns",
  pronounsHint: "Tell the compiler whom “she” or “he” means in texts by others.",
  pronounsExample: "she/her",
  aliases: "Also called",
  aliasesHint:
    "Nicknames and the names it has in chats, with commas between. In conversations they tell which lines are its own, in texts by others which sentences are about it.",
  aliasesExample: "Ali, A. Brandt",
  facts: "Facts",
  factsHint: "They go into every conversation word for word, before anything compiled.",
  factsSize: (characters: number, tokens: number, max: number) =>
    `${formatCount(characters)} of ${formatCount(max)} characters, about ${countOf(tokens, "token")} in every call. They go in word for word, before anything compiled.`,
  tooLong: (max: number) => `At most ${formatCount(max)} characters.`,
  tooManyAliases: (max: number) => `At most ${formatCount(max)} names.`,
  model: "Who speaks as this face",
  modelHint: "Clients can choose another with face@model.",
  modelDefault: (model: string | undefined) => `The installation’s default${model ? `, now ${model}` : ""}`,
  modelGone: (model: string) => `${model} (not served here now)`,
  modelQuotes: (model: string) => `${model} (quotes, no language model)`,
  modelsUnloaded: "The models could not be loaded. What is chosen stays.",
  notSaved: "The facts were not saved. Your text is kept.",
  save: "Save the changes",
  saved: "Saved",
  undoChanges: "Undo the changes",
  savedNote: "Saved. New conversations use it from now on.",
  draftKept: "Not saved yet. What you wrote is kept in this browser.",
  sampleNote: "The sample face belongs to nobody, so nobody can change it. A copy of it is yours to change.",
};
