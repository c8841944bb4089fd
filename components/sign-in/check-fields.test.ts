import { describe, expect, it } from "vitest";
import { NewPassword } from "@/lib/auth/schemas";
import { checkLogIn, checkRegister, fieldOf } from "./check-fields";

const good = { invite_code: "abc", email: "a@b.de", password: "correct horse", name: "" };

describe("fields of the sign-in", () => {
  it("lets what is right through", () => {
    expect(checkRegister(good)).toEqual({});
    expect(checkLogIn({ email: "a@b.de", password: "x" })).toEqual({});
  });

  it("names every field that is wrong at once", () => {
    expect(Object.keys(checkRegister({ invite_code: " ", email: "a@b", password: "short", name: "" }))).toEqual([
      "invite_code",
      "email",
      "password",
    ]);
    expect(Object.keys(checkLogIn({ email: "", password: "" }))).toEqual(["email", "password"]);
  });

  it.each([
    "123456789",
    "aaaaaaaaaaaa",
    "abcdabcdabcd",
    "correct horse",
    "пароль-пароль",
    "ﬀﬁﬂﬀﬁ",
    "👍👍👍👍👍👍👍👍👍👍",
  ])("thinks of the password %j as the server does", (password) => {
    expect(checkRegister({ ...good, password }).password === undefined).toBe(NewPassword.safeParse(password).success);
  });

  it("puts the server's reason beside the field it is about", () => {
    expect(fieldOf("This invite code is unknown, used up or expired.")).toBe("invite_code");
    expect(fieldOf("This e-mail address already has an account. Sign in with it.")).toBe("email");
    expect(fieldOf("password must be at least 10 characters long.")).toBe("password");
    expect(fieldOf("The e-mail address or the password is not right.")).toBeNull();
    expect(fieldOf("Too many attempts. Try again in 3 minutes.")).toBeNull();
  });
});
