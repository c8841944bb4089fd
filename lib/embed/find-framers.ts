import { readEmbed } from "./read-embed";

const framed = /^\/embed\/([^/]+)\/?$/u;

/**
 * Who may show the page at a path in a frame: the sites that a face's page lists.
 *
 * @returns null: it is no page for frames
 */
export function findFramers(path: string): Promise<readonly string[]> | null {
  const token = framed.exec(path)?.[1];
  return token === undefined ? null : readEmbed(token).then((embed) => embed?.origins ?? []);
}
