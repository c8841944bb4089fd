"use client";

import { toast } from "@/components/ui/toast";
import { signOut } from "@/components/shell/sign-out";
import { settingsText as text } from "@/components/strings/settings";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Skeleton } from "@/components/ui/skeleton";
import { useNow } from "@/components/ui/use-now";
import { formatAgo, formatDay } from "@/lib/format";
import { readUserAgent } from "./user-agent";
import { useEndOtherSessions, useEndSession, useSessions } from "./use-settings";
import type { SessionView } from "./wire";

/** Where the account is signed in; this device first, the others by their last use. */
export function SessionsSection() {
  const sessions = useSessions();
  const endOthers = useEndOtherSessions();
  const all = sessions.data?.pages.flatMap(({ data }) => data);
  const others = all?.filter(({ is_current }) => !is_current).length ?? 0;
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="mr-auto">{text.sessionsTitle}</h2>
        {others > 0 ? (
          <Button
            disabled={endOthers.isPending}
            onClick={() =>
              endOthers.mutate(undefined, { onSuccess: ({ revoked }) => toast(text.sessionsEnded(revoked)) })
            }
          >
            {sessions.hasNextPage ? text.sessionsEndMany : text.sessionsEndOthers(others)}
          </Button>
        ) : null}
      </div>
      <p className="measure text-2 text-ink-2">{text.sessionsWhat}</p>
      {endOthers.error ? <ApiErrorBlock title={text.sessionEndFailed} error={endOthers.error} /> : null}
      {sessions.error ? (
        <ApiErrorBlock title={text.sessionsFailed} error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : all === undefined ? (
        <div aria-hidden className="flex h-16 items-center border-y border-line">
          <Skeleton className="w-60" />
        </div>
      ) : (
        <ul aria-label={text.sessionsTitle} className="border-y border-line">
          {all.toSorted(thisFirst).map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      {sessions.hasNextPage ? (
        <Button className="w-fit" disabled={sessions.isFetching} onClick={() => void sessions.fetchNextPage()}>
          {text.sessionsMore}
        </Button>
      ) : null}
    </section>
  );
}

const thisFirst = (one: SessionView, other: SessionView): number =>
  Number(other.is_current) - Number(one.is_current) || (one.last_seen_at < other.last_seen_at ? 1 : -1);

function SessionRow({ session }: { session: SessionView }) {
  const end = useEndSession();
  const now = useNow();
  const name = nameOf(session.user_agent);
  return (
    <li className="flex min-h-16 flex-wrap items-center mid:flex-nowrap gap-3 border-t border-line py-2 first:border-t-0">
      <div className="mr-auto min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-strong" title={session.user_agent ?? undefined}>
          {name}
          {session.is_current ? <Chip>{text.sessionThis}</Chip> : null}
        </p>
        <p className="num text-2 text-ink-3">
          {[
            text.sessionBy[session.method],
            text.sessionSeen(formatAgo(session.last_seen_at, Math.max(now, Date.parse(session.last_seen_at)))),
            text.sessionSince(formatDay(session.created_at)),
            text.sessionUntil(formatDay(session.expires_at)),
          ].join(", ")}
        </p>
        {end.error ? <ApiErrorBlock title={text.sessionEndFailed} error={end.error} /> : null}
      </div>
      {session.is_current ? (
        <Button look="ghost" onClick={() => void signOut()}>
          {text.signOut}
        </Button>
      ) : (
        <Button
          aria-label={text.sessionEndOf(name)}
          disabled={end.isPending}
          onClick={() => end.mutate(session.id, { onSuccess: () => toast(text.sessionEnded) })}
        >
          {text.sessionEnd}
        </Button>
      )}
    </li>
  );
}

function nameOf(userAgent: string | null): string {
  const { browser, system } = readUserAgent(userAgent);
  if (browser === null) return userAgent ? userAgent.slice(0, 60) : text.sessionUnknown;
  return system === null ? browser : text.sessionOn(browser, system);
}
