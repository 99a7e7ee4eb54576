import { createGuardedHttp } from "../../../connectors/http.ts";
import type { TestBackend } from "../../testing/test-backend.ts";
import { TestIssuer } from "../../testing/test-issuer.ts";
import { authorizePath, hiddenFields, makePkce, type TestBrowser } from "../../testing/test-person.ts";
import { addressIn, type Probe, pageAnswer, type World } from "./test-probe.ts";

/** A backend with two upstreams, one of which may be in the attacker's hands. */
export type Scene = { backend: TestBackend; google: TestIssuer; oidc: TestIssuer };

async function withIssuers({ own }: World, work: (scene: Scene) => Promise<string>): Promise<string> {
	const [google, oidc] = [await TestIssuer.start(), await TestIssuer.start()];
	try {
		const http = createGuardedHttp({ allowedOrigins: [google.url, oidc.url] });
		const backend = await own({ ...google.variables("google"), ...oidc.variables("oidc") }, { http });
		return await work({ backend, google, oidc });
	} finally {
		await google.close();
		await oidc.close();
	}
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
