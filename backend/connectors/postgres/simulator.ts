import { connect, createServer, type Socket } from "node:net";

/** What goes wrong with the next connection. */
export type PostgresFault =
	| "dropped_before"
	| "dropped_after_commit"
	| "malformed_reply"
	| "no_answer"
	| "gateway_page"
	| "server_error"
	| "too_many";

export type PostgresSimulator = { port: number; fail(fault: PostgresFault): void; stop(): Promise<void> };

/** ReadyForQuery outside a transaction: what came before it is committed. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const gatewayPage = "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<h1>Bad gateway</h1>";

/**
 * Stands in front of a real PostgreSQL, because nothing else has its types, its upsert and its errors, and makes one connection fail at a
 * named point. It reads along, so it is for connections without encryption.
 */
export async function startPostgresSimulator(serverPort: number): Promise<PostgresSimulator> {
	let next: PostgresFault | null = null;
	const open = new Set<Socket>();
	const server = createServer((client) => {
		const fault = next;
		next = null;
		open.add(client);
		client.on("error", () => undefined).on("close", () => open.delete(client));
		if (fault === "dropped_before") client.destroy();
		else if (fault === "gateway_page") client.end(gatewayPage);
		else if (fault === "too_many")
			client.once("data", () => client.end(fatal("53300", "sorry, too many clients already")));
		else if (fault === "server_error") client.once("data", () => client.end(fatal("XX000", "cache lookup failed")));
		else if (fault !== "no_answer") passOn(client, serverPort, fault);
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("A TCP server has no port.");
	return {
		port: address.port,
		fail: (fault) => {
			next = fault;
		},
		stop: async () => {
			for (const socket of open) socket.destroy();
			await new Promise((closed) => server.close(closed));
		},
	};
}

function passOn(client: Socket, serverPort: number, fault: PostgresFault | null): void {
	const server = connect(serverPort, "127.0.0.1");
	let wrote = false;
	server.on("error", () => client.destroy()).on("close", () => client.destroy());
	client.on("close", () => server.destroy());
	client.on("data", (chunk: Buffer) => {
		// The values follow the statement, once the server has described it.
		wrote ||= chunk.includes('{"id":');
		server.write(chunk);
	});
	server.on("data", (chunk: Buffer) => {
		const committed = wrote && chunk.subarray(-ready.length).equals(ready);
		if (committed && fault === "dropped_after_commit") client.destroy();
		else client.write(committed && fault === "malformed_reply" ? garbled(chunk) : chunk);
	});
}

/** An answer whose first row says something else than what was asked for. */
function garbled(answer: Buffer): Buffer {
	// After the DataRow's length: four columns, the first of one byte.
	const at = answer.indexOf(Buffer.from([0, 4, 0, 0, 0, 1]));
	if (at < 0) throw new Error("There is no row of an upsert in this answer.");
	const changed = Buffer.from(answer);
	changed.write("z", at + 6);
	return changed;
}

/** ErrorResponse, as a server answers that lets nobody in. */
function fatal(code: string, message: string): Buffer {
	const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`, "latin1");
	const head = Buffer.from([0x45, 0, 0, 0, 0]);
	head.writeUInt32BE(fields.length + 4, 1);
	return Buffer.concat([head, fields]);
}
