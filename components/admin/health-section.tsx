"use client";

import type { ReactNode } from "react";
import { adminText as text } from "@/components/strings/admin";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { FactsList } from "@/components/ui/facts-list";
import { RichText } from "@/components/ui/rich-text";
import { StatusLine } from "@/components/ui/status-line";
import { useNow } from "@/components/ui/use-now";
import { formatAgo, formatBytes, formatCount, formatDuration } from "@/lib/format";
import { RowsWaiting } from "./rows-waiting";
import { useHealth } from "./use-admin";
import type { HealthView } from "./wire";

const megabyte = 1024 * 1024;
const code = { code: (words: string) => <code>{words}</code> };

/** Whether everything works; looks again by itself. */
export function HealthSection() {
  const { data: health, error, refetch } = useHealth();
  const now = useNow();
  if (error) return <ApiErrorBlock title={text.healthFailed} error={error} onRetry={() => void refetch()} />;
  if (health === undefined) return <RowsWaiting />;
  const ago = (iso: string) => formatAgo(iso, Math.max(now, Date.parse(health.checked_at)));
  const isFine = health.status === "ok";
  return (
    <section aria-label={text.tabs.health} className="grid gap-8">
      <p role="status" className="flex flex-wrap items-baseline gap-x-3">
        <StatusLine tone={isFine ? "done" : "failed"} className="text-3 font-strong whitespace-normal">
          {isFine ? text.healthOk : text.healthDegraded}
        </StatusLine>
        <span className="num text-2 text-ink-3">{text.healthChecked(ago(health.checked_at))}</span>
      </p>
      <div className="grid gap-x-12 gap-y-8 mid:grid-cols-2">
        <Workers workers={health.workers} ago={ago} />
        <Queue queue={health.queue} />
        <Database database={health.database} />
        <Files storage={health.storage} />
        <Models models={health.models} />
        <Process health={health} />
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 content-start gap-2">
      <h2 className="border-b border-line pb-1">{title}</h2>
      {children}
    </section>
  );
}

function Workers({ workers, ago }: { workers: HealthView["workers"]; ago: (iso: string) => string }) {
  return (
    <Part title={text.workers}>
      {workers.some(({ is_alive }) => is_alive) ? null : (
        <p className="text-2 text-danger">
          {text.workersNone} <RichText text={text.workersFix} parts={code} />
        </p>
      )}
      <ul className="num grid gap-2 text-2">
        {workers.slice(0, 8).map(({ id, is_alive, started_at, seen_at }) => (
          <li key={id}>
            <StatusLine tone={is_alive ? "done" : "stopped"}>
              {is_alive ? text.workerAlive : text.workerGone}
            </StatusLine>
            <span className="ml-2 text-ink-3">{text.workerSeen(ago(started_at), ago(seen_at))}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Queue({ queue }: { queue: HealthView["queue"] }) {
  const { waiting, running, oldest_waiting_seconds: oldest, failed_last_day: failed } = queue;
  return (
    <Part title={text.queue}>
      <FactsList
        facts={[
          { label: text.queueWaiting, value: text.jobs(waiting) },
          { label: text.queueRunning, value: text.jobs(running) },
          { label: text.queueOldest, value: oldest === null ? text.queueIdle : formatDuration(oldest) },
        ]}
      />
      {failed.length === 0 ? (
        <p className="text-2 text-ink-3">{text.failedNone}</p>
      ) : (
        <>
          <h3>{text.failed}</h3>
          <ul className="grid gap-2 text-2">
            {failed.map(({ name, count, last_error }) => (
              <li key={name}>
                <p>{text.failedOf(name, count)}</p>
                <p className="[overflow-wrap:anywhere] text-ink-3">{last_error ?? text.failedNoReason}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

function Database({ database }: { database: HealthView["database"] }) {
  const { version, size_mb, connections, max_connections, took_ms } = database;
  return (
    <Part title={text.database}>
      <FactsList
        facts={[
          { label: text.version, value: version },
          { label: text.size, value: formatBytes(size_mb * megabyte) },
          {
            label: text.connections,
            value: text.connectionsOf(formatCount(connections), formatCount(max_connections)),
          },
          { label: text.took, value: text.ms(formatCount(took_ms)) },
        ]}
      />
    </Part>
  );
}

function Files({ storage }: { storage: HealthView["storage"] }) {
  return (
    <Part title={text.storage}>
      {storage.is_ok ? null : <p className="text-2 text-danger">{text.storageFailed(storage.error ?? "")}</p>}
      <FactsList
        facts={[
          { label: text.storageWhere, value: text.storageKinds[storage.kind] },
          ...(storage.is_ok ? [{ label: text.storageOk, value: text.ms(formatCount(storage.took_ms)) }] : []),
        ]}
      />
    </Part>
  );
}

function Models({ models }: { models: HealthView["models"] }) {
  const server = ({ status, error, models: count }: HealthView["models"]["servers"][number]) =>
    status === "ok"
      ? text.serverModels(count)
      : status === "unasked"
        ? text.serverUnasked
        : text.serverFailed(error ?? "");
  return (
    <Part title={text.models}>
      <FactsList
        facts={[
          { label: text.modelChat, value: models.chat ?? text.modelNone },
          { label: text.modelCompile, value: models.compile ?? text.modelNone },
          ...models.servers.map((each) => ({ label: each.name, value: server(each) })),
        ]}
      />
    </Part>
  );
}

function Process({ health: { process, payments } }: { health: HealthView }) {
  return (
    <Part title={text.process}>
      <FactsList
        facts={[
          { label: text.node, value: process.node },
          { label: text.uptime, value: formatDuration(process.uptime_seconds) },
          { label: text.memory, value: formatBytes(process.memory_mb * megabyte) },
          { label: text.payments, value: text.paymentKinds[payments] },
        ]}
      />
    </Part>
  );
}
