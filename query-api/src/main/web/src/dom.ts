// Elements from text only: what comes from input files is never read as markup.

export type Child = Node | string | number | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | EventListener>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Attributes | null,
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      node.addEventListener(name.replace(/^on/, ""), value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, String(value));
    }
  }
  append(node, children.flat());
  return node;
}

function append(node: Element, children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(typeof child === "number" ? String(child) : child);
    }
  }
}

/** Puts something else into a place. */
export function fill(place: Element, ...children: (Child | Child[])[]): void {
  place.replaceChildren();
  append(place, children.flat());
}

/** A part of a page with its heading. */
export function section(title: string, remark: Child, ...children: (Child | Child[])[]): HTMLElement {
  return h("section", null, h("h2", null, title, remark ? h("small", null, remark) : null), ...children);
}

/** A sentence where there is nothing to show, and what to do about it. */
export function empty(sentence: string, ...more: Child[]): HTMLElement {
  return h("p", { class: "empty" }, sentence, ...more);
}

export function link(text: Child, to: string, attributes: Attributes = {}): HTMLAnchorElement {
  return h("a", { href: to, ...attributes }, text);
}

/** One of several, as buttons. */
export function choice<T extends string>(names: readonly T[], chosen: T, label: string, choose: (name: T) => void): HTMLElement {
  const buttons = names.map((name) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(name === chosen),
        onclick: () => {
          buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(names[i] === name)));
          choose(name);
        },
      },
      name,
    ),
  );
  return h("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}

/** A colour of the style sheet, so that script and style agree in light and dark. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
