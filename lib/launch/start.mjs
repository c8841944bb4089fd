import { prepareAndRun } from "./prepare.mjs";

await prepareAndRun("lib/launch/run.ts");
