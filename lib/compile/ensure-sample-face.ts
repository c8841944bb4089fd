import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { runTask } from "@/lib/compute/pool";
import type { Db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { newId } from "@/lib/ids";
import { syncFace } from "./sync-face.job";

const Facts = z.object({
  username: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  pronouns: z.string(),
  basic_facts: z.string(),
});

const sources = [
  { file: "journal.md", label: "Journal", type: "document", perspective: "first-person", mimeType: "text/markdown" },
  {
    file: "interview.md",
    label: "Interview",
    type: "document",
    perspective: "third-person",
    mimeType: "text/markdown",
  },
  {
    file: "thread.txt",
    label: "Chat with a colleague",
    type: "thread",
    perspective: "first-person",
    mimeType: "text/plain",
  },
] as const;

/**
 * Puts the sample face into an installation that has none, and queues its compiling, so that there is somebody to
 * talk to within a minute. It belongs to nobody; whoever wants to change it makes a copy.
 *
 * Called by every worker at its start; one of them finds it missing.
 */
export async function ensureSampleFace(db: Db): Promise<void> {
  const folder = join(process.cwd(), "lib", "faces", "sample");
  const facts = Facts.parse(JSON.parse(await readFile(join(folder, "facts.json"), "utf8")));
  if ((await db.face.findFirst({ where: { accountId: null, username: facts.username } })) !== null) return;
  const documents = await Promise.all(sources.map((source) => readSource(folder, source, facts.name)));
  await transaction(db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('faces.sample'))`;
    if ((await tx.face.findFirst({ where: { accountId: null, username: facts.username } })) !== null) return;
    const id = newId("face");
    const { username, name, aliases, pronouns, basic_facts: basicFacts } = facts;
    await tx.face.create({ data: { id, username, name, aliases, pronouns, basicFacts } });
    for (const { content, ...document } of documents) {
      const versions = { create: { version: 1, content } };
      await tx.document.create({
        data: { ...document, id: newId("document"), faceId: id, queuedVersion: 1, versions },
      });
    }
    await syncFace.enqueue(tx, { faceId: id, apiKeyId: null });
  });
}

async function readSource(folder: string, { file, ...source }: (typeof sources)[number], name: string) {
  const content = await readFile(join(folder, file), "utf8");
  const measured = await runTask("measureText", { text: content, type: source.type });
  const isFace = (speaker: string) => name.toLowerCase().startsWith(speaker.toLowerCase());
  return {
    ...source,
    content,
    source: "upload",
    contentHash: createHash("sha256").update(content).digest("hex"),
    tokenCount: measured.tokens,
    chunksTotal: measured.chunks,
    speakers: measured.speakers,
    faceSpeaker: measured.speakers.find(isFace) ?? null,
  };
}
