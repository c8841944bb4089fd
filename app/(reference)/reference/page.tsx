import type { Metadata } from "next";
import { OverviewPage } from "@/components/reference/overview-page";
import { referenceText } from "@/components/strings/reference";
import { readOpenApi } from "@/lib/openapi/read-document";

export const metadata: Metadata = { title: referenceText.title };

export default async function Page() {
  return <OverviewPage document={await readOpenApi()} />;
}
