import Link from "next/link";
import type { CompileQuotaView } from "@/lib/billing/schemas";
import { formatCount } from "@/lib/format";

const head = "border-b border-line py-2 pl-3 text-right text-1 font-text text-ink-3 first:pl-0 first:text-left";
const cell = "num border-b border-line py-2.5 pl-3 text-right first:pl-0 first:text-left";

/** Which face used how much; the first column adds up to the bar above. */
export function FaceUsageTable({ quota }: { quota: CompileQuotaView }) {
  return (
    <section className="grid gap-2">
      <h2>Compile tokens by face</h2>
      {quota.faces.length === 0 ? (
        <p className="text-2 text-ink-2">Nothing was compiled yet.</p>
      ) : (
        <table className="w-full border-collapse text-2">
          <thead>
            <tr>
              <th className={head}>Face</th>
              <th className={head}>This period</th>
              <th className={head}>In the graph</th>
              <th className={`${head} hidden mid:table-cell`}>All time</th>
            </tr>
          </thead>
          <tbody>
            {quota.faces.map((face) => (
              <tr key={face.face_id} className="hover:bg-sunk">
                <td className={cell}>
                  <Link
                    href={`/faces/${face.username}?tab=sources`}
                    className="inline-block py-0.5 text-ink no-underline hover:underline"
                  >
                    {face.username}
                  </Link>
                </td>
                <td className={cell}>{formatCount(face.tokens_charged_period)}</td>
                <td className={cell}>{formatCount(face.tokens_in_graph)}</td>
                <td className={`${cell} hidden mid:table-cell`}>{formatCount(face.tokens_charged_alltime)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
