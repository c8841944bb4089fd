"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { FaceAvatar } from "@/components/portraits/face-avatar";
import { useFaces } from "@/components/faces/use-faces";
import { shellText } from "@/components/strings/shell";
import { navLink } from "./main-nav";

/** The few faces that changed last. */
export function RecentFaces() {
  const path = usePathname();
  const { data: faces } = useFaces();
  if (!faces || faces.length === 0) return null;
  return (
    <nav aria-label={shellText.recentNav} className="grid gap-px">
      <span className="px-2 pt-2 pb-1 text-1 text-ink-3">{shellText.recent}</span>
      {faces.slice(0, 5).map((face) => (
        <Link
          key={face.id}
          href={`/faces/${face.username}`}
          aria-current={path === `/faces/${face.username}` ? "page" : undefined}
          className={navLink}
        >
          <FaceAvatar face={face} size={20} />
          <span className="truncate">{face.username}</span>
        </Link>
      ))}
    </nav>
  );
}
