import { createHash } from "node:crypto";
import { CompactEncrypt, compactDecrypt } from "jose";
import { fromNow, type IdentityContext } from "./context.ts";
import { randomToken, tokenHash } from "./opaque-tokens.ts";
import type { FlowSecrets } from "./upstream/upstream.ts";

/** As long as an upstream's code may live; whoever is away for longer starts again. */
export const flowSeconds = 600;

/** What is longer is no address of ours, and would not fit its column, sealed as it is there. */
export const maxDestinationLength = 4_096;

type FlowRow = { provider: string; destinationJwe: string; linksTo: string | null; expiresAt: Date };

/** A person who is at an upstream, and what they are there for. */
export type UpstreamFlow = {
	provider: string;
	/** Where they go afterwards: for a sign-in one of our own paths, for a link the client's redirect with its `state` and `iss`. */
	destination: string;
	/** Who links another way in; null for a sign-in. */
	linksTo: string | null;
};

/** @returns the token for the browser's cookie: the only thing that the flow's secrets can be made of again. */
export async function beginFlow(context: IdentityContext, flow: UpstreamFlow): Promise<string> {
	const token = randomToken();
	const { provider, linksTo } = flow;
	const sealed = await seal(flow.destination, token);
	await context.asIdentity(
		(sql) => sql`
			insert into sheaf.upstream_flows (flow_hash, provider, purpose, user_id, destination_jwe, expires_at)
			values (${tokenHash(token)}, ${provider}, ${linksTo === null ? "sign_in" : "link"}, ${linksTo}, ${sealed},
				${fromNow(context, flowSeconds)})`,
	);
	return token;
}

/** The flow of a cookie's token, which is over with this: a second call finds none. Null also when its time has passed. */
export async function takeFlow(context: IdentityContext, token: string): Promise<UpstreamFlow | null> {
	const [row] = await context.asIdentity(
		(sql) => sql<FlowRow[]>`
			delete from sheaf.upstream_flows where flow_hash = ${tokenHash(token)}
			returning provider, destination_jwe, user_id as links_to, expires_at`,
	);
	if (!row || row.expiresAt.getTime() <= context.now()) return null;
	const { provider, destinationJwe, linksTo } = row;
	return { provider, destination: await unseal(destinationJwe, token), linksTo };
}

/**
 * A destination may be an invitation's address, which joins whoever has it, or carry a client's `state`: it is sealed under what only the
 * browser's cookie can make again, so that a copy of the table is worth nothing.
 */
async function seal(destination: string, token: string): Promise<string> {
	return await new CompactEncrypt(new TextEncoder().encode(destination))
		.setProtectedHeader({ alg: "dir", enc: "A256GCM" })
		.encrypt(sealingKey(token));
}

async function unseal(jwe: string, token: string): Promise<string> {
	const { plaintext } = await compactDecrypt(jwe, sealingKey(token), {
		keyManagementAlgorithms: ["dir"],
		contentEncryptionAlgorithms: ["A256GCM"],
	});
	return new TextDecoder().decode(plaintext);
}

function sealingKey(token: string): Uint8Array {
	return derive(token, "destination");
}

/** Three values that nobody can tell from random, or make from one another; each is a PKCE verifier by its form (RFC 7636 §4.1). */
export function flowSecrets(token: string): FlowSecrets {
	const derived = (purpose: string) => derive(token, purpose).toString("base64url");
	return { state: derived("state"), nonce: derived("nonce"), codeVerifier: derived("verifier") };
}

function derive(token: string, purpose: string): Buffer {
	return createHash("sha256").update(`${purpose}\n${token}`).digest();
}
