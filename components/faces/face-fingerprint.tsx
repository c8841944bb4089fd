import { describeCounts } from "@/components/fingerprint/components";
import { Fingerprint } from "@/components/fingerprint/fingerprint";
import { fingerprintOfCounts } from "@/components/fingerprint/fingerprint-data";
import { fingerprintText } from "@/components/strings/fingerprint";
import type { FaceView } from "@/lib/faces/schemas";

type FaceFingerprintProps = {
  face: Pick<FaceView, "fingerprint" | "component_counts" | "name" | "username">;
  size: number;
  progress?: number | undefined;
  isNamed?: boolean;
};

/** The avatar of a face until it has a portrait. Decoration beside its name, unless `isNamed`. */
export function FaceFingerprint({ face, size, progress, isNamed }: FaceFingerprintProps) {
  const data = face.fingerprint ?? fingerprintOfCounts(face.component_counts);
  const title = fingerprintText.titleOf(face.name ?? face.username, describeCounts(face.component_counts));
  return <Fingerprint data={data} size={size} progress={progress} {...(isNamed ? { title } : {})} />;
}
