import { cell, element, head, longTable, number, section } from "./dom.js";
import { count, percent } from "./format.js";

/** How orders ended, by type and by client. */
export function orders(figures) {
  const all = figures.all[0];
  if (all.orders === 0) {
    return null;
  }
  const legend = element(
    "p",
    { class: "legend" },
    ...["whole", "part", "none", "rejected"].map((kind) => element("span", {}, element("i", { class: kind }), label(kind))),
  );
  const remark = `${count(all.orders)} orders, ${percent(all.fill_ratio)} of an accepted order filled on average`;
  return section(
    "Orders and fills",
    remark,
    legend,
    element("div", { class: "pair" }, table("Type and time in force", figures.by_type, figures.by_type.length), table("Client", figures.by_client, figures.clients)),
  );
}

function label(kind) {
  return { whole: "filled", part: "filled in part", none: "not filled", rejected: "rejected" }[kind];
}

function table(title, groups, total) {
  const rows = groups.map((group) =>
    element("tr", {}, cell(group.name), element("td", { class: "bar" }, stack(group)), number(percent(group.fill_ratio), "mean share filled of an accepted order"), number(count(group.orders))),
  );
  return longTable(head(title, "", ">Fill ratio", ">Orders"), rows, 12, total);
}

function stack(group) {
  return element(
    "span",
    { class: "stack", title: ["whole", "part", "none", "rejected"].map((kind) => `${label(kind)}: ${count(group[kind])}`).join("\n") },
    ...["whole", "part", "none", "rejected"].map((kind) => {
      const bar = element("i", { class: kind });
      bar.style.width = `${(group[kind] / group.orders) * 100}%`;
      return bar;
    }),
  );
}

/** What was refused or could not be read, by reason. */
export function rejects(causes) {
  if (causes.length === 0) {
    return section("Rejects", null, element("p", { class: "quiet" }, "Nothing was rejected."));
  }
  const most = Math.max(...causes.map((cause) => cause.number));
  const sum = causes.reduce((total, cause) => total + cause.number, 0);
  const rows = causes.map((cause) => {
    const bar = element("i", { class: cause.unreadable ? "rejected" : "refused" });
    bar.style.width = `${(cause.number / most) * 100}%`;
    return element(
      "tr",
      {},
      cell(cause.code.toLowerCase().replaceAll("_", " "), cause.code),
      element("td", { class: "bar" }, element("span", { class: "stack" }, bar)),
      number(count(cause.number)),
      element("td", { class: "wrap" }, element("span", { class: "quiet" }, cause.unreadable ? "line, " : "command, ", `first at ${cause.place}: `), cause.message),
    );
  });
  return section("Rejects by reason", count(sum), longTable(head("Reason", "", ">Number", "First case"), rows, 20, causes.length));
}
