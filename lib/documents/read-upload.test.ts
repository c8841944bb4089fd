import { expect, test } from "vitest";
import { toneWav } from "./media-testing";
import { readUpload } from "./read-upload";

function send(body: BodyInit, headers: HeadersInit = {}): Request {
  return new Request("http://faces.test/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

test("a large recording comes whole, in however large pieces it is sent", async () => {
  const wav = toneWav(300, { rate: 16_000 });
  const body = new FormData();
  body.set("label", "A talk");
  body.set("file", new Blob([new Uint8Array(wav)]), "talk.wav");
  const upload = await readUpload(send(body));
  expect(upload.file).toMatchObject({ kind: "media", byteSize: wav.length });
  expect(upload.fields).toEqual({ label: "A talk" });
  await upload.dispose();
});

test("a form that breaks off in the middle of a recording is refused, not waited for", async () => {
  const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
  const pieces = [Buffer.from(head), toneWav(100).subarray(0, 1_000_000)];
  for (const isBroken of [true, false]) {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces[broken++];
        if (piece !== undefined) controller.enqueue(new Uint8Array(piece));
        else if (isBroken) controller.error(new Error("gone"));
        else controller.close();
      },
    });
    let broken = 0;
    const request = send(body, { "content-type": "multipart/form-data; boundary=x" });
    await expect(readUpload(request)).rejects.toMatchObject({ code: "invalid_input" });
  }
});

test("a form with more than two megabytes before its file is refused", async () => {
  const field = `--x\r\ncontent-disposition: form-data; name="f"\r\n\r\n${"x".repeat(9_000)}\r\n`;
  const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(Buffer.from(field)) });
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  await expect(readUpload(send(body, headers))).rejects.toMatchObject({ code: "too_large" });
});
