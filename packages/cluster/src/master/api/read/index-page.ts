// GET /: what a person sees who opens the master's address in a browser.
import { mesosVersion, mezzoVersion } from "../../../core/build-info.ts";
import type { MasterState } from "../../state.ts";

const PAGES: readonly [path: string, what: string][] = [
  ["/state", "everything, in one document"],
  ["/slaves", "agents and their resources"],
  ["/frameworks", "frameworks and their tasks"],
  ["/tasks", "tasks, a page at a time"],
  ["/roles", "roles, weights and quota"],
  ["/metrics/snapshot", "metrics"],
  ["/flags", "flags of this master"],
];

const STYLE =
  "body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;color:#0f172a}" +
  "h1{color:#0f766e}td{padding:.15rem 1.5rem .15rem 0}td.n{text-align:right;font-weight:600}a{color:#0f766e}";

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function rows(cells: readonly (readonly [string, string])[], className = ""): string {
  const first = className === "" ? "<td>" : `<td class="${className}">`;
  return cells.map(([left, right]) => `<tr>${first}${left}</td><td>${right}</td></tr>`).join("");
}

/** A page with a few counts and the way to the endpoints. */
export function indexPage({ options, info, agents, frameworks, offers }: MasterState): string {
  const active = [...agents.registered.values()].filter((agent) => agent.active).length;
  let tasks = 0;
  for (const framework of frameworks.registered.values()) tasks += framework.tasks.size;
  const counts: [string, string][] = [
    [String(active), `active agents of ${agents.registered.size}`],
    [String(frameworks.registered.size), "frameworks"],
    [String(tasks), "tasks"],
    [String(offers.size), "outstanding offers"],
  ];
  const title = `Mezzo master ${escapeHtml(options.cluster ?? info.hostname ?? "")}`;
  const links = PAGES.map(([path, what]): [string, string] => [`<a href="${path}">${path}</a>`, what]);
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>` +
    `<body><h1>${title}</h1><p>Mezzo ${mezzoVersion}, speaking Mesos ${mesosVersion}. Id ${info.id}.</p>` +
    `<table>${rows(counts, "n")}</table><h2>Endpoints</h2><table>${rows(links)}</table></body></html>`
  );
}
