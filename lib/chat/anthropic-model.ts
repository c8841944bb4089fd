/** What one of Anthropic's models takes; the API refuses a request for the rest of it. */
export type AnthropicTraits = {
  /** temperature, top_p and top_k */
  sampling: boolean;
  /** `output_config.effort`; with `xhigh` and `max` from the second version on */
  effort: boolean;
};

/**
 * Read from a model's name: sampling ends with 4.6, effort begins with Opus 4.5 and 4.6.
 *
 * Source: https://platform.claude.com/docs/en/about-claude/models and the model catalogue of @ai-sdk/anthropic 4.0.105.
 * A name of another form is taken for a newer model.
 */
export function anthropicTraits(upstreamId: string): AnthropicTraits {
  if (/claude-(?:instant|v?[123](?![0-9]))/.test(upstreamId)) return { sampling: true, effort: false };
  const [, family, major, minor] = /claude-([a-z]+)-(\d+)(?:-(\d{1,2})(?!\d))?/.exec(upstreamId) ?? [];
  const version = major === undefined ? Infinity : Number(major) + Number(minor ?? 0) / 100;
  return { sampling: version <= 4.06, effort: version >= 4.06 || (family === "opus" && version === 4.05) };
}
