import { countOf, formatUsd } from "@/lib/format";

/** What visitors of a face's page read. */
export const visitorText = {
  title: (name: string) => `Talk to ${name}`,
  missingTitle: "This page is closed",
  missing: "There is no page at this address, or not any more.",
  elsewhere: "This page may not be shown on this site.",
  messages: "Messages",
  you: "You said",
  startAgain: "Start again",
  message: (name: string) => `Message to ${name}`,
  placeholder: (name: string) => `Message ${name}`,
  send: "Send",
  stop: "Stop",
  answering: (name: string) => `${name} is answering`,
  tryAgain: "Try again",
  reload: "Load the page again",
  opening: (name: string) => `Ask ${name} something.`,
  suggestions: "Questions to begin with",
  resting: (name: string) => `${name} is resting for now. Come back later.`,
  noAnswer: "No answer came. Check your connection, then try again.",
  brokeOff: "The answer broke off. Try again.",
  /** Always there, whatever the owner writes beside it. */
  machine: (name: string, model: string | null) =>
    model === null
      ? `A machine compiled from texts of ${name}, which it quotes; not a language model, and not the person.`
      : `A machine compiled from texts of ${name}. ${model} writes the answers; the person does not read them.`,
};

/** The tab in which an owner sets up that page. */
export const embedText = {
  loading: "Loading the page's settings",
  loadFailed: "The page's settings could not be loaded",
  saveFailed: "This was not saved",
  sampleTitle: "The sample face has no page",
  sample: "It belongs to nobody, so nobody can put it on a site. Copy it, or make a face of your own.",
  emptyTitle: "No page for visitors yet",
  empty: (name: string) =>
    `With one, anyone you allow can talk to ${name}: under an address of its own, or inside your site. You set what a visitor may ask and what all of them may cost.`,
  create: "Make the page",
  creating: "Making the page…",
  created: "The page is there. Only those who know its address find it.",

  page: "Page",
  isOn: "Answers visitors",
  isOff: "Switched off: its addresses lead nowhere.",
  publicPage: "Public page",
  publicHint: (name: string) => `Anyone with the address can talk to ${name}. No account, no cookies.`,
  publicOff: "Only inside the sites below.",
  copyAddress: "Copy the address",
  openPage: "Open the page",
  rotate: "New address",
  rotateTitle: "Give the page a new address?",
  rotateAbout: "The old address ends at once, also for visitors who have it open, and in every frame that shows it.",
  rotateDo: "End the old address",
  rotated: "The page has a new address.",
  keep: "Keep it",

  origins: "Allowed sites",
  originsHint: "Browsers refuse to show it anywhere else. *. in front stands for all names below.",
  noOrigins: "No site may show it in a frame yet.",
  addOrigin: "Add a site",
  originPlaceholder: "https://example.com",
  add: "Add",
  removeOrigin: (origin: string) => `Remove ${origin}`,
  originProblem: (problem: string) => `It ${problem}.`,
  originTwice: "This site is on the list already.",

  limits: "Limits",
  perVisitor: "Messages a visitor may send in a day",
  perVisitorHint: "Counted by visitor, and by address, so that clearing the browser changes nothing.",
  wholeNumber: "A whole number from 1 to 1,000.",
  budget: "All visitors together, in USD",
  budgetHint: "Then the page says that it is resting.",
  amount: "An amount from 0 to 1,000,000.",
  budgetMeter: "Budget used",
  spent: (spent: number, budget: number, answers: number) =>
    `${formatUsd(spent)} of ${formatUsd(budget)} spent, ${countOf(answers, "answer")} in all`,
  spentOut: "The budget is used up: the page is resting.",
  resetSpent: "Count from zero again",
  wasReset: "The budget is counted from zero again.",

  words: "Words",
  greeting: "First message",
  greetingHint: "What a visitor reads before anything was said.",
  suggestions: "Questions to begin with",
  suggestionsHint: "Up to four, one on each line.",
  disclosure: "Line under the chat",
  disclosureHint: "Stands behind the sentence that this is a machine, which always stays.",
  look: "Look",
  theme: "Theme of the page",
  system: "System",
  light: "Light",
  dark: "Dark",

  snippet: "Put it on a site",
  snippetLabel: "HTML for your site",
  snippetHint:
    "Paste it where the chat should be. It needs no script of yours and keeps nothing in other sites' storage.",
  snippetNoOrigin: "Add the site to the list above first, or browsers will show an empty frame.",
  growHint: "The frame tells the page around it how high it would like to be: a message of the type faces:height.",

  save: "Save the changes",
  saving: "Saving…",
  saved: "Saved",
  savedToast: "Saved. Visitors see it from now on.",
  undo: "Undo the changes",
  remove: "Delete the page",
  removeTitle: "Delete the page?",
  removeAbout:
    "Its address, its sites and its limits are gone, and its address ends at once. What it spent stays in usage.",
  removed: "The page is deleted.",

  preview: "As a visitor sees it",
  previewFrame: (name: string) => `Preview of the page of ${name}`,
  previewSize: "Size of the preview",
  embedded: "In a site",
  phone: "On a phone",
  previewOff: "The page is switched off, so there is nothing to see.",
  previewUnsaved: "Shows what is saved.",
};
