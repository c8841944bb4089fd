import { usdFromMicroUsd } from "@/lib/billing/money";
import type { DbOrTransaction } from "@/lib/db/client";
import { hasLiveWorker } from "@/lib/jobs/queue";
import { makePortraitsName, OrderProgress } from "./make-progress";
import type { OrderView } from "./portrait-schemas";
import { peopleOf, type PromptWithPeople, toPortraitView } from "./portrait-view";
import { toldOf } from "./prompt-view";

type Live = { progress: Map<number, OrderProgress>; hasWorker: boolean };

/** Orders as pages show them, with how far they are now. Three queries, however many. */
export async function toOrderViews(db: DbOrTransaction, rows: readonly PromptWithPeople[]): Promise<OrderView[]> {
  const ids = rows.map(({ id }) => id);
  const portraits = await db.portrait.findMany({
    where: { promptId: { in: ids } },
    orderBy: { position: "asc" },
    include: { pictureOf: { select: { id: true } } },
  });
  const live = await readLive(db, rows);
  return rows.map((row) => {
    const own = portraits.filter(({ promptId }) => promptId === row.id);
    return { ...view(row, live), portraits: own.map((portrait) => toPortraitView({ ...portrait, prompt: row })) };
  });
}

/** One order. */
export async function toOrderView(db: DbOrTransaction, row: PromptWithPeople): Promise<OrderView> {
  const [only] = await toOrderViews(db, [row]);
  if (only === undefined) throw new RangeError("One order in, one view out.");
  return only;
}

async function readLive(db: DbOrTransaction, rows: readonly PromptWithPeople[]): Promise<Live> {
  const active = rows.filter(({ status }) => status === "queued" || status === "running").map(({ id }) => String(id));
  if (active.length === 0) return { progress: new Map(), hasWorker: true };
  const where = { name: makePortraitsName, key: { in: active }, status: { in: ["queued", "running"] } };
  const jobs = await db.job.findMany({ where, select: { key: true, progress: true } });
  const told = jobs.flatMap(({ key, progress }) => {
    const read = OrderProgress.safeParse(progress);
    return read.success ? [[Number(key), read.data] as const] : [];
  });
  return { progress: new Map(told), hasWorker: await hasLiveWorker(db) };
}

const ended = { done: 1, failed: 0, cancelled: 0 } as const;

function view(row: PromptWithPeople, { progress, hasWorker }: Live): Omit<OrderView, "portraits"> {
  const { options, status, ...told } = toldOf(row);
  const now = progress.get(row.id) ?? { done: 0, stage: "queued" };
  const isActive = status === "queued" || status === "running";
  return {
    id: row.id,
    status,
    progress: isActive ? now.done : ended[status],
    stage: isActive ? now.stage : status,
    has_worker: hasWorker,
    text: row.text,
    negative_prompt: row.negativeText,
    engine: row.engine,
    seed: Number(row.seed),
    width: row.width,
    height: row.height,
    count: row.count,
    style: options.style,
    super_resolution: options.super_resolution,
    face_correct: options.face_correct,
    face_swap: options.face_swap,
    has_input_image: row.inputKey !== null,
    is_mock: row.isMock,
    ...peopleOf(row),
    ...told,
    user_error: row.userError,
    cost_usd: usdFromMicroUsd(row.costMicroUsd),
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    ended_at: row.endedAt?.toISOString() ?? null,
  };
}
