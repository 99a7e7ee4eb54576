import type { HttpResponse } from "../connector.ts";
import { readReply } from "../read-reply.ts";
import { passingTrouble, type Trouble } from "../row-trouble.ts";
import { ErrorReply } from "./replies.ts";

/** How long the cloud refuses after a request too many is not written down; half a minute is what others take. */
export const penaltyMs = 30_000;

/** A code of 401 means a bad token only for the first two; for the others the token is good and its rights are not. */
const byCode: Readonly<Record<string, (said: string) => Trouble>> = {
	ERROR_TOKEN_DOES_NOT_EXIST: () => ({ kind: "credential" }),
	ERROR_INVALID_TOKEN_HEADER: () => ({ kind: "credential" }),
	ERROR_USER_NOT_ACTIVE: () => ({ kind: "credential" }),
	ERROR_TOKEN_GROUP_MISMATCH: () => ({ kind: "credential" }),
	ERROR_NO_PERMISSION_TO_TABLE: () => ({ kind: "permission" }),
	PERMISSION_DENIED: () => ({ kind: "permission" }),
	ERROR_USER_NOT_IN_GROUP: () => ({ kind: "permission" }),
	ERROR_CANNOT_CREATE_ROWS_IN_TABLE: () => ({ kind: "permission" }),
	ERROR_TABLE_DOES_NOT_EXIST: () => ({ kind: "table_missing" }),
	ERROR_FIELD_DOES_NOT_EXIST: () => ({ kind: "column_missing" }),
	ERROR_FILTER_FIELD_NOT_FOUND: () => ({ kind: "column_missing" }),
	ERROR_ROW_DOES_NOT_EXIST: () => ({ kind: "row_missing" }),
	ERROR_REQUEST_BODY_VALIDATION: (said) => ({ kind: "value", said }),
	ERROR_FIELD_DATA_CONSTRAINT: (said) => ({ kind: "value", said }),
	ERROR_SELECT_OPTION_DOES_NOT_BELONG_TO_FIELD: () => ({ kind: "option" }),
	ERROR_FILE_URL_COULD_NOT_BE_REACHED: (said) => ({ kind: "value", said }),
	ERROR_INVALID_FILE_URL: (said) => ({ kind: "value", said }),
	ERROR_INVALID_FILE: (said) => ({ kind: "value", said }),
	ERROR_FILE_SIZE_TOO_LARGE: () => ({ kind: "too_large" }),
};

export function troubleOf(response: HttpResponse): Trouble {
	const passing = passingTrouble(response, penaltyMs);
	if (passing !== null || response.kind !== "answered") return passing ?? { kind: "refused", said: "" };
	const { status, text } = response;
	const { error = "", detail } = readReply(ErrorReply, text) ?? {};
	const said = firstWords(detail);
	const told = byCode[error];
	if (told !== undefined) return told(said);
	if (status === 401) return { kind: "credential" };
	if (status === 403) return { kind: "permission" };
	if (status === 404) return { kind: "table_missing" };
	return { kind: "refused", said };
}

/** The first sentence in a detail, however deep: batches tell by row, then by column, in lists of `{ error, code }`. */
function firstWords(detail: unknown): string {
	if (typeof detail === "string") return detail;
	if (typeof detail !== "object" || detail === null) return "";
	if ("error" in detail && typeof detail.error === "string") return detail.error;
	for (const part of Object.values(detail)) {
		const words = firstWords(part);
		if (words !== "") return words;
	}
	return "";
}
