import { connect } from "@/lib/db/client";
import { startWorker } from "@/lib/jobs/worker";
import { makePortraits } from "./make-portraits.job";

/** A worker process for tests: `node --import tsx order-test-worker.ts <database url>`. */
const url = process.argv[2];
if (url === undefined) throw new Error("Which database?");
await startWorker({ url, db: connect(url, 2), jobs: [makePortraits], sweepMs: 50 });
process.send?.("ready");
