/** Orders texts by code units: the same on every machine, whatever its language. For `sort`. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
