import { connect } from "@/lib/db/client";
import { testJobs } from "./test-jobs";
import { startWorker } from "./worker";

/** A worker process for tests: `node --import tsx test-worker.ts <database url>`. */
const url = process.argv[2];
if (url === undefined) throw new Error("Which database?");
await startWorker({ url, db: connect(url, 2), jobs: testJobs });
process.send?.("ready");
