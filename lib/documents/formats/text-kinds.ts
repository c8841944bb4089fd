/** The first line of times of a subtitle. */
export const cueTiming = /^\s*(?:\d{1,3}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}\s+-->\s/mu;

/** Whether a text is a page, by how it begins. */
export function isHtml(text: string, fileName: string): boolean {
  if (/\.(?:x?html?|xht)$/iu.test(fileName) && /<\w+[\s>/]/u.test(text)) return true;
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]/iu.test(
    text.slice(0, 5_000),
  );
}

/** Whether a text is SRT or WebVTT. */
export function isSubtitles(text: string): boolean {
  const head = text.slice(0, 20_000);
  return /^\s*WEBVTT(?:\s|$)/u.test(head) || (cueTiming.test(head) && /^\s*\d+\s*\n\s*\d/u.test(head));
}

/** Whether a text is JSON, or was before it was cut off. */
export function isJson(text: string, fileName: string): boolean {
  return /^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[{["\]]|$))/u.test(text.slice(0, 2_000)) || /\.json$/iu.test(fileName);
}
