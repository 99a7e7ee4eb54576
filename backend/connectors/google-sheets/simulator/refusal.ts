import type { SimulatedReply } from "../../simulator-server.ts";

/** Ends the handling of a request with this reply; caught in one place (`answer.ts`). */
export class Refusal extends Error {
	readonly reply: SimulatedReply;

	constructor(reply: SimulatedReply) {
		super(`refused with ${reply.status}`);
		this.reply = reply;
	}
}

const statuses: Readonly<Record<number, string>> = {
	400: "INVALID_ARGUMENT",
	401: "UNAUTHENTICATED",
	403: "PERMISSION_DENIED",
	404: "NOT_FOUND",
	429: "RESOURCE_EXHAUSTED",
};

/** Google's envelope; `reason` is told apart in `details`. */
export function failure(status: number, message: string, reason?: string): SimulatedReply {
	const type = "type.googleapis.com/google.rpc.ErrorInfo";
	const details = reason === undefined ? {} : { details: [{ "@type": type, reason, domain: "googleapis.com" }] };
	return { status, body: { error: { code: status, message, status: statuses[status] ?? "UNKNOWN", ...details } } };
}

export function refuse(status: number, message: string, reason?: string): never {
	throw new Refusal(failure(status, message, reason));
}
