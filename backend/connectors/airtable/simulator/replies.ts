/** One answer of the simulator. A `text` is sent as it stands, a `json` body is serialised. */
export type Reply = {
	status: number;
	headers?: Record<string, string>;
	body: { json: unknown } | { text: string; type: string };
};

export function ok(json: unknown): Reply {
	return { status: 200, body: { json } };
}

/** The usual envelope: `{ "error": { "type", "message" } }`. */
export function failure(status: number, type: string, message: string): Reply {
	return { status, body: { json: { error: { type, message } } } };
}

/** The other envelope, which not-found answers use: `{ "error": "NOT_FOUND" }`. */
export function notFound(): Reply {
	return { status: 404, body: { json: { error: "NOT_FOUND" } } };
}

/** Ends the handling of a request with this reply; caught in one place (`api.ts`). */
export class Refusal extends Error {
	readonly reply: Reply;

	constructor(reply: Reply) {
		super(`refused with ${reply.status}`);
		this.reply = reply;
	}
}

export function refuse(status: number, type: string, message: string): never {
	throw new Refusal(failure(status, type, message));
}

/** Also given for a base or table that does not exist or was not granted, so that nobody can probe for names. */
export function refuseModel(): never {
	return refuse(
		403,
		"INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
		"Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.",
	);
}

/** 422 with the API's generic text for a malformed request. */
export function refuseShape(message = "Invalid request: parameter validation failed. Check your request data."): never {
	return refuse(422, "INVALID_REQUEST_UNKNOWN", message);
}
