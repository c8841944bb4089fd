/** PostgreSQL's NOTIFY channels. A missed notification costs time, never work: everyone also looks by himself. */
export const channels = {
  /** Something to do for workers: empty payload for new work, a job's id when it is to be cancelled. */
  jobs: "faces_jobs",
  /** The id of a job whose progress or status has changed. */
  progress: "faces_progress",
} as const;
