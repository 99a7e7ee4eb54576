import { t } from "../i18n/t.ts";

export type OutboxErrorCode =
	/** The disk or the browser's quota is full. What was saved before is untouched. */
	| "outbox/storage-full"
	/** IndexedDB failed in another way. What was saved before is untouched. */
	| "outbox/storage-failed"
	/** A newer version of the extension has changed the database; this page is an old one. */
	| "outbox/newer-version"
	| "outbox/record-unknown"
	| "outbox/closed";

/** What the local database can fail with (OUT-4). `message` can be shown to the person as it is. */
export class OutboxError extends Error {
	override readonly name = "OutboxError";
	readonly code: OutboxErrorCode;

	constructor(code: OutboxErrorCode, options?: ErrorOptions) {
		super(t(`errors.${code}`), options);
		this.code = code;
	}
}

/** IndexedDB's own errors are told apart by name: their texts differ between browsers. */
export function asOutboxError(error: unknown): unknown {
	if (error instanceof OutboxError || !(error instanceof Error)) return error;
	if (error.name === "QuotaExceededError") return new OutboxError("outbox/storage-full", { cause: error });
	if (error.name === "VersionError") return new OutboxError("outbox/newer-version", { cause: error });
	const storageFailed = ["AbortError", "UnknownError", "InvalidStateError", "DataError", "NotFoundError"];
	return storageFailed.includes(error.name) ? new OutboxError("outbox/storage-failed", { cause: error }) : error;
}
