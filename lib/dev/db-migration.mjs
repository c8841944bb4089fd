import { prepareAndRun } from "../launch/prepare.mjs";

await prepareAndRun("lib/dev/new-migration.ts");
