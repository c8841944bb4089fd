import { z } from "zod";
import { UploadFields } from "./schemas";

/** A form with a file, as the API's document describes it. Its bytes are read as they come, by `readUpload`. */
export const FileForm = z.object({ file: z.file().describe("The file.") });

/** `POST …/upload`. */
export const UploadForm = UploadFields.extend(FileForm.shape);
