import type { IncomingMessage } from "node:http";
import { type Exchange, send, strike } from "../../airtable/simulator/exchange.ts";
import { admit, type Received, receive } from "./gate.ts";
import { consentPage, decide, oauthCall } from "./oauth.ts";
import { failure, type Reply } from "./replies.ts";
import { answer } from "./routes.ts";
import type { World } from "./state.ts";

/** Carries one request from its first byte to its reply, or to the accident planned for it. */
export async function carryOut(world: World, exchange: Exchange): Promise<void> {
	const received = await receive(exchange.request, await readBytes(exchange.request));
	world.requests.push({ method: received.method, path: received.url.pathname });
	const commit = received.url.pathname.startsWith("/v1/oauth/")
		? authorizing(world, received)
		: calling(world, received);
	if ("status" in commit) return send(exchange, commit);
	const fault = world.faults.take(received.method, received.url.pathname);
	return fault === null ? send(exchange, commit.run()) : strike(fault, exchange, commit.run);
}

type Commit = { run(): Reply };

function calling(world: World, received: Received): Commit | Reply {
	const admitted = admit(world, received);
	return "status" in admitted ? admitted : { run: () => answer(admitted) };
}

function authorizing(world: World, { method, url, headers, body, text }: Received): Commit {
	const request = { world, url, authorization: headers.authorization, body, form: new URLSearchParams(text) };
	const isPage = url.pathname === "/v1/oauth/authorize";
	const isCall = ["token", "revoke", "introspect"].some((name) => url.pathname === `/v1/oauth/${name}`);
	if (isPage && method === "GET") return { run: () => consentPage(request) };
	if (isPage && method === "POST") return { run: () => decide(request) };
	if (isCall && method === "POST") return { run: () => oauthCall(request) };
	return { run: () => failure(400, "invalid_request_url", "Invalid request URL.") };
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}
