import type { SourcePlace } from "../../contract/sources.ts";
import type { ConnectorCall } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import type { SourceQuery } from "../source.ts";
import { createAmazonAdsConnector } from "./index.ts";
import type { ProfileSeed } from "./simulator/world.ts";
import { startAmazonSimulator } from "./simulator.ts";

/** What this folder's tests share: a login with three accounts in two regions, one of them an agency's. */
export const sceneToken = "Atza|scene";
export const sceneClient = { clientId: "amzn1.application-oa2-client.scene", clientSecret: "s3cret" };
export const redirectUri = "https://sheaf.example/connections/callback";

/** Longer than a number holds exactly. */
export const longNumber = "9007199254740993123";

export const shop: ProfileSeed = {
	region: "na",
	number: longNumber,
	name: "Lamp shop",
	countryCode: "US",
	currencyCode: "USD",
	timezone: "America/Los_Angeles",
	type: "seller",
};
export const agency: ProfileSeed = {
	region: "eu",
	number: "3202",
	countryCode: "DE",
	currencyCode: "EUR",
	timezone: "Europe/Paris",
	type: "agency",
};
const brand: ProfileSeed = { ...agency, number: "3201", name: "Lampen GmbH", type: "vendor" };

export const shopId = `na:${longNumber}`;
export const agencyId = "eu:3202";

export async function openScene(profiles: readonly ProfileSeed[] = [shop, brand, agency]) {
	const clients = [{ ...sceneClient, redirectUris: [redirectUri] }];
	const simulator = await startAmazonSimulator({ tokens: [sceneToken], clients, profiles });
	const connector = connectorAt(simulator.url, { now: () => simulator.world.now() });
	return { simulator, connector, call: (token = sceneToken) => callAt(simulator.url, token) };
}

export function connectorAt(url: string, { dsp = true, now = Date.now }: { dsp?: boolean; now?: () => number } = {}) {
	const apiUrls = { na: `${url}/na`, eu: `${url}/eu`, fe: `${url}/fe` };
	return createAmazonAdsConnector({ oauthUrl: url, apiUrls, client: sceneClient, dsp, now });
}

export function callAt(url: string, token: string): ConnectorCall {
	const http = createGuardedHttp({ allowedOrigins: [url] });
	return { credential: { token }, http, signal: new AbortController().signal };
}

/** One page of a table, in its columns. */
export async function listPage(
	{ connector, call }: Pick<Awaited<ReturnType<typeof openScene>>, "connector" | "call">,
	place: SourcePlace,
	asked: Partial<SourceQuery> = {},
) {
	const { source } = connector;
	if (source === undefined) throw new Error("The connector is no source.");
	const schema = await source.schema(call(), place);
	if (schema.kind !== "ok") return schema;
	const { columns } = schema.value;
	const query = { cursor: null, filter: [], search: null, limit: 100, columns, schema: schema.value, ...asked };
	return await source.list(call(), place, query);
}
