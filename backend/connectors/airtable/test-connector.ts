import type { Connector, ConnectorCall, PushTarget } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { createAirtableConnector } from "./index.ts";
import { openScene, type Scene, sceneToken } from "./simulator/test-scene.ts";

/** A connector in front of a simulator with every column type; shared by this folder's tests. */
export type TestConnector = {
	scene: Scene;
	connector: Connector;
	call(token?: string): ConnectorCall;
	/** The table with every column, merged on its first. */
	target(): Promise<PushTarget>;
};

export async function openConnector(): Promise<TestConnector> {
	const scene = await openScene();
	const connector = createAirtableConnector({
		id: "airtable",
		title: "Airtable",
		summary: "Rows in Airtable.",
		apiUrl: `${scene.url}/v0/`,
		siteUrl: "https://airtable.com/",
		contentUrl: scene.url,
		auth: { kind: "account", oauthUrl: scene.url, client: { clientId: "sheaf", clientSecret: "scene-secret" } },
	});
	const http = createGuardedHttp({ allowedOrigins: [scene.url], maxBytes: 500_000 });
	const call = (token = sceneToken) => ({ credential: { token }, http, signal: new AbortController().signal });
	return {
		scene,
		connector,
		call,
		target: async () => {
			const found = await connector.discover(call());
			const table = found.kind === "ok" ? found.value.find(({ id }) => id === "tblEverything0000") : undefined;
			if (table === undefined) throw new Error("Discovery did not find the table.");
			return {
				containerId: table.container.id,
				tableId: table.id,
				matchKey: ["fldKey00000000000"],
				columns: table.fields,
			};
		},
	};
}
