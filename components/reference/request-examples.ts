import type { OpenApiDocument } from "@/lib/openapi/document-types";
import { exampleObject, exampleOf } from "./example-value";
import { portraitExamples } from "./portrait-examples";
import { parametersOf, type RouteView } from "./reference-data";

export type Language = "curl" | "javascript" | "python";
export type Examples = Record<Language, string>;

export const languages: { value: Language; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "javascript", label: "JavaScript" },
  { value: "python", label: "Python" },
];

/** A request as the examples write it in each language. */
type Written = {
  method: string;
  url: string;
  isOpen: boolean;
  body: Record<string, unknown> | null;
  /** names of form fields with their values; `file` is a file's name */
  form: Record<string, string> | null;
};

/** How to call a route, in three languages; the chat routes with the SDKs that they are made for. */
export function examplesOf(document: OpenApiDocument, route: RouteView): Examples {
  const written = write(document, route);
  const plain = { curl: toCurl(written), javascript: toJavaScript(written), python: toPython(written) };
  const origin = document.servers[0]?.url ?? "";
  return { ...plain, ...sdkExamples(route.id, origin), ...portraitExamples(route.id, origin) };
}

function write(document: OpenApiDocument, { method, path, operation }: RouteView): Written {
  const parameters = parametersOf(document, operation);
  const inPath = Object.fromEntries(
    parameters.flatMap((one) => (one.in === "path" ? [[one.name, exampleOf(document, one.name, one.schema)]] : [])),
  );
  const asked = parameters
    .filter((one) => one.in === "query" && one.required)
    .map((one) => `${one.name}=${String(exampleOf(document, one.name, one.schema))}`);
  const filled = path.replace(/\{(\w+)\}/gu, (_all, name: string) => String(inPath[name]));
  const content = operation.requestBody?.content ?? {};
  const json = content["application/json"]?.schema;
  const form = content["multipart/form-data"]?.schema;
  // what takes both is shown with JSON
  const fields = form === undefined || json !== undefined ? null : exampleObject(document, form, 0, "required");
  return {
    method,
    url: `${document.servers[0]?.url ?? ""}${filled}${asked.length === 0 ? "" : `?${asked.join("&")}`}`,
    isOpen: operation.security.length === 0,
    body: json === undefined ? null : exampleObject(document, json, 0, "required"),
    form: fields && Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
  };
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

function toCurl({ method, url, isOpen, body, form }: Written): string {
  const parts = [
    `curl ${method === "GET" || (method === "POST" && (body || form)) ? "" : `-X ${method} `}"${url}"`,
    ...(isOpen ? [] : [`-H "Authorization: Bearer $FACES_API_KEY"`]),
    ...(body ? [`-H "Content-Type: application/json"`, `-d '${pretty(body).replaceAll("\n", "\n  ")}'`] : []),
    ...Object.entries(form ?? {}).map(([name, value]) => `-F ${name}=${name === "file" ? "@" : ""}${value}`),
  ];
  return parts.join(" \\\n  ");
}

function toJavaScript({ method, url, isOpen, body, form }: Written): string {
  const indent = (text: string) => text.replaceAll("\n", "\n  ");
  const headers = [
    ...(isOpen ? [] : ["    Authorization: `Bearer ${process.env.FACES_API_KEY}`,"]),
    ...(body ? [`    "Content-Type": "application/json",`] : []),
  ];
  const before = form ? formInJavaScript(form) : [];
  const options = [
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...(headers.length === 0 ? [] : ["  headers: {", ...headers, "  },"]),
    ...(body ? [`  body: JSON.stringify(${indent(pretty(body))}),`] : []),
    ...(form ? ["  body: form,"] : []),
  ];
  const call =
    options.length === 0
      ? [`const response = await fetch("${url}");`]
      : [`const response = await fetch("${url}", {`, ...options, "});"];
  return [...before, ...call, "console.log(await response.json());"].join("\n");
}

function formInJavaScript(form: Record<string, string>): string[] {
  const fields = Object.entries(form).map(([name, value]) =>
    name === "file"
      ? `form.set("file", await openAsBlob("${value}"), "${value}");`
      : `form.set("${name}", "${value}");`,
  );
  return [`import { openAsBlob } from "node:fs";`, "", "const form = new FormData();", ...fields];
}

function toPython({ method, url, isOpen, body, form }: Written): string {
  const others = Object.entries(form ?? {}).filter(([name]) => name !== "file");
  const parts = [
    `    "${url}",`,
    ...(isOpen ? [] : [`    headers={"Authorization": f"Bearer {os.environ['FACES_API_KEY']}"},`]),
    ...(body ? [`    json=${inPython(body).replaceAll("\n", "\n    ")},`] : []),
    ...(form?.["file"] === undefined ? [] : [`    files={"file": open("${form["file"]}", "rb")},`]),
    ...(others.length === 0 ? [] : [`    data=${inPython(Object.fromEntries(others))},`]),
  ];
  const imports = isOpen ? ["import requests"] : ["import os", "import requests"];
  return [...imports, "", `response = requests.${method.toLowerCase()}(`, ...parts, ")", "print(response.json())"].join(
    "\n",
  );
}

function inPython(value: unknown): string {
  return pretty(value)
    .replaceAll(/\btrue\b/gu, "True")
    .replaceAll(/\bfalse\b/gu, "False")
    .replaceAll(/\bnull\b/gu, "None");
}

/** Routes that have an SDK of their own. */
function sdkExamples(id: string, origin: string): Partial<Examples> {
  const openAi = {
    javascript: `import OpenAI from "openai";

const client = new OpenAI({ apiKey: process.env.FACES_API_KEY, baseURL: "${origin}/v1" });`,
    python: `import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["FACES_API_KEY"], base_url="${origin}/v1")`,
  };
  const ask = `[{ role: "user", content: "Paper or screen?" }]`;
  const asked = `[{"role": "user", "content": "Paper or screen?"}]`;
  switch (id) {
    case "chatWithAFace":
      return {
        javascript: `${openAi.javascript}
const stream = await client.chat.completions.create({
  model: "alice",
  messages: ${ask},
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");`,
        python: `${openAi.python}
stream = client.chat.completions.create(
    model="alice",
    messages=${asked},
    stream=True,
)
for chunk in stream:
    print(chunk.choices[0].delta.content or "", end="")`,
      };
    case "createAResponse":
      return {
        javascript: `${openAi.javascript}
const response = await client.responses.create({ model: "alice", input: "Paper or screen?" });
console.log(response.output_text);`,
        python: `${openAi.python}
response = client.responses.create(model="alice", input="Paper or screen?")
print(response.output_text)`,
      };
    case "listModels":
      return {
        javascript: `${openAi.javascript}
for await (const model of client.models.list()) console.log(model.id);`,
        python: `${openAi.python}
for model in client.models.list():
    print(model.id)`,
      };
    case "sendAMessage":
      return anthropicExamples(origin, ask, asked);
    default:
      return {};
  }
}

function anthropicExamples(origin: string, ask: string, asked: string): Partial<Examples> {
  return {
    javascript: `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ apiKey: process.env.FACES_API_KEY, baseURL: "${origin}" });
const message = await client.messages.create({
  model: "alice",
  max_tokens: 300,
  messages: ${ask},
});
console.log(message.content[0].text);`,
    python: `import os
from anthropic import Anthropic

client = Anthropic(api_key=os.environ["FACES_API_KEY"], base_url="${origin}")
message = client.messages.create(
    model="alice",
    max_tokens=300,
    messages=${asked},
)
print(message.content[0].text)`,
  };
}
