import { findTurnLabels } from "../thread-labels";
import { formatThread, type ThreadTurn } from "../thread-text";
import { resolveTimes } from "../thread-times";
import type { Reading } from "./reading";

/** `01/05/2024, 10:11 - `, `[01.05.24, 10:11:12] `, `5/1/24, 10:11 PM - `, `2024-05-01, 10:11 - `, `1/5/2024 10:11 - `. */
const messageStart =
  /^[\u200e\u200f\ufeff]*(?:\[\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?,?\s\d{1,2}[:.]\d{2}[^\]\n]{0,14}\]\s|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?(?:,\s|\s(?=\d[^\n]{0,14}\s-\s))\d{1,2}[:.]\d{2}[^\n-]{0,14}\s-\s)/gmu;
const systemLine =
  /["“”]|\b(?:changed|added|created|removed|left|joined|pinned|deleted|turned (?:on|off)|blocked|unblocked)\b.*\b(?:group|subject|icon|description|number|code|settings?|message|you|contact|to)\b/iu;
const removed =
  /^(?:<[^<>\n]{1,60}>|[^\n]{1,80}\((?:file attached|Datei angehängt|archivo adjunto|fichier joint)\)|null|(?:You deleted this message|This message was deleted)\.?|(?:Missed|Incoming) (?:voice|video) call.*|(?:image|video|audio|sticker|GIF|document|Contact card) omitted|Waiting for this message\. This may take a while\.|location: https?:\S+|POLL:\s[\s\S]*)$/iu;
const edited = /\s*<(?:This message was edited|Diese Nachricht wurde bearbeitet)>\s*$/iu;
const invisible = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Whether a text is WhatsApp's export of a chat. */
export function isWhatsApp(text: string): boolean {
  const head = text.slice(0, 40_000);
  const starts = head.match(messageStart)?.length ?? 0;
  const filled = head.split("\n").filter((line) => line.trim() !== "").length;
  return starts >= 2 ? starts >= filled * 0.1 : starts === 1 && /end-to-end encrypted/u.test(head);
}

/**
 * A chat as iPhones and Android phones export it, in any order of the date. Dropped: what the program itself says,
 * pictures and calls, deleted messages.
 */
export function readWhatsApp(text: string): Reading {
  const labels = findTurnLabels(text);
  const times = resolveTimes(labels.map(({ stamp }) => stamp));
  const turns = labels.flatMap(({ speaker, bodyStart }, index): ThreadTurn[] => {
    const body = text.slice(bodyStart, labels[index + 1]?.lineStart ?? text.length).trim();
    if (speaker === null || systemLine.test(speaker)) return [];
    // what the program puts in the place of a message begins with a mark that no keyboard has
    if (/^\u200e/u.test(body)) return [];
    const said = body.replace(invisible, "").replace(edited, "").trim();
    return removed.test(said) ? [] : [{ speaker: speaker.replace(/^~\s*/u, ""), text: said, at: times[index] }];
  });
  return { format: "whatsapp", mimeType: "text/plain", text: formatThread(turns), kind: "thread", notes: [] };
}
