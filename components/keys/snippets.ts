import { keysText } from "@/components/strings/keys";

export type Language = "curl" | "javascript" | "python";

export const languages: { value: Language; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "javascript", label: "JavaScript" },
  { value: "python", label: "Python" },
];

export const isLanguage = (value: string): value is Language => languages.some((language) => language.value === value);

export type SnippetParts = {
  publicUrl: string;
  /** its username */
  face: string;
  /** the key itself while it is shown, or how it begins */
  key: string;
};

/** A call that works as it stands, as long as the key in it is whole. */
export const snippets: Record<Language, (parts: SnippetParts) => string> = {
  curl: ({ publicUrl, face, key }) => `curl ${publicUrl}/v1/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${face}",
    "messages": [
      {"role": "user", "content": "${keysText.call.question}"}
    ]
  }'`,
  javascript: ({ publicUrl, face, key }) => `// npm install openai
import OpenAI from "openai";

const client = new OpenAI({
  apiKey: process.env.FACES_API_KEY ?? "${key}",
  baseURL: "${publicUrl}/v1",
});
const answer = await client.chat.completions.create({
  model: "${face}",
  messages: [{ role: "user", content: "${keysText.call.question}" }],
});
console.log(answer.choices[0].message.content);`,
  python: ({ publicUrl, face, key }) => `# pip install openai
import os
from openai import OpenAI

client = OpenAI(
    api_key=os.environ.get("FACES_API_KEY", "${key}"),
    base_url="${publicUrl}/v1",
)
answer = client.chat.completions.create(
    model="${face}",
    messages=[{"role": "user", "content": "${keysText.call.question}"}],
)
print(answer.choices[0].message.content)`,
};

/** What the test call sends, and the snippets show. */
export function bodyOf(face: string) {
  return { model: face, messages: [{ role: "user", content: keysText.call.question }] };
}

/** A file for programs that read their settings from one; OpenAI's SDKs find theirs in it too. */
export function envFile(publicUrl: string, key: string): string {
  const settings = { FACES_API_KEY: key, FACES_BASE_URL: `${publicUrl}/v1` };
  const openAi = { OPENAI_API_KEY: key, OPENAI_BASE_URL: `${publicUrl}/v1` };
  return Object.entries({ ...settings, ...openAi })
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
