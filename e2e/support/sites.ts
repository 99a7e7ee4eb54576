import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { inRepository } from "./paths.ts";

/** The pages that are captured, on an address of their own. */
export type Sites = {
	url: string;
	/** One of any number of small pages, each another address with another title. */
	note(name: string): { url: string; title: string };
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

const titleOfNote = (name: string): string => `Note ${name}`;

/** Serves `e2e/sites`; a folder answers with its index.html, and any query is ignored. `/notes/<name>` is made up. */
export async function startSites(port = 0): Promise<Sites> {
	const root = inRepository("e2e/sites");
	const server = createServer((request, response) => {
		const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://sites").pathname));
		const note = path.match(/^\/notes\/([\w-]+)$/)?.[1];
		if (note) {
			response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(notePage(titleOfNote(note)));
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
		note: (name) => ({ url: `${url}/notes/${name}`, title: titleOfNote(name) }),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
