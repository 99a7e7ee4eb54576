import { answersInEnglish } from "./locale.ts";
import { isCodeOfServer } from "./message-table.ts";
import { messageFor, type Values } from "./t.ts";

/** As much of the server's errors and of a record's problem as is told. */
type Told = { code: string; message: string; details?: unknown };

/**
 * What is said for a stable code in the person's language: the sentence of the case that the details name, else the code's; what the server
 * itself says where no message has the code, or has places that neither the details nor `known` fill. The server writes English, and more
 * exactly than a code can say, so in English it is always its own sentence.
 */
export function errorSentence({ code, message, details }: Told, known: { provider?: string } = {}): string {
	if (answersInEnglish || !isCodeOfServer(code)) return message;
	const places: Values = { ...withWants(placesIn(details)), ...known };
	return filled(`${code}/${places["case"]}`, places) ?? filled(code, places) ?? message;
}

/** Null where there is no message, or one with a place that nothing fills. */
function filled(key: string, places: Values): string | null {
	const text = messageFor(`errors.${key}`, places);
	return text === null || /\{\w+\}/.test(text) ? null : text;
}

/** What a column takes is a whole message itself; one that this version does not know fills no place. */
function withWants({ wants, ...places }: Values): Values {
	const text = wants === undefined ? null : filled(`wants.${wants}`, places);
	return text === null ? places : { ...places, wants: text };
}

function placesIn(details: unknown): Values {
	if (typeof details !== "object" || details === null) return {};
	const plain = Object.entries(details).filter(([, value]) => typeof value === "string" || typeof value === "number");
	return Object.fromEntries(plain) as Values;
}
