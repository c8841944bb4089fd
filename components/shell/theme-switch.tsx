"use client";

import { Check, Monitor, Moon, Sun, SunMoon, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { shellText } from "@/components/strings/shell";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuChoices, MenuTick } from "@/components/ui/menu";
import { chooseTheme, storedTheme, type Theme } from "./theme";

export const themes: { value: Theme; label: string; icon: LucideIcon }[] = [
  { value: "system", label: shellText.themeSystem, icon: Monitor },
  { value: "light", label: shellText.themeLight, icon: Sun },
  { value: "dark", label: shellText.themeDark, icon: Moon },
];

export function ThemeSwitch() {
  return (
    <Menu
      label={shellText.theme}
      trigger={
        <IconButton label={shellText.changeTheme} hasTooltip={false}>
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
        const chosen = themes.find((candidate) => candidate.value === value)?.value ?? "system";
        setTheme(chosen);
        chooseTheme(chosen);
      }}
    >
      {themes.map(({ value, label, icon: Icon }) => (
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
