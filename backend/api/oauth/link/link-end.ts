import type { ErrorCode } from "../../../contract/errors.ts";
import type { LinkTicket } from "../../../identity/account-links.ts";
import { answerAddress } from "../../../identity/authorization-request.ts";

/** Where the window of a ticket ends; what became of it is added by `linkEnd`. */
export function linkDestination({ redirectUri, state }: LinkTicket, issuer: string): string {
	return answerAddress(redirectUri, issuer, { state });
}

/** `access_denied` is RFC 6749's word for "the person did not want to"; a client is quiet about it. */
export type LinkError = ErrorCode | "access_denied";

/** The client's redirect, which has `state` and `iss` already, with the answer. */
export function linkEnd(destination: string, answer: { linked: string } | { error: LinkError }): string {
	const address = new URL(destination);
	for (const [name, value] of Object.entries(answer)) address.searchParams.set(name, value);
	return address.href;
}
