import { usdFromMicroUsd } from "@/lib/billing/money";
import type { DbOrTransaction, Prisma } from "@/lib/db/client";
import { publicUrl } from "@/lib/env";
import { signedUrl } from "@/lib/storage/signed-file";
import { z } from "zod";
import { ratioOf } from "./order-size";
import { IgnoredWords, PromptOptions, PromptStatus, type PromptView, UnderstoodWords } from "./prompt-schemas";

type Row = Prisma.PromptGetPayload<object>;
type PortraitRow = Prisma.PortraitGetPayload<object>;

/** What stands in a prompt's row as JSON. */
export function toldOf(row: Pick<Row, "options" | "understood" | "ignored" | "notes" | "status">) {
  return {
    options: PromptOptions.parse(row.options),
    understood: z.array(UnderstoodWords).parse(row.understood),
    ignored: z.array(IgnoredWords).parse(row.ignored),
    notes: z.array(z.string()).parse(row.notes),
    status: PromptStatus.parse(row.status),
  };
}

/** Orders as Astria's clients read them, with addresses that work from anywhere. One query, however many. */
export async function toPromptViews(db: DbOrTransaction, rows: readonly Row[]): Promise<PromptView[]> {
  const portraits = await portraitsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => view(row, portraits.get(row.id) ?? []));
}

/** One order, for whoever knows its number; null where it is gone. */
export async function promptViewById(db: DbOrTransaction, id: number): Promise<PromptView | null> {
  const row = await db.prompt.findUnique({ where: { id } });
  return row === null ? null : ((await toPromptViews(db, [row]))[0] ?? null);
}

/** The portraits of orders, in their order. */
export async function portraitsOf(db: DbOrTransaction, promptIds: number[]): Promise<Map<number, PortraitRow[]>> {
  const rows = await db.portrait.findMany({ where: { promptId: { in: promptIds } }, orderBy: { position: "asc" } });
  return Map.groupBy(rows, ({ promptId }) => promptId);
}

function view(row: Row, portraits: PortraitRow[]): PromptView {
  const { options, ...told } = toldOf(row);
  const isDone = told.status === "done";
  return {
    id: row.id,
    callback: row.callback,
    text: row.text,
    negative_prompt: row.negativeText,
    cfg_scale: options.cfg_scale,
    steps: options.steps,
    seed: Number(row.seed),
    super_resolution: options.super_resolution,
    ar: (row.inputKey === null ? options.aspect_ratio : null) ?? ratioOf(row),
    num_images: row.count,
    controlnet_conditioning_scale: options.controlnet_conditioning_scale,
    controlnet_txt2img: options.controlnet_txt2img,
    denoising_strength: options.denoising_strength,
    trained_at: isDone ? (row.endedAt?.toISOString() ?? null) : null,
    started_training_at: row.startedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    tune_id: row.tuneId,
    url: new URL(`/tunes/${row.tuneId}/prompts/${row.id}.json`, publicUrl()).href,
    images: portraits.map(({ id }) => signedUrl({ kind: "portraits", id })),
    user_error: row.userError,
    w: row.width,
    h: row.height,
    style: options.style,
    face_correct: options.face_correct,
    face_swap: options.face_swap,
    inpaint_faces: options.inpaint_faces,
    engine: row.engine,
    status: told.status,
    identity_scores: portraits.map(({ identityScore }) => identityScore),
    understood: told.understood,
    ignored: told.ignored,
    notes: told.notes,
    cost_usd: usdFromMicroUsd(row.costMicroUsd),
  };
}
