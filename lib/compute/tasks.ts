import type { SearchTaskInput, SearchTaskOutput } from "@/lib/retrieve/search.task";

/**
 * The CPU-heavy work that runs in threads, by name. Inputs and outputs survive a structured clone.
 *
 * Each task imports its domain on first use: a thread that only counts tokens never loads the encoder.
 */
export const tasks = {
  async countTokens(input: { texts: string[] }): Promise<number[]> {
    const { countTokens } = await import("./count-tokens");
    return input.texts.map(countTokens);
  },

  async retrieveSearch(input: SearchTaskInput): Promise<SearchTaskOutput> {
    const { retrieveSearch } = await import("@/lib/retrieve/search.task");
    return retrieveSearch(input);
  },
};

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
