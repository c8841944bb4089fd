"use client";

import { useState } from "react";
import { signInText } from "@/components/strings/sign-in";
import { Segmented } from "@/components/ui/segmented";
import { useUrlState } from "@/components/ui/use-url-state";
import { InviteForm } from "./invite-form";
import { PasswordForm } from "./password-form";

const ways = [
  { value: "password", label: signInText.withPassword },
  { value: "invite", label: signInText.withInvite },
] as const;

/** The way in without a wallet. An invite's link opens it with the code filled in. */
export function EmailSignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const [code] = useUrlState("invite");
  const [chosen, choose] = useUrlState("with");
  const [email, setEmail] = useState("");
  const isInvite = chosen === "invite" || (chosen === "" && code !== "");
  return (
    <div className="grid content-start gap-4">
      <Segmented
        label={signInText.wayIn}
        value={isInvite ? "invite" : "password"}
        segments={ways}
        onChange={choose}
        className="justify-self-start"
      />
      {isInvite ? (
        <InviteForm
          code={code}
          email={email}
          onEmail={setEmail}
          onHasAccount={() => choose("password")}
          onSignedIn={onSignedIn}
        />
      ) : (
        <PasswordForm email={email} onEmail={setEmail} onSignedIn={onSignedIn} />
      )}
    </div>
  );
}
