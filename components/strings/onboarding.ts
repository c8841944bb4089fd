export const onboardingText = {
  title: "First steps",
  done: "done",
  hide: "Hide the first steps",
  hidden: "The first steps are hidden in this browser.",
  undo: "Undo",
  steps: {
    face: { label: "Create a face", why: ", with a name and a few facts" },
    source: { label: "Add a text", why: ", a page of a journal is enough" },
    sync: { label: "Sync it", why: ", the price is shown before it runs" },
    chat: {
      label: (name: string | null) => `Ask ${name ?? "it"} something`,
      why: ", answers come from what is done",
    },
    api: { label: "Call the API", why: ", a key and three lines do it" },
  },
};
