import type { IncomingHttpHeaders } from "node:http";

/** The headers of a request as `Headers` gives them, read from where Node has them. They cannot be changed. */
export class NodeHeaders {
  readonly #sent: IncomingHttpHeaders;

  constructor(sent: IncomingHttpHeaders) {
    this.#sent = sent;
  }

  get(name: string): string | null {
    const value = this.#sent[name] ?? this.#sent[name.toLowerCase()];
    if (value === undefined) return null;
    return typeof value === "string" ? value : value.join(", ");
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  getSetCookie(): string[] {
    return this.#sent["set-cookie"] ?? [];
  }

  *entries(): Generator<[string, string]> {
    for (const name of Object.keys(this.#sent).sort()) {
      const value = this.#sent[name];
      if (typeof value === "string") yield [name, value];
      else for (const one of value ?? []) yield [name, one];
    }
  }

  *keys(): Generator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): Generator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(visit: (value: string, name: string) => void): void {
    for (const [name, value] of this.entries()) visit(value, name);
  }

  append(): never {
    throw new TypeError("The headers of a request cannot be changed.");
  }
  delete(): never {
    return this.append();
  }
  set(): never {
    return this.append();
  }

  [Symbol.iterator](): Generator<[string, string]> {
    return this.entries();
  }
}
