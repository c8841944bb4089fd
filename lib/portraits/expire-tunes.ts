import type { Db } from "@/lib/db/client";
import { removeTune } from "./delete-tune";

const tunesPerSweep = 200;
const deliveriesPerSweep = 5_000;
const logDays = 30;

/** Removes tunes whose time is over, with all that was made of them. @returns how many */
export async function expireTunes(db: Db): Promise<number> {
  const over = await db.tune.findMany({
    where: { expiresAt: { lte: new Date() } },
    select: { id: true },
    orderBy: { expiresAt: "asc" },
    take: tunesPerSweep,
  });
  for (const { id } of over) await removeTune(db, id);
  return over.length;
}

/** Removes what callbacks were told more than thirty days ago. @returns how many */
export function sweepDeliveries(db: Db): Promise<number> {
  return db.$executeRaw`
    DELETE FROM callback_deliveries WHERE id IN (
      SELECT id FROM callback_deliveries WHERE created_at < now() - make_interval(days => ${logDays})
      ORDER BY created_at LIMIT ${deliveriesPerSweep})`;
}
