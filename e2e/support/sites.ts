import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { inRepository } from "./paths.ts";

/** The pages that are captured, on an address of their own. */
export type Sites = { url: string; close(): Promise<void> };

const types: Record<string, string> = {
	".html": "text/html; charset=utf-8",
	".css": "text/css",
	".js": "text/javascript",
	".json": "application/json",
	".svg": "image/svg+xml",
	".png": "image/png",
	".jpg": "image/jpeg",
};

/** Serves `e2e/sites`; a folder answers with its index.html, and any query is ignored. */
export async function startSites(port = 0): Promise<Sites> {
	const root = inRepository("e2e/sites");
	const server = createServer((request, response) => {
		const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://sites").pathname));
		const named = join(root, path);
		const file = existsSync(named) && statSync(named).isDirectory() ? join(named, "index.html") : named;
		if (!file.startsWith(root) || !existsSync(file)) return void response.writeHead(404).end("No such page.");
		response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
		createReadStream(file).pipe(response);
	});
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
	return {
		url: `http://127.0.0.1:${address.port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
