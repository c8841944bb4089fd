import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import next from "next";
import { rememberRows } from "@/lib/auth/memory";
import { closePool } from "@/lib/compute/pool";
import { db } from "@/lib/db/client";
import { findFramers } from "@/lib/embed/find-framers";
import { env } from "@/lib/env";
import { frontServer } from "@/lib/http/front-server";
import { log } from "@/lib/log";
import { hotRoutes } from "./web-routes";

/*
 * The web process: one server and one port, the pages by Next and the busiest routes without it. The build bundles
 * this file to .next/faces-web.cjs (lib/launch/web-build.ts).
 */

/** The launcher ends this process after ten seconds; what was cut off by then has to be written down before. */
const STOP_TIMEOUT_MS = 8_000;

void main().catch((error: unknown) => {
  log.error("The web process did not start", { error });
  process.exit(1);
});

async function main(): Promise<void> {
  const { PORT, HOST } = env();
  const pages = next({ dev: false, dir: process.cwd(), hostname: HOST, port: PORT });
  const answerPages = pages.prepare().then(() => pages.getRequestHandler());
  const front = frontServer(
    hotRoutes,
    (incoming, outgoing) => void answerPage(answerPages, incoming, outgoing),
    findFramers,
  );
  const stopRemembering = rememberRows();

  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await front.stop(STOP_TIMEOUT_MS);
    await stopRemembering();
    await closePool();
    await db().$disconnect();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        log.error("The web process did not stop cleanly", { error });
        process.exit(1);
      });
    });
  }

  front.server.listen(PORT, HOST);
  await once(front.server, "listening");
  await answerPages;
}

type Pages = ReturnType<ReturnType<typeof next>["getRequestHandler"]>;

async function answerPage(pages: Promise<Pages>, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const answer = await pages;
    await answer(incoming, outgoing);
  } catch (error) {
    log.error("a page could not be answered", { method: incoming.method, url: incoming.url, error });
    outgoing.destroy();
  }
}
