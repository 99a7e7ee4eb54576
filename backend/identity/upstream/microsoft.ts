import type { JWK, JWTPayload } from "jose";
import type { UpstreamClient } from "../../env-identity.ts";
import type { OidcProfile } from "./oidc-profile.ts";
import { createOidcUpstream } from "./oidc-upstream.ts";
import type { PersonClaims } from "./person-claims.ts";
import type { Upstream, UpstreamDeps } from "./upstream.ts";

/** The directory of all personal accounts. */
const consumers = "9188040d-6c67-4c5b-b112-36a304b66dad";
const directoryForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const placeholder = "{tenantid}";

/** Microsoft, personal and work accounts, by OpenID Connect (v2.0 endpoints). It has no call that takes access back. */
export function createMicrosoft(
	microsoft: UpstreamClient & { url: string; tenant: string },
	deps: UpstreamDeps,
): Upstream {
	const { url, tenant } = microsoft;
	const profile: OidcProfile = {
		id: "microsoft",
		title: "Microsoft",
		client: microsoft,
		metadataBase: `${url}/${tenant}/v2.0`,
		// One for each directory; that of several is a template, and a directory's domain is answered with its id.
		isMetadataIssuer: (issuer) => {
			const directory = directoryIn(issuer, url);
			if (directoryForm.test(tenant)) return directory === tenant;
			return directory === placeholder || (directory !== null && directoryForm.test(directory));
		},
		isIssuer: (claims, issuer, key) => isIssuer(claims, issuer, key) && mayEnter(tenant, claims),
		algorithms: ["RS256"],
		clientAuth: "post",
		parameters: { prompt: "select_account" },
		vouchesFor,
		grantsUrl:
			tenant === "consumers" ? "https://account.live.com/consent/Manage" : "https://myapplications.microsoft.com",
	};
	return createOidcUpstream(profile, deps);
}

function directoryIn(issuer: string, url: string): string | null {
	const [before, after] = [`${url}/`, "/v2.0"];
	return issuer.startsWith(before) && issuer.endsWith(after) ? issuer.slice(before.length, -after.length) : null;
}

/** A key that is published for one directory signs for no other: whoever has it must not become everybody else. */
function isIssuer({ iss, tid }: JWTPayload, metadataIssuer: string, key: JWK | undefined): boolean {
	if (typeof tid !== "string" || !directoryForm.test(tid)) return false;
	const keyIssuer = key !== undefined && "issuer" in key ? key.issuer : metadataIssuer;
	if (typeof keyIssuer !== "string" || iss !== keyIssuer.replace(placeholder, tid)) return false;
	return iss === metadataIssuer.replace(placeholder, tid);
}

/** `common` is for everybody; the other two words are for one kind of account, and anything else is a directory of its own. */
function mayEnter(tenant: string, { tid }: JWTPayload): boolean {
	if (tenant === "consumers") return tid === consumers;
	return tenant !== "organizations" || tid !== consumers;
}

/** A directory's administrator writes any address into an account; only where the domain's owner was checked is it somebody's. */
function vouchesFor({ xms_edov: checked }: PersonClaims): boolean {
	return checked === true || checked === 1 || checked === "1";
}
