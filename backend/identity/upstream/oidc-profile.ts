import type { JWK, JWTPayload } from "jose";
import type { UpstreamClient } from "../../env-identity.ts";
import type { PersonClaims } from "./person-claims.ts";

/** What one OpenID Connect issuer has of its own; everything else is the same for all (`oidc-upstream.ts`). */
export type OidcProfile = {
	id: string;
	title: string;
	client: UpstreamClient;
	/** Its metadata is at `<this>/.well-known/openid-configuration`. */
	metadataBase: string;
	/** Whether the metadata is of the issuer that was meant (Discovery §4.3). */
	isMetadataIssuer(issuer: string): boolean;
	/** Left out: the metadata's issuer, exactly. `key`: what signed the claims, as the issuer publishes it. */
	isIssuer?(claims: JWTPayload, metadataIssuer: string, key: JWK | undefined): boolean;
	algorithms: readonly string[];
	/** Left out: as the metadata says. */
	clientAuth?: "post";
	/** Further parameters of the authorization request. */
	parameters?: Readonly<Record<string, string>>;
	/** Whether the issuer is to be believed about the address in these claims. */
	vouchesFor(claims: PersonClaims): boolean;
	grantsUrl: string | null;
	/** Whether an ID token that a client got by itself can be exchanged for a session (ID-4). */
	takesTokens?: true;
};

/** What any issuer may sign with: asymmetric, and never an algorithm that a token's header could talk us into. */
export const usualAlgorithms = ["RS256", "PS256", "ES256", "EdDSA"] as const;
