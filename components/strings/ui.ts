export const uiText = {
  close: "Close",
  tryAgain: "Try again",
  pageBroke: "Something in this page broke. Reload it; your drafts are kept.",
  request: "Request",
  copyRequest: "Copy the request id",
  copy: "Copy",
  copied: "Copied",
  confidence: (level: number) => `confidence ${level} of 5`,
  optional: "(optional)",
  showPassword: "Show the password",
  hidePassword: "Hide the password",
};
