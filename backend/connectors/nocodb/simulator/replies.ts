import type { SimulatedReply } from "../../simulator-server.ts";

/** The newer envelope: a code and words. */
export function failure(status: number, error: string, message: string): SimulatedReply {
	return { status, body: { error, message } };
}

/** The older one, which 0.265 still answers in places. */
export function told(status: number, msg: string): SimulatedReply {
	return { status, body: { msg } };
}

export class Refusal extends Error {
	readonly reply: SimulatedReply;
	constructor(reply: SimulatedReply) {
		super("refused");
		this.reply = reply;
	}
}
