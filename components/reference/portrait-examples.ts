import type { Examples } from "./request-examples";

/** A form as Rails names its fields: text by its value, files by the name of one. */
type RailsForm = { text: Record<string, string>; files: [string, string][] };

/** Routes that take forms with photos, as Astria's clients send them. */
export function portraitExamples(id: string, origin: string): Partial<Examples> {
  const form = forms[id];
  return form === undefined ? {} : examplesOf(`${origin}${form.path}`, form);
}

const photos: [string, string][] = [
  ["images[]", "1.jpg"],
  ["images[]", "2.jpg"],
];
const ofTune = (files: [string, string][]): [string, string][] =>
  files.map(([name, file]) => [`tune[${name.replace("[]", "")}][]`, file]);

const forms: Record<string, RailsForm & { path: string }> = {
  createATune: {
    path: "/tunes",
    text: { "tune[title]": "John Doe", "tune[name]": "man", "tune[model_type]": "faceid" },
    files: ofTune(photos),
  },
  makePortraits: {
    path: "/tunes/690204/prompts",
    text: { "prompt[text]": "<faceid:10000001:1> man trekking in the alps", "prompt[num_images]": "2" },
    files: [],
  },
  checkPhotos: { path: "/v1/portraits/photos", text: {}, files: photos },
  addAPersonWithPhotos: {
    path: "/v1/portraits/tunes",
    text: { title: "John Doe", face: "alice", consent: "John Doe agrees to this." },
    files: photos,
  },
};

function examplesOf(url: string, { text, files }: RailsForm): Examples {
  const fields = Object.entries(text);
  // curl takes a value that begins with < for the name of a file
  const curl = [
    `curl "${url}"`,
    `-H "Authorization: Bearer $FACES_API_KEY"`,
    ...fields.map(([name, value]) => `--form-string "${name}=${value}"`),
    ...files.map(([name, file]) => `-F "${name}=@${file}"`),
  ].join(" \\\n  ");
  const javascript = [
    ...(files.length > 0 ? [`import { openAsBlob } from "node:fs";`, ""] : []),
    "const form = new FormData();",
    ...fields.map(([name, value]) => `form.append("${name}", "${value}");`),
    ...files.map(([name, file]) => `form.append("${name}", await openAsBlob("${file}"), "${file}");`),
    `const response = await fetch("${url}", {`,
    `  method: "POST",`,
    "  headers: { Authorization: `Bearer ${process.env.FACES_API_KEY}` },",
    "  body: form,",
    "});",
    "console.log(await response.json());",
  ].join("\n");
  const python = [
    "import os",
    "import requests",
    "",
    "response = requests.post(",
    `    "${url}",`,
    `    headers={"Authorization": f"Bearer {os.environ['FACES_API_KEY']}"},`,
    ...(fields.length > 0 ? ["    data={", ...fields.map(([n, v]) => `        "${n}": "${v}",`), "    },"] : []),
    ...(files.length > 0
      ? ["    files=[", ...files.map(([n, file]) => `        ("${n}", open("${file}", "rb")),`), "    ],"]
      : []),
    ")",
    "print(response.json())",
  ].join("\n");
  return { curl, javascript, python };
}
