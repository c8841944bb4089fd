import { z } from "zod";

const Box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** What was measured of the face in a photo; kept with it. */
export const FaceReading = z.object({
  /** pixels of the upright photo */
  box: Box,
  /** of the detector, 0 to 1 */
  confidence: z.number(),
  /** degrees: yaw to the side, pitch up or down, roll of the head; 0 looks straight into the camera */
  yaw: z.number(),
  pitch: z.number(),
  roll: z.number(),
  /** variance of the Laplacian of the face at 160 px; the higher the sharper */
  sharpness: z.number(),
  /** mean luminance of the face, 0 to 1 */
  light: z.number(),
});
export type FaceReading = z.infer<typeof FaceReading>;
