import { createRemoteJWKSet, customFetch as joseFetch } from "jose";
import {
	allowInsecureRequests,
	type ClientAuth,
	ClientSecretBasic,
	ClientSecretPost,
	Configuration,
	customFetch,
	discovery,
	type ServerMetadata,
} from "openid-client";
import { Refusal } from "./failure.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import type { IdTokenRules } from "./id-token.ts";
import type { OidcProfile } from "./oidc-profile.ts";
import type { UpstreamDeps } from "./upstream.ts";

/** An issuer whose metadata has been read. */
export type OpenIssuer = {
	metadata: Readonly<ServerMetadata>;
	rules: IdTokenRules;
	/** openid-client's view of it, which asks through `fetch`. */
	configured(fetch: GuardedFetch): Configuration;
};

const metadataKeptMs = 3_600_000;
/** A key id that is not among them asks again at most this often, or any stranger's token would be a request. */
const unknownKeyPauseMs = 30_000;
const keysKeptMs = 300_000;
const timeoutSeconds = 10;

/** The issuer of a profile, read when it is first needed and kept for an hour; a failure is not kept. */
export function issuerOf(profile: OidcProfile, deps: UpstreamDeps): () => Promise<OpenIssuer> {
	let known: { opening: Promise<OpenIssuer>; until: number } | null = null;
	return async () => {
		if (known === null || known.until <= deps.now()) {
			known = { opening: openIssuer(profile, deps), until: deps.now() + metadataKeptMs };
		}
		const { opening } = known;
		try {
			return await opening;
		} catch (error) {
			if (known?.opening === opening) known = null;
			throw error;
		}
	};
}

async function openIssuer(profile: OidcProfile, deps: UpstreamDeps): Promise<OpenIssuer> {
	const { clientId, clientSecret } = profile.client;
	const metadata = await readMetadata(profile, deps);
	const auth = clientAuthFor(profile, metadata)(clientSecret);
	return {
		metadata,
		rules: rulesFor(profile, metadata, deps),
		configured: (fetch) => {
			const config = new Configuration(metadata, clientId, {}, auth);
			config[customFetch] = fetch;
			config.timeout = timeoutSeconds;
			if (isPlain(profile.metadataBase)) allowInsecureRequests(config);
			return config;
		},
	};
}

/** Asked with the whole address, openid-client leaves the comparison of issuers to us: Microsoft's is a template. */
async function readMetadata(profile: OidcProfile, { fetch }: UpstreamDeps): Promise<Readonly<ServerMetadata>> {
	const address = new URL(`${profile.metadataBase}/.well-known/openid-configuration`);
	const config = await discovery(address, profile.client.clientId, {}, undefined, {
		[customFetch]: fetch,
		timeout: timeoutSeconds,
		...(isPlain(profile.metadataBase) ? { execute: [allowInsecureRequests] } : {}),
	});
	const metadata = config.serverMetadata();
	if (!profile.isMetadataIssuer(metadata.issuer)) throw new Refusal("metadata: issuer");
	for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const) {
		if (metadata[name] === undefined) throw new Refusal(`metadata: ${name}`);
	}
	for (const name of endpoints) {
		if (metadata[name] !== undefined && !URL.canParse(metadata[name])) throw new Refusal(`metadata: ${name}`);
	}
	return metadata;
}

/** What is asked there, if it is there; the first three have to be. */
const endpoints = [
	"authorization_endpoint",
	"token_endpoint",
	"jwks_uri",
	"userinfo_endpoint",
	"revocation_endpoint",
] as const;

function rulesFor(profile: OidcProfile, metadata: Readonly<ServerMetadata>, deps: UpstreamDeps): IdTokenRules {
	const { jwks_uri: keysAddress = "", issuer } = metadata;
	return {
		keys: createRemoteJWKSet(new URL(keysAddress), {
			[joseFetch]: deps.fetch,
			cacheMaxAge: keysKeptMs,
			cooldownDuration: unknownKeyPauseMs,
			timeoutDuration: timeoutSeconds * 1_000,
		}),
		algorithms: profile.algorithms,
		clientId: profile.client.clientId,
		isIssuer: (claims, key) => profile.isIssuer?.(claims, issuer, key) ?? claims.iss === issuer,
		now: deps.now,
	};
}

/** OpenID Connect Discovery §3: what is left out means basic. */
function clientAuthFor(
	{ clientAuth }: OidcProfile,
	{ token_endpoint_auth_methods_supported: methods = ["client_secret_basic"] }: Readonly<ServerMetadata>,
): (secret: string) => ClientAuth {
	return clientAuth !== "post" && methods.includes("client_secret_basic") ? ClientSecretBasic : ClientSecretPost;
}

/** Plain http is for an issuer that the operator set so; the guarded way out refuses it for every other address. */
function isPlain(address: string): boolean {
	return address.startsWith("http:");
}
