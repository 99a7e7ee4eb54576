import type { Table } from "../../contract/connections.ts";
import type { Connector, ConnectorCall, PushTarget } from "../connector.ts";
import { createGuardedHttp } from "../http.ts";
import { createNotionConnector } from "./index.ts";
import { openScene, sceneToken, tableId } from "./simulator/test-scene.ts";
import type { NotionSimulator } from "./simulator.ts";

/** A connector in front of a simulator with every property type; shared by this folder's tests. */
export type TestConnector = {
	scene: NotionSimulator;
	connector: Connector;
	call(token?: string): ConnectorCall;
	table(): Promise<Table>;
	/** The table with every property, matched on its address. */
	target(): Promise<PushTarget>;
};

export async function openConnector(): Promise<TestConnector> {
	const scene = await openScene();
	const connector = createNotionConnector({ apiUrl: `${scene.url}/v1/`, client: null, webhookSecret: null });
	const http = createGuardedHttp({ allowedOrigins: [scene.url] });
	const call = (token = sceneToken) => ({ credential: { token }, http, signal: new AbortController().signal });
	const table = async (): Promise<Table> => {
		const found = await connector.discover(call());
		const wanted = found.kind === "ok" ? found.value.find(({ id }) => id === tableId) : undefined;
		if (wanted === undefined) throw new Error("Discovery did not find the table.");
		return wanted;
	};
	return {
		scene,
		connector,
		call,
		table,
		target: async () => {
			const { id, container, fields } = await table();
			const columns = fields.filter((field) => field.writable);
			return { containerId: container.id, tableId: id, matchKey: ["lnk1"], columns };
		},
	};
}
