import { createGuardedHttp } from "../../../connectors/http.ts";
import { TestIssuer } from "../../../identity/upstream/test-issuer.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { authorizePath, hiddenFields, makePkce, type TestBrowser } from "../../testing/test-person.ts";
import { addressIn, type Probe, pageAnswer, type World } from "./test-probe.ts";

/** An upstream at which everybody says yes. */
export type Yes = {
	url: string;
	clientId: string;
	/** @returns where the browser is sent back to; `claims` are what the ID token behind its code says, undefined leaves one out */
	authorize(address: string, claims: Record<string, unknown>): URL;
};

/** A backend with two upstreams, one of which may be in the attacker's hands. */
export type Scene = { backend: TestBackend; google: Yes; oidc: Yes };

async function withIssuers({ own }: World, work: (scene: Scene) => Promise<string>): Promise<string> {
	const clients = { google: clientOf("google"), oidc: clientOf("oidc") };
	const google = await new TestIssuer({ client: clients.google }).start();
	const oidc = await new TestIssuer({ client: clients.oidc }).start();
	try {
		const variables = {
			SHEAF_GOOGLE_CLIENT_ID: clients.google.clientId,
			SHEAF_GOOGLE_CLIENT_SECRET: clients.google.clientSecret,
			GOOGLE_OAUTH_URL: google.address,
			SHEAF_OIDC_CLIENT_ID: clients.oidc.clientId,
			SHEAF_OIDC_CLIENT_SECRET: clients.oidc.clientSecret,
			SHEAF_OIDC_ISSUER: oidc.address,
		};
		const http = createGuardedHttp({ allowedOrigins: [google.address, oidc.address] });
		const backend = await own(variables, { http });
		for (const client of Object.values(clients))
			client.redirectUri = `${backend.url}/oauth/callback/${client.provider}`;
		return await work({ backend, google: saysYes(google, clients.google), oidc: saysYes(oidc, clients.oidc) });
	} finally {
		await google.server.close();
		await oidc.server.close();
	}
}

const clientOf = (provider: string) => ({
	provider,
	clientId: `sheaf-at-${provider}`,
	clientSecret: `a secret for ${provider}`,
	redirectUri: "",
});

function saysYes(issuer: TestIssuer, { clientId }: { clientId: string }): Yes {
	return {
		url: issuer.address,
		clientId,
		authorize: (address, claims) => {
			const key = crypto.randomUUID();
			issuer.accounts.set(key, claims);
			// The stand-in puts the flow's own nonce in, unless it is told another one for all tokens.
			issuer.claims = "nonce" in claims ? { nonce: claims["nonce"] } : {};
			return issuer.consent.decide(address, key);
		},
	};
}

export const probe = (
	name: string,
	{ tries, promised }: Pick<Probe, "tries" | "promised">,
	work: (scene: Scene) => Promise<string>,
): Probe => ({
	name,
	tries,
	promised,
	attack: (world) => withIssuers(world, work),
});

export const someone = () => ({
	sub: crypto.randomUUID(),
	email: `ada.${crypto.randomUUID()}@gmail.com`,
	email_verified: true,
});

/** A browser on its way. @returns where the upstream's page is */
export async function leave(browser: TestBrowser, provider = "google"): Promise<string> {
	const page = await (await browser.get(authorizePath(makePkce()))).text();
	return addressIn(await browser.post(`/oauth/upstream/${provider}`, hiddenFields(page))) ?? "";
}

const pathOf = ({ pathname, search }: URL) => pathname + search;
export const comeBack = async (browser: TestBrowser, callback: URL) =>
	await pageAnswer(await browser.get(pathOf(callback)));
export const refused = "a page that says no";
