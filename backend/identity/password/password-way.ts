import type { Logger } from "pino";
import type { GuardedHttp } from "../../connectors/connector.ts";
import type { IdentityEnv } from "../../env-identity.ts";
import type { Letter, Mail } from "../../mail/mail.ts";
import { type Said, say } from "../../words/say.ts";
import type { Identity } from "../identity.ts";
import type { Upstreams } from "../upstream/registry.ts";
import { createBreachedPasswords } from "./breached-passwords.ts";
import { createPasswordRules, type PasswordRules } from "./password-rules.ts";

/** What the way in by e-mail and password works with, handed in once by whoever composes the app. */
export type PasswordWay = {
	identity: Identity;
	mail: Mail;
	judge: PasswordRules;
	/** Whether an address has to be proven before its account exists. */
	verifiesEmail: boolean;
	/** What a letter calls a way in, by its id. */
	titleOf: (way: string) => string | Said;
};

export type PasswordSettings = Pick<PasswordWay, "identity" | "mail"> & {
	env: Pick<IdentityEnv, "verifiesEmail" | "breachedPasswordsUrl">;
	upstreams: Upstreams;
	http: GuardedHttp;
	log: Logger;
};

export function createPasswordWay({ identity, mail, env, upstreams, http, log }: PasswordSettings): PasswordWay {
	const { verifiesEmail, breachedPasswordsUrl: url } = env;
	return {
		identity,
		mail,
		judge: createPasswordRules(url === null ? null : createBreachedPasswords({ url, http, log })),
		verifiesEmail,
		titleOf: (way) => (way === "password" ? say("your password") : (upstreams.get(way)?.title ?? way)),
	};
}

/** Where the link of a letter leads. */
export function letterAddress({ identity }: Pick<PasswordWay, "identity">, link: string): string {
	return `${identity.issuer}/oauth/letter/${link}`;
}

/** Sends what tells somebody of a change that is made already: a failing mail server does not undo it, and logs it itself. */
export async function tell({ mail }: Pick<PasswordWay, "mail">, letter: Letter): Promise<void> {
	await mail.send(letter);
}
