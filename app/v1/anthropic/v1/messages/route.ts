// Anthropic's SDKs put /v1/messages behind their base URL, which here is …/v1/anthropic
export { POST } from "@/app/v1/anthropic/messages/route";
