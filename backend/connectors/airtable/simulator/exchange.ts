import type { IncomingMessage, ServerResponse } from "node:http";
import { answer } from "./api.ts";
import type { Fault } from "./faults.ts";
import { admit, maxBodyBytes } from "./gate.ts";
import type { Reply } from "./replies.ts";
import type { World } from "./world.ts";

/** One request and the reply on its way; what a fault may do to both. */
export type Exchange = { request: IncomingMessage; response: ServerResponse };

/** Carries one API request from its first byte to its reply, or to the accident planned for it. */
export async function carryOut(world: World, exchange: Exchange): Promise<void> {
	const body = await readBody(exchange.request);
	const admitted = admit(world, exchange.request, body);
	if (admitted.kind === "turned_away") return send(exchange, admitted.reply);
	const { call } = admitted;
	const fault = world.faults.take(call.method, `/v0/${call.segments.join("/")}`);
	if (fault === null) return send(exchange, answer(call));
	return strike(fault, exchange, () => answer(call));
}

/** Done by hand for each effect so that the moment of the commit stands in the code. */
export async function strike(fault: Fault, exchange: Exchange, commit: () => Reply): Promise<void> {
	const { effect } = fault.rule;
	switch (effect.kind) {
		case "status": {
			if (effect.afterCommit === true) commit();
			fault.reached();
			return send(exchange, { status: effect.status, headers: effect.headers ?? {}, body: bodyOf(effect.body) });
		}
		case "delay": {
			fault.reached();
			await new Promise((resolve) => setTimeout(resolve, effect.ms));
			return send(exchange, commit());
		}
		case "hold": {
			const early = effect.afterCommit === true ? commit() : null;
			fault.reached();
			await fault.released;
			return send(exchange, early ?? commit());
		}
		case "timeout": {
			if (effect.afterCommit === true) commit();
			return fault.reached();
		}
		case "drop_before":
		case "drop_after_commit": {
			if (effect.kind === "drop_after_commit") commit();
			fault.reached();
			exchange.request.socket.destroy();
			return;
		}
		case "malformed_json": {
			const whole = JSON.stringify(jsonOf(commit()));
			fault.reached();
			return send(exchange, {
				status: 200,
				body: { text: whole.slice(0, whole.length / 2), type: "application/json" },
			});
		}
		case "html_502": {
			fault.reached();
			const text = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
			return send(exchange, { status: 502, body: { text, type: "text/html" } });
		}
	}
}

function bodyOf(body: unknown): Reply["body"] {
	return typeof body === "string" ? { text: body, type: "text/plain" } : { json: body ?? {} };
}

function jsonOf(reply: Reply): unknown {
	return "json" in reply.body ? reply.body.json : reply.body.text;
}

export function send({ response }: Exchange, { status, headers = {}, body }: Reply): void {
	const text = "json" in body ? JSON.stringify(body.json) : body.text;
	const type = "json" in body ? "application/json; charset=utf-8" : body.type;
	if (response.destroyed) return;
	response.writeHead(status, { "content-type": type, ...headers });
	response.end(text);
}

/** The body as text, or null when it is larger than any request has reason to be. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size <= maxBodyBytes) chunks.push(bytes);
	}
	return size > maxBodyBytes ? null : Buffer.concat(chunks).toString("utf8");
}
