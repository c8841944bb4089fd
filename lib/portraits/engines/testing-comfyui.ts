import { isJsonObject, type JsonObject } from "@/lib/json";
import { addPngTexts } from "@/lib/png-chunks";
import { picture } from "./testing-order";
import { type Asked, type FakeServer, type Reply, startServer } from "./testing-server";

type Run = { number: number; id: string; prompt: JsonObject; looks: number; interrupted: boolean };

export type FakeComfy = FakeServer & {
  /** waiting and running, the first is the one that runs */
  queue: Run[];
  history: Map<string, JsonObject>;
  /** photos by `subfolder/name [type]` */
  files: Map<string, Buffer>;
  /** looks at the queue or the history until a run is done */
  looks: number;
  /** before 2025: chooses every number itself, and interrupts whatever runs */
  isOld: boolean;
  /** an exception in the sampler */
  failure: string | null;
  /** where the runs put their images */
  outputType: "output" | "temp";
  /** as after a restart */
  restart(): void;
};

const checkpoints = ["qwen_image_edit_2509_fp8_e4m3fn.safetensors"];

/** ComfyUI's routes as its server.py has them: https://github.com/comfyanonymous/ComfyUI/blob/master/server.py */
export async function startFakeComfy(): Promise<FakeComfy> {
  let numbers = 0;
  const server = await startServer(answer);
  const fake: FakeComfy = Object.assign(server, {
    queue: [] as Run[],
    history: new Map<string, JsonObject>(),
    files: new Map<string, Buffer>(),
    looks: 2,
    isOld: false,
    failure: null as string | null,
    outputType: "temp" as const,
    restart() {
      fake.queue = [];
      fake.history.clear();
      fake.files.clear();
    },
  });

  function answer(asked: Asked): Reply | Promise<Reply> {
    const { method, path, json } = asked;
    switch (`${method} ${path.replace(/^\/history\/.+/u, "/history/:id")}`) {
      case "POST /upload/image":
        return store(asked);
      case "POST /prompt":
        return accept(json);
      case "GET /queue":
        return work(() => ({
          queue_running: fake.queue.slice(0, 1).map(item),
          queue_pending: fake.queue.slice(1).map(item),
        }));
      case "GET /history/:id":
        return work(() => Object.fromEntries([...fake.history].filter(([id]) => path.endsWith(`/${id}`))));
      case "POST /queue":
        fake.queue = fake.queue.filter(({ id }, index) => index === 0 || !listOf(json["delete"]).includes(id));
        return { text: "" };
      case "POST /interrupt":
        return interrupt(json["prompt_id"]);
      case "POST /history":
        for (const id of listOf(json["delete"])) fake.history.delete(String(id));
        return { text: "" };
      case "GET /view":
        return view(asked);
      default:
        return { status: 404, text: "404: Not Found" };
    }
  }

  async function store({ form }: Asked): Promise<Reply> {
    const image = form?.get("image");
    if (!(image instanceof File)) return { status: 400, text: "" };
    const [name, subfolder, type] = [
      image.name,
      String(form?.get("subfolder") ?? ""),
      String(form?.get("type") ?? "input"),
    ];
    fake.files.set(`${subfolder}/${name} [${type}]`, Buffer.from(await image.arrayBuffer()));
    return { json: { name, subfolder, type } };
  }

  function accept(json: JsonObject): Reply {
    const { prompt } = json;
    if (!isJsonObject(prompt)) return { status: 400, json: { error: "no prompt", node_errors: [] } };
    const errors = errorsOf(prompt, fake.files);
    if (Object.keys(errors).length > 0) {
      const error = {
        type: "prompt_outputs_failed_validation",
        message: "Prompt outputs failed validation",
        details: "",
        extra_info: {},
      };
      return { status: 400, json: { error, node_errors: errors } };
    }
    const chosen = typeof json["prompt_id"] === "string" ? json["prompt_id"] : null;
    const id = fake.isOld || chosen === null ? crypto.randomUUID() : chosen;
    fake.queue.push({ number: numbers, id, prompt, looks: 0, interrupted: false });
    return { json: { prompt_id: id, number: numbers++, node_errors: {} } };
  }

  /** Time passes by being looked at. */
  function work(see: () => unknown): Reply {
    const [run] = fake.queue;
    if (run !== undefined && ++run.looks > fake.looks) finish(run);
    return { json: see() };
  }

  function finish(run: Run): void {
    fake.queue = fake.queue.filter((one) => one !== run);
    const data = { prompt_id: run.id, timestamp: 1_789_000_000_000 };
    const messages: unknown[] = [["execution_start", data]];
    const bad = { ...data, node_id: "12", node_type: "KSampler", executed: [], traceback: ["…"] };
    if (run.interrupted) messages.push(["execution_interrupted", bad]);
    else if (fake.failure !== null) {
      messages.push([
        "execution_error",
        { ...bad, exception_message: fake.failure, exception_type: "torch.OutOfMemoryError" },
      ]);
    } else messages.push(["execution_success", data]);
    const isGood = !run.interrupted && fake.failure === null;
    const image = { filename: `ComfyUI_${run.number}_.png`, subfolder: "", type: fake.outputType };
    fake.history.set(run.id, {
      prompt: item(run),
      outputs: isGood ? { "14": { images: [image] } } : {},
      status: { status_str: isGood ? "success" : "error", completed: isGood, messages },
      meta: {},
    });
  }

  function interrupt(id: unknown): Reply {
    const [run] = fake.queue;
    if (run !== undefined && (fake.isOld || id === undefined || id === run.id)) {
      run.interrupted = true;
      finish(run);
    }
    return { text: "" };
  }

  async function view({ query }: Asked): Promise<Reply> {
    if (query.get("type") !== fake.outputType) return { status: 404, text: "" };
    const number = Number(/_(\d+)_/u.exec(query.get("filename") ?? "")?.[1] ?? 0);
    const texts = [{ keyword: "prompt", text: '{"1":{"class_type":"UNETLoader"}}' }];
    return { bytes: addPngTexts(await picture(`#00000${number % 10}`), texts), type: "image/png" };
  }
  return fake;
}

function item({ number, id, prompt }: Run): unknown[] {
  return [number, id, prompt, { client_id: "faces" }, ["14"]];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function errorsOf(prompt: JsonObject, files: Map<string, Buffer>): JsonObject {
  const errors: JsonObject = {};
  for (const [id, node] of Object.entries(prompt)) {
    const { class_type, inputs } = node as { class_type: string; inputs: JsonObject };
    const fail = (type: string, message: string, details: string) => {
      errors[id] = { errors: [{ type, message, details, extra_info: {} }], dependent_outputs: ["14"], class_type };
    };
    const model = inputs["unet_name"];
    if (class_type === "UNETLoader" && !checkpoints.includes(String(model))) {
      fail(
        "value_not_in_list",
        "Value not in list",
        `unet_name: '${String(model)}' not in ['${checkpoints.join("', '")}']`,
      );
    }
    const image = String(inputs["image"]);
    if (class_type === "LoadImage" && !files.has(image)) {
      fail("custom_validation_failed", "Custom validation failed for node", `image - Invalid image file: ${image}`);
    }
    if (class_type === "KSampler" && typeof inputs["seed"] !== "number") {
      fail("invalid_input_type", "Failed to convert an input value to a INT value", `seed, ${String(inputs["seed"])}`);
    }
  }
  return errors;
}
