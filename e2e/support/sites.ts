import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { inRepository } from "./paths.ts";

/** The pages that are captured, on an address of their own. */
export type Sites = {
	url: string;
	/** One of any number of small pages, each another address with another title. */
	note(name: string): { url: string; title: string };
	/** A table of so many products, each with an address and a price of its own. */
	table(rows: number): string;
	close(): Promise<void>;
};

const types: Record<string, string> = {
	".html": "text/html; charset=utf-8",
	".css": "text/css",
	".js": "text/javascript",
	".json": "application/json",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
};

const notePage = (title: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="author" content="Ada Lind"></head>
<body><main><h1>${title}</h1><p>A small page that says nothing twice.</p></main></body></html>`;

const tablePage = (rows: number): string => {
	const row = (_: unknown, index: number): string => {
		const number = String(index + 1).padStart(5, "0");
		return `<tr><td><a href="/notes/part-${number}">Part ${number}</a></td><td>P-${number}</td><td>${(index % 900) + 0.5}</td><td>${index % 40}</td></tr>`;
	};
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Parts</title></head><body><main><h1>Parts</h1>
<table><caption>Parts in stock</caption><thead><tr><th>Title</th><th>Number</th><th>Price</th><th>Stock</th></tr></thead>
<tbody>${Array.from({ length: rows }, row).join("\n")}</tbody></table></main></body></html>`;
};

const titleOfNote = (name: string): string => `Note ${name}`;

/** Serves `e2e/sites`; a folder answers with its index.html, and any query is ignored. `/notes/<name>` and `/tables/<rows>` are made up. */
export async function startSites(port = 0): Promise<Sites> {
	const root = inRepository("e2e/sites");
	const server = createServer((request, response) => {
		const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://sites").pathname));
		const note = path.match(/^\/notes\/([\w-]+)$/)?.[1];
		if (note) {
			response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(notePage(titleOfNote(note)));
			return;
		}
		const rows = path.match(/^\/tables\/(\d{1,5})$/)?.[1];
		if (rows) {
			response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(tablePage(Number(rows)));
			return;
		}
		const named = join(root, path);
		const file = existsSync(named) && statSync(named).isDirectory() ? join(named, "index.html") : named;
		if (!file.startsWith(root) || !existsSync(file)) {
			response.writeHead(404).end("No such page.");
			return;
		}
		response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
		createReadStream(file).pipe(response);
	});
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
	const url = `http://127.0.0.1:${address.port}`;
	return {
		url,
		table: (rows) => `${url}/tables/${rows}`,
		note: (name) => ({ url: `${url}/notes/${name}`, title: titleOfNote(name) }),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
