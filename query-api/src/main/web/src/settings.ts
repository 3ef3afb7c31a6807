// What a reader chose, kept in the browser.

export type Zone = "UTC" | "local";
export type Theme = "auto" | "light" | "dark";

interface Settings {
  zone: Zone;
  theme: Theme;
}

const KEY = "crossbook";

function stored(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>;
  } catch {
    return {};
  }
}

export const settings: Settings = {
  zone: stored().zone === "local" ? "local" : "UTC",
  theme: ((theme) => (theme === "light" || theme === "dark" ? theme : "auto"))(stored().theme),
};

export function change(changed: Partial<Settings>): void {
  Object.assign(settings, changed);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing shows the page all the same.
  }
  applyTheme();
}

export function applyTheme(): void {
  if (settings.theme === "auto") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = settings.theme;
  }
}
