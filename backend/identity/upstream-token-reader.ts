import { SheafError } from "../errors.ts";
import type { IdentityContext } from "./context.ts";
import type { TokenReader } from "./exchange.ts";
import { type PersonFound, personFor } from "./find-person.ts";
import type { SignedIn } from "./signed-in.ts";
import type { Upstream, UpstreamIdentity, UpstreamResult } from "./upstream/upstream.ts";

type Named = Pick<Upstream, "title">;

/** Tokens that a client got from an upstream by itself, as something to exchange (ID-4); null where there is no safe way to check whom they are for. */
export function upstreamTokenReader(context: IdentityContext, upstream: Upstream): TokenReader | null {
	const { identifyToken } = upstream;
	if (identifyToken === undefined) return null;
	return async (token) => {
		const identity = vouchedFor(upstream, await identifyToken(token));
		return { person: signedIn(upstream, await personFor(context, identity)) };
	};
}

function vouchedFor({ title }: Named, result: UpstreamResult): UpstreamIdentity {
	switch (result.kind) {
		case "identified":
			return result.identity;
		case "unavailable":
			throw new SheafError("auth/upstream-unavailable", `${title} does not answer right now. Try again in a moment.`, {
				details: { retryAfterSeconds: 5 },
			});
		case "cancelled":
		case "refused":
			throw refused(title);
	}
}

function signedIn({ title }: Named, found: PersonFound): SignedIn {
	switch (found.kind) {
		case "signed-in":
			return found.person;
		case "gone":
			throw refused(title);
		case "email-in-use":
			throw new SheafError(
				"auth/email-in-use",
				`There is an account with this address already. Sign in the way you did before, then add ${title} under Options → Account.`,
				{ details: { ways: found.ways } },
			);
	}
}

function refused(title: string): SheafError {
	return new SheafError(
		"auth/upstream-refused",
		`${title}'s token was not accepted: it is not valid here. Sign in there again.`,
	);
}
