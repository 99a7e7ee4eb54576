import type { TokenAnswer } from "../contract/ways-in.ts";
import { SheafError } from "../errors.ts";
import type { IdentityContext } from "./context.ts";
import type { Device } from "./device.ts";
import type { SignedIn } from "./signed-in.ts";
import { grantForPerson } from "./tokens.ts";

/** Whom a token of a provider speaks for. */
export type Exchanged = {
	person: SignedIn;
	/** The provider's own session, where the provider can end it (Clerk). */
	upstreamSession?: string;
	/** Asked once the device's session stands; throws when the provider has taken back in between what it said. */
	confirm?: () => Promise<void>;
};

/** Checks a token that a client got from its provider, and finds or makes the person; one per provider that has a safe way to check. */
export type TokenReader = (token: string) => Promise<Exchanged>;

/** A token to be exchanged, and the device that shows it, proven by its key. */
export type ExchangeRequest = {
	provider: string;
	token: string;
	clientId: string;
	dpopThumbprint: string;
	device: Device;
};

export type Exchange = {
	/** Whether tokens of this provider are taken here. */
	takes(provider: string): boolean;
	/**
	 * Native exchange (ID-4, ID-5): a token of a provider opens a session of this device.
	 *
	 * @throws SheafError `auth/provider-unknown`, `auth/upstream-refused`, `auth/token-expired`, `auth/upstream-unavailable`,
	 * `auth/email-in-use`; OAuthError `invalid_request` for the device.
	 */
	run(request: ExchangeRequest): Promise<TokenAnswer>;
};

export function createExchange(context: IdentityContext, readers: ReadonlyMap<string, TokenReader>): Exchange {
	return {
		takes: (provider) => readers.has(provider),
		run: async ({ provider, token, ...asker }) => {
			const read = readers.get(provider);
			if (!read) throw new SheafError("auth/provider-unknown", "This backend takes no tokens of that provider.");
			const { person, upstreamSession, confirm } = await read(token);
			const upstream = upstreamSession === undefined ? {} : { upstreamSession };
			const answer = await grantForPerson(context, { ...asker, ...upstream, person });
			await confirm?.();
			return answer;
		},
	};
}
