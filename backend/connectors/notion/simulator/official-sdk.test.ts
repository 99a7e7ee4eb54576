import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { APIErrorCode, Client, collectPaginatedAPI, isFullDataSource, isFullPage } from "@notionhq/client";
import type { NotionSimulator } from "../simulator.ts";
import { databaseId, openScene, sceneToken, tableId } from "./test-scene.ts";

/**
 * Notion's own client, with its own `fetch`, against the simulator: where the two disagree, the simulator is wrong. What the client
 * reads or expects (versions, names, envelopes, page ends) cannot quietly drift from the service it was written for.
 */
let scene: NotionSimulator;
let client: Client;
beforeAll(async () => {
	scene = await openScene();
	client = new Client({ auth: sceneToken, baseUrl: scene.url, logger: () => {} });
});
afterAll(() => scene.stop());

const as = (auth: string) => new Client({ auth, baseUrl: scene.url, logger: () => {} });
const failureOf = (work: Promise<unknown>) =>
	work.then(
		() => null,
		(error: unknown) => error,
	);
const parent = { type: "data_source_id" as const, data_source_id: tableId };

describe("CON-4: the official client finds its service", () => {
	test("speaks the version it speaks by itself, and knows who it is", async () => {
		expect(await client.users.me({})).toMatchObject({ type: "bot", bot: { workspace_name: "Acme" } });
	});

	test("finds the data source, its database and its properties", async () => {
		const { results } = await client.search({ filter: { property: "object", value: "data_source" } });
		expect(results.filter(isFullDataSource).map(({ id }) => id)).toEqual([tableId]);
		const database = await client.databases.retrieve({ database_id: databaseId });
		expect(database).toMatchObject({ data_sources: [{ id: tableId }] });
		const source = await client.dataSources.retrieve({ data_source_id: tableId });
		expect(source.properties.Name).toMatchObject({ id: "title", type: "title" });
	});

	test("makes, reads, updates and trashes a page with blocks", async () => {
		const page = await client.pages.create({
			parent,
			properties: { Name: { title: [{ text: { content: "SDK" } }] }, Link: { url: "https://sdk.test/" } },
			children: [{ paragraph: { rich_text: [{ text: { content: "note" } }] }, type: "paragraph" }],
		});
		const read = await client.pages.retrieve({ page_id: page.id });
		expect(isFullPage(read) ? read.properties.Link : null).toMatchObject({ url: "https://sdk.test/" });
		await client.blocks.children.append({ block_id: page.id, children: [{ divider: {}, type: "divider" }] });
		const { results } = await client.blocks.children.list({ block_id: page.id });
		expect(results).toMatchObject([{ type: "paragraph" }, { type: "divider" }]);
		await client.pages.update({ page_id: page.id, properties: { Count: { number: 4 } } });
		expect(await client.pages.update({ page_id: page.id, in_trash: true })).toMatchObject({ in_trash: true });
	});

	test("pages through a query", async () => {
		for (let index = 0; index < 5; index += 1) {
			await client.pages.create({ parent, properties: { Count: { number: index } } });
		}
		const query = (args: { data_source_id: string; start_cursor?: string | null; page_size?: number }) =>
			client.dataSources.query(args);
		const all = await collectPaginatedAPI(query, { data_source_id: tableId, page_size: 2 });
		expect(all).toHaveLength(5);
	});

	test("sends a file", async () => {
		const made = await client.fileUploads.create({
			mode: "single_part",
			filename: "a.txt",
			content_type: "text/plain",
		});
		const data = new Blob(["hello"], { type: "text/plain" });
		const sent = await client.fileUploads.send({ file_upload_id: made.id, file: { filename: "a.txt", data } });
		expect(sent.status).toBe("uploaded");
	});

	test("knows the errors by their codes", async () => {
		expect(await failureOf(as("ntn_wrong").users.me({}))).toMatchObject({
			code: APIErrorCode.Unauthorized,
			status: 401,
		});
		const missing = client.pages.retrieve({ page_id: crypto.randomUUID() });
		expect(await failureOf(missing)).toMatchObject({ code: APIErrorCode.ObjectNotFound });
		const wrong = client.pages.create({ parent, properties: { Link: { url: "" } } });
		expect(await failureOf(wrong)).toMatchObject({ code: APIErrorCode.ValidationError });
		const older = new Client({ auth: sceneToken, baseUrl: scene.url, notionVersion: "2022-06-28", logger: () => {} });
		expect(await failureOf(older.users.me({}))).toMatchObject({ code: APIErrorCode.InvalidRequestURL });
	});

	test("SYNC-4: is told when it is too fast, and for how long", async () => {
		scene.control.set({ requestsPerMinute: 0 });
		const patient = new Client({ auth: sceneToken, baseUrl: scene.url, retry: false, logger: () => {} });
		expect(await failureOf(patient.users.me({}))).toMatchObject({
			code: APIErrorCode.RateLimited,
			additional_data: { rate_limit_reason: "public_api_request_rate_limit" },
		});
		scene.control.set({ requestsPerMinute: null });
	});
});

describe("ACC-1: access by consent", () => {
	const redirectUri = "https://sheaf.test/connections/callback";
	const secrets = { client_id: "client", client_secret: "secret:with colon" };

	async function consent(answer: string): Promise<URL> {
		const query = {
			client_id: "client",
			redirect_uri: redirectUri,
			response_type: "code",
			owner: "user",
			state: "s&1",
		};
		const page = await fetch(`${scene.url}/v1/oauth/authorize?${new URLSearchParams(query).toString()}`);
		expect(await page.text()).toContain("Allow");
		const form = new URLSearchParams({ ...query, database: databaseId, answer });
		const reply = await fetch(`${scene.url}/v1/oauth/authorize`, { method: "POST", body: form, redirect: "manual" });
		return new URL(reply.headers.get("location") ?? "");
	}

	test("a code is good once, a refresh ends the pair before it, and access can be taken back", async () => {
		scene.control.addClient({ clientId: "client", clientSecret: "secret:with colon", redirectUris: [redirectUri] });
		const back = await consent("allow");
		expect(back.searchParams.get("state")).toBe("s&1");
		const exchange = {
			...secrets,
			grant_type: "authorization_code" as const,
			code: back.searchParams.get("code") ?? "",
			redirect_uri: redirectUri,
		};
		const first = await client.oauth.token(exchange);
		expect(first).toMatchObject({ token_type: "bearer", workspace_name: "Acme" });
		expect(await failureOf(client.oauth.token(exchange))).toMatchObject({ status: 400 });
		const renewal = { ...secrets, grant_type: "refresh_token" as const, refresh_token: first.refresh_token ?? "" };
		const second = await client.oauth.token(renewal);
		expect(second.bot_id).toBe(first.bot_id);
		expect(await failureOf(as(first.access_token).users.me({}))).toMatchObject({ status: 401 });
		expect(await client.oauth.introspect({ ...secrets, token: second.access_token })).toMatchObject({ active: true });
		await client.oauth.revoke({ ...secrets, token: second.access_token });
		expect(await failureOf(as(second.access_token).users.me({}))).toMatchObject({ status: 401 });
		const wrong = client.oauth.revoke({ ...secrets, client_secret: "wrong", token: "any" });
		expect(await failureOf(wrong)).toMatchObject({ status: 401 });
	});

	test("who says no sends the person back with the reason", async () => {
		expect((await consent("deny")).searchParams.get("error")).toBe("access_denied");
	});
});
