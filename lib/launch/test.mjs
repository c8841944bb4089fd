import { prepareAndRun } from "./prepare.mjs";

await prepareAndRun("lib/launch/run-tests.ts");
