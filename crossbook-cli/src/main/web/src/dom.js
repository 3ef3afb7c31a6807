// Elements from text only.

export function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === "onclick") {
      node.addEventListener("click", value);
    } else if (value !== undefined && value !== null) {
      node.setAttribute(name, value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function section(title, remark, ...children) {
  return element(
    "section",
    {},
    element("h2", {}, title, remark ? element("small", {}, remark) : null),
    ...children,
  );
}

/** One of several, as buttons; calls back with the choice and marks it. */
export function choice(names, chosen, choose) {
  const buttons = names.map((name) =>
    element(
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
  return element("div", { class: "choice", role: "group" }, ...buttons);
}

/** A table whose rows beyond the first few open on demand. */
export function longTable(head, rows, first, total) {
  const body = element("tbody", {}, ...rows.slice(0, first));
  const table = element("div", { class: "scroll" }, element("table", {}, head, body));
  const hidden = rows.length - first;
  if (hidden <= 0) {
    return table;
  }
  const beyond = total > rows.length ? ` of ${total}` : "";
  const more = element(
    "button",
    {
      type: "button",
      class: "more",
      onclick: () => {
        body.append(...rows.slice(first));
        more.remove();
      },
    },
    `Show ${hidden} more${beyond}`,
  );
  return element("div", {}, table, more);
}

export function head(...columns) {
  return element(
    "thead",
    {},
    element("tr", {}, ...columns.map((column) => (column.startsWith(">") ? element("th", { class: "number" }, column.slice(1)) : element("th", {}, column)))),
  );
}

export function cell(text, title) {
  return element("td", { title }, text);
}

export function number(text, title, tone) {
  return element("td", { class: tone ? `number ${tone}` : "number", title }, text);
}

/** Colours and the like from the style sheet, so that script and style agree in light and dark. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
