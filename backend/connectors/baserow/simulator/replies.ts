import type { SimulatedReply } from "../../simulator-server.ts";

export function failure(status: number, error: string, detail: unknown): SimulatedReply {
	return { status, body: { error, detail } };
}

export class Refusal extends Error {
	readonly reply: SimulatedReply;
	constructor(reply: SimulatedReply) {
		super("refused");
		this.reply = reply;
	}
}
