import { countOf, formatDay } from "@/lib/format";

/** What is said about the sets of photos of a face. */
export const portraitSetText = {
  label: "Set of photos",
  option: (title: string, photos: number) => `${title}, ${countOf(photos, "photo")}`,
  more: "What can be done with the set",
  new: "New set",
  newNote: "A second set of photos of this face: younger, with a beard, in another role.",
  rename: "Rename the set",
  title: "Name of the set",
  renamed: (title: string) => `The set is called ${title} now.`,
  save: "Save",
  cancel: "Cancel",
  extendNow: (days: number) => `Keep ${countOf(days, "day")} from today`,
  extended: (iso: string) => `Kept until ${formatDay(iso)}.`,
};
