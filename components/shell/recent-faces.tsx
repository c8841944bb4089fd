"use client";

import Link from "next/link";
import { FaceFingerprint } from "@/components/faces/face-fingerprint";
import { useFaces } from "@/components/faces/use-faces";
import { navLink } from "./main-nav";

export function RecentFaces() {
  const { data: faces } = useFaces();
  if (!faces || faces.length === 0) return null;
  return (
    <nav aria-label="Recent faces" className="grid gap-px">
      <span className="px-2 pt-2 pb-1 text-1 text-ink-3">Recent</span>
      {faces.slice(0, 5).map((face) => (
        <Link key={face.id} href={`/faces/${face.username}`} className={navLink}>
          <FaceFingerprint face={face} size={20} />
          <span className="truncate">{face.username}</span>
        </Link>
      ))}
    </nav>
  );
}
