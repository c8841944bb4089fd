"use client";

import { Check, Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuChoices, MenuTick } from "@/components/ui/menu";

const choices = [
  { value: "system", label: "Like the system", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
];

/** Stored here, applied by public/theme.js, which also runs before the first paint. */
const storageKey = "faces.theme";

function storedTheme(): string {
  try {
    return localStorage.getItem(storageKey) ?? "system";
  } catch {
    return "system";
  }
}

function chooseTheme(value: string): void {
  try {
    if (value === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, value);
  } catch {
    // Storage is switched off: the choice cannot be kept.
  }
  dispatchEvent(new Event("faces:theme"));
}

export function ThemeSwitch() {
  return (
    <Menu
      label="Theme"
      trigger={
        <IconButton label="Change theme" hasTooltip={false}>
          <SunMoon size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      <ThemeChoices />
    </Menu>
  );
}

/** Mounted when the menu opens, so the stored choice is read in the browser only. */
function ThemeChoices() {
  const [theme, setTheme] = useState(storedTheme);
  return (
    <MenuChoices
      value={theme}
      onValueChange={(value) => {
        setTheme(value);
        chooseTheme(value);
      }}
    >
      {choices.map(({ value, label, icon: Icon }) => (
        <MenuChoice key={value} value={value}>
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <span className="mr-auto">{label}</span>
          <MenuTick>
            <Check size={14} strokeWidth={1.75} aria-hidden />
          </MenuTick>
        </MenuChoice>
      ))}
    </MenuChoices>
  );
}
