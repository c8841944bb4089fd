"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps } from "react";
import { uiText } from "@/components/strings/ui";
import { IconButton } from "./icon-button";
import { Input } from "./input";

type PasswordInputProps = Omit<ComponentProps<"input">, "type" | "autoComplete"> & {
  /** tells password managers whether to fill in or to suggest one */
  autoComplete: "current-password" | "new-password";
};

/** A password that its owner may look at. */
export function PasswordInput(props: PasswordInputProps) {
  const [isShown, setIsShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <Input type={isShown ? "text" : "password"} spellCheck={false} {...props} className="pr-11 wide:pr-9" />
      <IconButton
        label={isShown ? uiText.hidePassword : uiText.showPassword}
        onClick={() => setIsShown(!isShown)}
        className="absolute top-1/2 right-0.5 -translate-y-1/2"
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
