import { createServer } from "node:http";
import type { Notice } from "./watch.ts";

/** Somebody who is told of changes, and keeps what came as it came. */
export type TestReceiver = { url: string; notices: Notice[]; stop(): Promise<void> };

/** Answers as providers want it: 204 with nothing in it. */
export async function createTestReceiver(): Promise<TestReceiver> {
	const notices: Notice[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const header = (name: string) => {
				const value = request.headers[name];
				return typeof value === "string" ? value : null;
			};
			notices.push({ header, body: Buffer.concat(chunks) });
			response.writeHead(204).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
		notices,
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
