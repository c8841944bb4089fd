import { z } from "zod";
import { AppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import type { Fetched, GuardedRequest } from "@/lib/net/guarded-fetch";
import { CaptionTrack, chooseTrack, type Cue, isAutomatic, readCaptions, withSentenceEnds } from "./captions";

/** Fetches what a person named; tests bring their own. */
export type Fetch = (url: string, request: GuardedRequest) => Promise<Fetched>;

export type Captions = { title: string | null; isAutomatic: boolean; language: string; cues: Cue[] };

const megabyte = 1024 * 1024;
const hosts = /^(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com$/u;
const idForm = /^[\w-]{11}$/u;

/** The video that an address of YouTube's names, in any of its forms; null for any other address. */
export function youtubeVideoId(text: string): string | null {
  const url = URL.parse(text);
  if (url === null) return null;
  const host = url.hostname.toLowerCase();
  const [, first = "", second = ""] = url.pathname.split("/");
  let id: string | null = null;
  if (/^(?:www\.)?youtu\.be$/u.test(host)) id = first;
  else if (hosts.test(host)) id = /^(?:shorts|embed|live|v|e)$/u.test(first) ? second : url.searchParams.get("v");
  return id !== null && idForm.test(id) ? id : null;
}

const Player = z.object({
  playabilityStatus: z.object({ status: z.string().optional(), reason: z.string().optional() }).optional(),
  videoDetails: z.object({ title: z.string().optional() }).optional(),
  captions: z
    .object({
      playerCaptionsTracklistRenderer: z.object({ captionTracks: z.array(CaptionTrack).optional() }).optional(),
    })
    .optional(),
});
type Player = z.infer<typeof Player>;

/**
 * The captions of a video: the player's response names the tracks, the best of them is fetched.
 *
 * The player is asked as an app asks it, with the key that stands in the video's page, since the tracks named in the
 * page itself are often answered with nothing; the page's are the second try. The wire is YouTube's own and not
 * promised to anybody (as observed in public readers of it, 2025).
 *
 * @throws {AppError} `unreadable`: no captions, or the video cannot be watched, with what to do instead
 */
export async function fetchCaptions(videoId: string, signal: AbortSignal, fetch: Fetch): Promise<Captions> {
  const page = await fetch(`https://www.youtube.com/watch?v=${videoId}&hl=en`, {
    signal,
    maxBytes: 10 * megabyte,
    types: /^text\/html$/u,
  });
  const html = page.bytes.toString("utf8");
  const players = [() => askPlayer(videoId, html, signal, fetch), async () => playerInPage(html)];
  let reason: string | undefined;
  let hasTracks = false;
  for (const ask of players) {
    const player = await ask();
    reason ??= reasonOf(player);
    const track = chooseTrack(player?.captions?.playerCaptionsTracklistRenderer?.captionTracks ?? []);
    if (track === null) continue;
    hasTracks = true;
    const cues = await fetchTrack(track, signal, fetch);
    if (cues.length === 0) continue;
    const title = player?.videoDetails?.title ?? null;
    const automatic = isAutomatic(track);
    return {
      title,
      isAutomatic: automatic,
      language: track.languageCode,
      cues: automatic ? withSentenceEnds(cues) : cues,
    };
  }
  throw new AppError("unreadable", whyNone(hasTracks, reason), { param: "url" });
}

async function askPlayer(videoId: string, html: string, signal: AbortSignal, fetch: Fetch): Promise<Player | null> {
  const key = /"INNERTUBE_API_KEY"\s*:\s*"([\w-]{10,80})"/u.exec(html)?.[1];
  if (key === undefined) return null;
  try {
    const { bytes } = await fetch(`https://www.youtube.com/youtubei/v1/player?key=${key}`, {
      signal,
      maxBytes: 10 * megabyte,
      types: /^application\/json$/u,
      json: { context: { client: { clientName: "ANDROID", clientVersion: "20.10.38" } }, videoId },
    });
    return toPlayer(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function playerInPage(html: string): Player | null {
  const start = /ytInitialPlayerResponse\s*=\s*(?=\{)/u.exec(html);
  if (start === null) return null;
  const at = start.index + start[0].length;
  return toPlayer(html.slice(at, endOfObject(html, at)));
}

/** Where the object that begins at `at` ends; braces in its strings do not count. */
function endOfObject(text: string, at: number): number {
  let depth = 0;
  for (let index = at; index < text.length; index++) {
    const letter = text[index];
    if (letter === '"') index = endOfString(text, index);
    else if (letter === "{") depth += 1;
    else if (letter === "}" && --depth === 0) return index + 1;
  }
  return text.length;
}

function endOfString(text: string, at: number): number {
  let index = at + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index;
}

function toPlayer(text: string): Player | null {
  return Player.safeParse(parseJson(text)).data ?? null;
}

async function fetchTrack(track: CaptionTrack, signal: AbortSignal, fetch: Fetch): Promise<Cue[]> {
  const url = new URL(track.baseUrl);
  url.searchParams.set("fmt", "json3");
  try {
    const request = { signal, maxBytes: 20 * megabyte, types: /^(?:application|text)\/(?:json|xml|html|plain)$/u };
    return readCaptions((await fetch(url.href, request)).bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof AppError && error.code !== "too_large") return [];
    throw error;
  }
}

function reasonOf(player: Player | null): string | undefined {
  const { status, reason } = player?.playabilityStatus ?? {};
  return status === "OK" ? undefined : reason;
}

function whyNone(hasTracks: boolean, reason: string | undefined): string {
  const instead = "Upload the recording itself, and it is transcribed here.";
  if (hasTracks) return `YouTube did not hand out the captions of this video. ${instead}`;
  if (reason === undefined) return `This video has no captions. ${instead}`;
  return `YouTube does not show this video to us: “${reason.slice(0, 200).replace(/[.\s]+$/u, "")}”. ${instead}`;
}
