import { definitionOf, replyOf } from "./route-definition";

/**
 * What an answer has that its route's definition does not say; null when it is as described. The body is read when it
 * is JSON, and left alone otherwise.
 */
export async function replyFault(handler: unknown, response: Response): Promise<string | null> {
  const definition = definitionOf(handler);
  if (definition === null || response.status >= 400) return null;
  const reply = replyOf(definition);
  if (reply === null) return "The route does not say what it answers.";
  const statuses = [definition.status, ...Object.keys(definition.statuses ?? {}).map(Number)];
  if (!statuses.includes(response.status)) return `It does not say that it answers ${response.status}.`;
  const type = (response.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
  if (type !== "application/json" || reply.json === null) return contentFault(reply.content, type);
  const body: unknown = await response.clone().json();
  const parsed = reply.json.safeParse(body);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
  const extra = difference(body, parsed.data, "");
  return extra.length === 0 ? null : `It does not say that it answers ${extra.join(", ")}.`;
}

/** `application/octet-stream` stands for files of any type. */
function contentFault(content: Record<string, string>, type: string): string | null {
  if (type in content || "application/octet-stream" in content) return null;
  return `It does not say that it answers ${type === "" ? "without a type" : type}.`;
}

/** Where a body holds what reading it by its schema left out, or changed. */
function difference(body: unknown, read: unknown, path: string): string[] {
  if (typeof body !== "object" || body === null || typeof read !== "object" || read === null) {
    return Object.is(body, read) ? [] : [path];
  }
  const others = read as Record<string, unknown>;
  return Object.entries(body).flatMap(([name, value]) => difference(value, others[name], `${path}.${name}`));
}
