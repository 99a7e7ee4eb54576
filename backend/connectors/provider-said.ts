import type { ProblemDetails } from "../contract/errors.ts";

/** A provider's own sentence, which names the column where ours cannot. Cut short: it may repeat the value. */
const longest = 200;

/** Its place in a sentence of ours; nothing where the provider said nothing. */
export function saidInQuotes(said: string): string {
	return said === "" ? "" : ` (“${said.slice(0, longest)}”)`;
}

/** The same for saying it in another language. */
export function saidDetails(said: string): { details?: ProblemDetails } {
	return said === "" ? {} : { details: { case: "said", said: said.slice(0, longest) } };
}
