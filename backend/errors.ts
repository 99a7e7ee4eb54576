import type { ErrorCode } from "./contract/errors.ts";

/**
 * A failure the caller was promised could happen, with a stable code. `api/plugins/errors.ts` alone turns codes into HTTP
 * statuses; rooms branch on `code`, never on `message`. Anything else that is thrown is a defect and answers 500.
 */
export class SheafError extends Error {
	override readonly name = "SheafError";
	readonly code: ErrorCode;
	/** What a client can use to mend it; travels on the wire, so no secrets and nothing of another tenant. */
	readonly details?: unknown;

	/** @param message one sentence a person can act on */
	constructor(code: ErrorCode, message: string, options: { details?: unknown; cause?: unknown } = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.code = code;
		if (options.details !== undefined) this.details = options.details;
	}
}

/**
 * A reason not to start, worded for the person at the terminal: what is wrong and what to do. `main.ts` prints `message`
 * and exits with 1; a stack would only hide the sentence.
 */
export class StartError extends Error {
	override readonly name = "StartError";
}
