"use client";

import { useCallback, useRef } from "react";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { portraitsText as text } from "@/components/strings/portraits";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/ui/use-url-state";
import type { FaceView } from "@/lib/faces/schemas";
import type { EngineView, OrderView, PortraitView } from "@/lib/portraits/portrait-schemas";
import type { TuneDetail } from "@/lib/portraits/tune-schemas";
import { OrderCell } from "./order-cell";
import { plainText } from "./order-text";
import { PhotosSection } from "./photos-section";
import { LoadingPortraits, PortraitGrid } from "./portrait-grid";
import { PromptForm } from "./prompt-form";
import { isUnderWay, useEngines, useOrders, usePortraits } from "./use-portraits";
import { usePrompt } from "./use-prompt";
import { newSet } from "./set-head";
import { useTunes } from "./use-tunes";

/** The studio of a face: photos of the person on one side, what is made of them on the other. */
export function PortraitsTab({ face }: { face: FaceView }) {
  if (face.is_sample) {
    return (
      <EmptyState figure={<Fingerprint data={face.fingerprint} size={96} />} title={text.sampleTitle}>
        {text.sample}
      </EmptyState>
    );
  }
  return <OwnPortraits face={face} />;
}

function OwnPortraits({ face }: { face: FaceView }) {
  const tunes = useTunes(face.username);
  const engines = useEngines();
  const [asked, setAsked] = useUrlState("photos");
  const error = tunes.error ?? engines.error;
  if (error && (tunes.data === undefined || engines.data === undefined)) {
    const retry = () => {
      void tunes.refetch();
      void engines.refetch();
    };
    return <ApiErrorBlock title={text.loadFailed} error={error} onRetry={retry} />;
  }
  if (tunes.data === undefined || engines.data === undefined) return <LoadingTab />;
  const tune = tunes.data.find(({ id }) => String(id) === asked) ?? tunes.data[0];
  // while another set is being added, pictures are still made of the one that is there
  const shown = asked === newSet ? undefined : tune;
  return (
    <div className={columns}>
      <PhotosSection key={shown?.id} face={face} tunes={tunes.data} tune={shown} onTune={setAsked} />
      <Studio face={face} tune={tune} engines={engines.data} />
    </div>
  );
}

const columns = "grid grid-cols-[minmax(0,1fr)] gap-10 wide:grid-cols-[248px_minmax(0,1fr)]";

/** Menus and dialogs give the focus back after they have closed. */
const backMs = 100;

type StudioProps = { face: FaceView; tune: TuneDetail | undefined; engines: readonly EngineView[] };

function Studio({ face, tune, engines }: StudioProps) {
  const prompt = usePrompt(face.username, engines);
  const field = useRef<HTMLTextAreaElement>(null);
  const { setWords, setEngineId, change } = prompt;
  const writeAgain = useCallback(
    ({ text: words, engine, seed, negative_prompt: negative }: PortraitView | OrderView) => {
      setWords(plainText(words));
      setEngineId(engine);
      change({ seed: String(seed), negative });
      // once the menu or the dialog it was chosen in has given the focus back
      setTimeout(() => field.current?.focus(), backMs);
    },
    [setWords, setEngineId, change],
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-8">
      {tune && prompt.engine ? (
        <PromptForm
          face={face.username}
          tune={tune.id}
          prompt={prompt}
          engine={prompt.engine}
          engines={engines}
          fieldRef={field}
        />
      ) : (
        <section className="grid gap-1">
          <h2>{text.noPhotosTitle}</h2>
          <p className="max-w-(--measure) text-2 text-ink-2">{text.noPhotos(face.name ?? face.username)}</p>
        </section>
      )}
      {tune ? <Results face={face.username} onAgain={writeAgain} /> : null}
    </div>
  );
}

type ResultsProps = { face: string; onAgain: (made: PortraitView | OrderView) => void };

/** What was made, the newest first, and before it what is being made or came to nothing. */
function Results({ face, onAgain }: ResultsProps) {
  const portraits = usePortraits({ face, engine: "", isFavourite: false });
  const orders = useOrders(face);
  const all = portraits.data?.pages.flatMap(({ data }) => data) ?? [];
  const open = (orders.data ?? []).filter((order) => isUnderWay(order) || order.status !== "done");
  return (
    <section aria-label={text.results} className="grid gap-4">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2>{text.results}</h2>
        {all.length > 0 ? <p className="text-2 text-ink-3">{text.resultsNote}</p> : null}
      </div>
      {portraits.error && portraits.data === undefined ? (
        <ApiErrorBlock title={text.loadFailed} error={portraits.error} onRetry={() => void portraits.refetch()} />
      ) : portraits.data === undefined ? (
        <LoadingPortraits />
      ) : all.length + open.length === 0 ? (
        <p className="text-2 text-ink-3">
          {text.none}. {text.noneNote}
        </p>
      ) : (
        <PortraitGrid portraits={all} pages={portraits} again={onAgain}>
          {open.map((order) => (
            <OrderCell key={order.id} order={order} onAgain={onAgain} />
          ))}
        </PortraitGrid>
      )}
    </section>
  );
}

function LoadingTab() {
  return (
    <div role="status" aria-label={text.loading} className={columns}>
      <div className="grid content-start gap-3">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-17 rounded-3" />
        <Skeleton className="h-11" />
      </div>
      <div className="grid content-start gap-4">
        <Skeleton className="h-4 w-64" />
        <Skeleton className="h-27 rounded-2" />
        <Skeleton className="h-8 w-2/3" />
      </div>
    </div>
  );
}
