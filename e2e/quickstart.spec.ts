import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "./fixtures";
import { until } from "./api";

const run = promisify(execFile);

const journal = `March 3rd. I moved to Berlin eleven years ago and I still love it more than any city I have lived in.
Berlin rewards people who are comfortable with ambiguity, and I am one of them.

I grew up in a small town above a bakery, and I wake at five because of it. I always sketch on paper before I touch
a screen. What matters most to me in my work is that nobody feels stupid in front of a thing I made. I hate mood
boards. When a client flatters me I get suspicious. I never answer e-mail before noon.
`;

/** The commands of the published quickstart, as printed there. Only host, address, signature and ids are filled in. */
const commands = {
  nonce: `curl https://api.faces.sh/auth/nonce/0xYOUR_WALLET_ADDRESS`,
  verify: `curl -X POST https://api.faces.sh/auth/verify \\
-H "Content-Type: application/json" \\
-d '{
"address": "0xYOUR_WALLET_ADDRESS",
"signature": "0xYOUR_SIGNATURE",
"nonce": "NONCE_FROM_STEP_1"
}'`,
  key: `curl -X POST https://api.faces.sh/v1/api-keys \\
-H "Authorization: Bearer YOUR_JWT" \\
-H "Content-Type: application/json" \\
-d '{"name": "my-app"}'`,
  face: `curl -X POST https://api.faces.sh/v1/faces \\
-H "Authorization: Bearer YOUR_API_KEY" \\
-H "Content-Type: application/json" \\
-d '{
"username": "alice",
"basic_facts": "Alice is a product designer in her 30s based in Berlin."
}'`,
  upload: `curl -X POST https://api.faces.sh/v1/faces/face_abc123/upload \\
-H "Authorization: Bearer YOUR_API_KEY" \\
-F "file=@alice_journal.txt" \\
-F "type=document"`,
  sync: `curl -X POST https://api.faces.sh/v1/faces/face_abc123/sync \\
-H "Authorization: Bearer YOUR_API_KEY"`,
  poll: `curl https://api.faces.sh/v1/faces/face_abc123 \\
-H "Authorization: Bearer YOUR_API_KEY"`,
  chat: `curl -X POST https://api.faces.sh/v1/chat/completions \\
-H "Authorization: Bearer YOUR_API_KEY" \\
-H "Content-Type: application/json" \\
-d '{
"model": "alice",
"messages": [
{"role": "user", "content": "What do you think about Berlin?"}
]
}'`,
  quota: `curl https://api.faces.sh/v1/billing/compile-quota \\
-H "Authorization: Bearer YOUR_API_KEY"`,
};

test("the quickstart as printed, with curl, ends in an answer that rests on the uploaded text", async ({
  keyless,
  wallet,
  folder,
}) => {
  await writeFile(join(folder, "alice_journal.txt"), journal);
  const filled: Record<string, string> = {
    "https://api.faces.sh": keyless.url,
    "0xYOUR_WALLET_ADDRESS": wallet.address,
  };
  const curl = async <T>(command: string): Promise<T> => {
    let text = command.replace(/^curl /, "curl -sS --fail-with-body ");
    for (const [printed, real] of Object.entries(filled)) text = text.replaceAll(printed, real);
    const { stdout } = await run("bash", ["-c", text], { cwd: folder });
    return JSON.parse(stdout) as T;
  };

  const { data: challenge } = await curl<{ data: { nonce: string } }>(commands.nonce);
  filled["NONCE_FROM_STEP_1"] = challenge.nonce;
  filled["0xYOUR_SIGNATURE"] = await wallet.signMessage({ message: challenge.nonce });
  const { data: token } = await curl<{ data: { access_token: string } }>(commands.verify);
  filled["YOUR_JWT"] = token.access_token;

  const { data: key } = await curl<{ data: { key: string; name: string; created_at: string } }>(commands.key);
  expect(key).toMatchObject({
    key: expect.stringMatching(/^sk-faces-/),
    name: "my-app",
    created_at: expect.any(String),
  });
  filled["YOUR_API_KEY"] = key.key;

  const { data: face } = await curl<{ data: { id: string } }>(commands.face);
  expect(face).toMatchObject({
    id: expect.stringMatching(/^face_/),
    username: "alice",
    basic_facts: "Alice is a product designer in her 30s based in Berlin.",
    default_model: null,
  });
  filled["face_abc123"] = face.id;

  const { data: document } = await curl<{ data: { id: string; token_count: number } }>(commands.upload);
  expect(document).toMatchObject({ id: expect.stringMatching(/^doc_/), status: "pending", label: "alice_journal.txt" });
  const { data: sync } = await curl<{ data: object }>(commands.sync);
  expect(sync).toMatchObject({ sync_status: "syncing", documents: 1, tokens_estimated: document.token_count });
  await until(async () => {
    const { data } = await curl<{ data: { sync_status: string } }>(commands.poll);
    return data.sync_status === "synced" ? data : null;
  }, "sync_status synced");

  const answer = await curl<{ choices: { message: { content: string } }[] }>(commands.chat);
  expect(answer).toMatchObject({
    id: expect.stringMatching(/^chatcmpl-/),
    object: "chat.completion",
    choices: [{ message: { role: "assistant" }, finish_reason: "stop" }],
    usage: { total_tokens: expect.any(Number) },
  });
  expect(answer.choices[0]?.message.content).toContain("Berlin");
  expect(answer.choices[0]?.message.content).toMatch(/ambiguity|love it more than any city/);

  const { data: quota } = await curl<{ data: { tokens_used: number; faces: object[] } }>(commands.quota);
  expect(quota.tokens_used).toBe(document.token_count);
  expect(quota.faces).toContainEqual({
    face_id: face.id,
    username: "alice",
    tokens_in_graph: document.token_count,
    tokens_charged_period: document.token_count,
    tokens_charged_alltime: document.token_count,
  });
});
