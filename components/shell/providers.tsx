"use client";

import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Toaster } from "@/components/ui/toaster";
import { TooltipLayer } from "@/components/ui/tooltip-layer";
import { ApiError } from "@/lib/http/fetch-json";

/** Pages of one group and of the next share what they have read. */
let clientOfThisTab: QueryClient | undefined;

/** What our own pages need around them: the cache of the API, tooltips, toasts. Pages for visitors do without. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() =>
    typeof window === "undefined" ? createQueryClient() : (clientOfThisTab ??= createQueryClient()),
  );
  return (
    <QueryClientProvider client={client}>
      {children}
      <TooltipLayer />
      <Toaster />
    </QueryClientProvider>
  );
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && isWorthARetry(error) },
    },
  });
}

/** No answer and server trouble may pass; a refusal stays one. */
function isWorthARetry(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

/** A session that ended sends to the sign-in page, and back to where one was. */
function leaveWhenSignedOut(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  if (location.pathname.startsWith("/signin")) return;
  const ended = error.message.includes("session has ended") ? "&ended=1" : "";
  location.assign(`/signin?next=${encodeURIComponent(location.pathname + location.search)}${ended}`);
}
