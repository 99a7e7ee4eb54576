import { randomBytes } from "node:crypto";
import type { Base, State, Table } from "../state.ts";
import { cellHtml, escapeHtml } from "./cell-html.ts";
import { liveScript } from "./live-script.ts";
import { pageStyle } from "./page-style.ts";

export type Page = { html: string; headers: Record<string, string> };

/** The page a person opens to see what arrived: every table of every base, newest row first. */
export function tablesPage(state: State): Page {
	const nonce = randomBytes(16).toString("base64");
	const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Practice base · Sheaf</title>
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
<header>
<svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true"><path d="M3.2 2c.6 3.4 2.3 5 2.3 6s-1.1 3-1.6 6M8 2v12M12.8 2c-.6 3.4-2.3 5-2.3 6s1.1 3 1.6 6M4.6 8h6.8"/></svg>
<h1>Practice base</h1>
<p>Rows that Sheaf sends here appear by themselves. They stay on this computer.</p>
</header>
<main>
${tablesHtml(state)}
</main>
<script nonce="${nonce}">${liveScript}</script>
</body>
</html>
`;
	return { html, headers: pageHeaders(nonce) };
}

/** The part of the page that changes; the open page fetches it and takes over what differs. */
export function tablesHtml(state: State): string {
	return state.bases.flatMap((base) => base.tables.map((table) => tableHtml(base, table))).join("\n");
}

function tableHtml(base: Base, table: Table): string {
	const head = table.fields.map((field) => `<th scope="col">${escapeHtml(field.name)}</th>`).join("");
	const rows = table.rows.toReversed().map((row) => {
		const cells = table.fields.map((field) => `<td>${cellHtml(field, row.cells[field.id])}</td>`).join("");
		return `<tr id="${escapeHtml(row.id)}">${cells}</tr>`;
	});
	const count = rows.length === 1 ? "1 row" : `${rows.length} rows`;
	const title = base.name === "Practice base" ? table.name : `${base.name}: ${table.name}`;
	return `<section id="${escapeHtml(table.id)}">
<h2>${escapeHtml(title)} <span class="count">${count}</span></h2>
<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table></div>
<p class="empty"${rows.length > 0 ? " hidden" : ""}>Nothing here yet. Send a page to this table and its row appears.</p>
</section>`;
}

function pageHeaders(nonce: string): Record<string, string> {
	const policy = [
		"default-src 'none'",
		`style-src 'nonce-${nonce}'`,
		`script-src 'nonce-${nonce}'`,
		"img-src http: https:",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	];
	return {
		"content-security-policy": policy.join("; "),
		"referrer-policy": "no-referrer",
		"x-content-type-options": "nosniff",
		"cache-control": "no-store",
	};
}
