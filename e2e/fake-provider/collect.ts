/** Everything a stream yields, in order. (`Array.fromAsync` is newer than the project's `lib` setting.) */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}
