"use client";

import { Plus, Upload } from "lucide-react";
import dynamic from "next/dynamic";
import { useAccount } from "@/components/account/use-account";
import { usePlans } from "@/components/billing/use-payments";
import { useCommands } from "@/components/palette/commands";
import { OnboardingChecklist } from "@/components/onboarding/onboarding-checklist";
import { Column } from "@/components/shell/app-shell";
import { PageHead } from "@/components/shell/page-head";
import { cardText, facesText } from "@/components/strings/faces";
import { ApiErrorBlock } from "@/components/ui/api-error-block";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/components/ui/use-url-state";
import { LoadingFaces } from "./loading-faces";
import { FaceRoster } from "./face-roster";
import { ways, type Way } from "./new-face-ways";
import { useMoreFaces, useFaces } from "./use-faces";

const NewFaceDialog = dynamic(() => import("./new-face-dialog").then((file) => file.NewFaceDialog), { ssr: false });
const CardDrop = dynamic(() => import("./card-drop").then((file) => file.CardDrop), { ssr: false });

export function FacesPage() {
  const faces = useFaces();
  const [wayName, setWay] = useUrlState("new");
  const way = ways.find((each) => each === wayName) ?? null;
  const own = faces.data?.filter((face) => !face.is_sample) ?? [];
  const open = (next: Way) => setWay(next);
  useCommands([
    { id: "faces.new", label: facesText.newFace, group: "do", shortcut: "n", icon: Plus, run: () => open("own") },
    { id: "faces.import", label: cardText.title, group: "do", icon: Upload, run: () => open("card") },
  ]);

  return (
    <Column>
      <PageHead
        title={facesText.title}
        note={faces.data ? <Count own={own.length} /> : " "}
        actions={
          <>
            <Button onClick={() => open("card")}>
              <Upload size={16} strokeWidth={1.75} aria-hidden />
              {facesText.importCard}
            </Button>
            <Button look="primary" onClick={() => open("own")}>
              <Plus size={16} strokeWidth={1.75} aria-hidden />
              {facesText.newFace}
            </Button>
          </>
        }
      />
      <OnboardingChecklist />
      {faces.error ? (
        <ApiErrorBlock
          title={facesText.loadFailed}
          error={faces.error}
          onRetry={() => void faces.refetch()}
          className="mb-6"
        />
      ) : null}
      {faces.data ? <FaceRoster faces={faces.data} /> : faces.isPending ? <LoadingFaces /> : null}
      {faces.data && own.length === 0 ? (
        <EmptyState
          title={facesText.emptyTitle}
          action={<Button onClick={() => open("own")}>{facesText.emptyAction}</Button>}
        >
          {facesText.emptyWhy} {faces.data.length > 0 ? facesText.emptySample : ""}
        </EmptyState>
      ) : null}
      {way ? <NewFaceDialog way={way} onWay={open} onClose={() => setWay("")} /> : null}
      <CardDrop onDrop={() => open("card")} />
    </Column>
  );
}

/** How many there are, of as many as the plan allows. */
function Count({ own }: { own: number }) {
  const hasMore = useMoreFaces();
  const account = useAccount();
  const plans = usePlans();
  const plan = plans.data?.find(({ id }) => id === account.data?.plan);
  if (hasMore) return facesText.loadingRest(own);
  if (plan) return facesText.countOfPlan(own, plan.max_faces, plan.name);
  // the line does not change while one reads it
  if (account.isPending || plans.isPending) return null;
  return own > 0 ? facesText.count(own) : facesText.none;
}
