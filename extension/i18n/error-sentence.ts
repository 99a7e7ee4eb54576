import { answersInEnglish } from "./locale.ts";
import { messageFor } from "./t.ts";

/** As much of the server's errors and of a record's problem as is told. */
type Told = { code: string; message: string; details?: unknown };

/**
 * What is said for a stable code in the person's language; what the server itself says where no message has the code, or has places that
 * neither the details nor `known` fill. The server writes English, and more exactly than a code can say, so in English it is always its
 * own sentence.
 */
export function errorSentence({ code, message, details }: Told, known: { provider?: string } = {}): string {
	if (answersInEnglish || !isOfServer(code)) return message;
	const text = messageFor(`errors.${code}`, { ...placesIn(details), ...known });
	return text === null || /\{\w+\}/.test(text) ? message : text;
}

/** What has gone wrong on this device was said in the person's language from the start. */
const isOfServer = (code: string): boolean => !/^(client|outbox)\//.test(code);

function placesIn(details: unknown): Record<string, string | number> {
	if (typeof details !== "object" || details === null) return {};
	const plain = Object.entries(details).filter(([, value]) => typeof value === "string" || typeof value === "number");
	return Object.fromEntries(plain) as Record<string, string | number>;
}
