import type { HttpResponse } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import { passingTrouble, type Trouble } from "../row-trouble.ts";
import { ErrorReply } from "./replies.ts";

/** The cloud asks for this long after a request too many; a server of one's own has no limit. */
export const penaltyMs = 30_000;

/** Codes as 0.265 writes them; newer servers put `ERR_` before. */
const byCode: Readonly<Record<string, (said: string) => Trouble>> = {
	AUTHENTICATION_REQUIRED: () => ({ kind: "credential" }),
	FORBIDDEN: () => ({ kind: "permission" }),
	PLAN_LIMIT_EXCEEDED: (said) => ({ kind: "refused", said }),
	BASE_NOT_FOUND: () => ({ kind: "table_missing" }),
	TABLE_NOT_FOUND: () => ({ kind: "table_missing" }),
	FIELD_NOT_FOUND: () => ({ kind: "column_missing" }),
	RECORD_NOT_FOUND: () => ({ kind: "row_missing" }),
	INVALID_VALUE_FOR_FIELD: (said) => ({ kind: "value", said }),
	REQUIRED_FIELD_MISSING: (said) => ({ kind: "value", said }),
	DUPLICATE_RECORD: (said) => ({ kind: "value", said }),
	DATABASE_ERROR: (said) => ({ kind: "value", said }),
	DATABASE_OP_FAILED: (said) => ({ kind: "value", said }),
	MAX_PAYLOAD_LIMIT_EXCEEDED: () => ({ kind: "too_large" }),
	MAX_INSERT_LIMIT_EXCEEDED: () => ({ kind: "too_large" }),
};

export function troubleOf(response: HttpResponse): Trouble {
	const passing = passingTrouble(response, penaltyMs);
	if (passing !== null || response.kind !== "answered") return passing ?? { kind: "refused", said: "" };
	const { status, text } = response;
	const { error = "", message, msg } = readReply(ErrorReply, text) ?? {};
	const said = message ?? msg ?? "";
	const told = byCode[error.replace(/^ERR_/, "")];
	if (told !== undefined) return told(said);
	if (status === 401) return { kind: "credential" };
	if (status === 403) return { kind: "permission" };
	if (status === 404) return { kind: "table_missing" };
	// Told in words alone, also by 0.265: a choice that the column does not have.
	return said.startsWith("Invalid option") ? { kind: "option" } : { kind: "refused", said };
}
