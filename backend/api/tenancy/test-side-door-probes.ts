import { testPut } from "../../records/test-operations.ts";
import { deliverLane } from "../../sync/deliver-lane.ts";
import { createTestConnector } from "../../sync/test-connector.ts";
import { createTestEngine } from "../../sync/test-engine.ts";
import { apiAnswer, together } from "../oauth/probes/test-probe.ts";
import { ask } from "../testing/test-person.ts";
import { idOf, idsIn, said, type TenancyGroup, type TenancyProbe, watching, writeOne } from "./test-tenancy-world.ts";

/** What somebody would send to a program that puts texts into statements. */
function injections(workspaceId: string): string[] {
	return [
		"' or '1'='1",
		"') or workspace_id <> sheaf.current_workspace() --",
		`'; select set_config('app.workspace_id', '${workspaceId}', false); --`,
		"'; set role sheaf_owner; --",
		"'; reset role; --",
		"$1; copy sheaf.records to stdout; --",
		"\\'; drop table sheaf.records; --",
	];
}

const probes: readonly TenancyProbe[] = [
	{
		name: "SQL in an address",
		tries: "a role or another tenant is set from where an id, a filter or a list of ids is wanted",
		promised: "400 request/invalid; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { send } = world.attacker;
				const paths = injections(world.victim.workspaceId).flatMap((text) => {
					const sql = encodeURIComponent(text);
					return [
						`/records/${sql}`,
						`/targets/${sql}`,
						`/records?targetId=${sql}`,
						`/records?ids=${sql}`,
						`/workspaces/${sql}`,
					];
				});
				const answers: string[] = [];
				for (const path of paths) answers.push(said(await send("GET", path)));
				return together(answers);
			}),
	},
	{
		name: "SQL in what is stored",
		tries: "a role or another tenant is set from a record's fields, a name or settings",
		promised: "stored word for word; 0 of theirs; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { attacker, victim } = world;
				const kept: boolean[] = [];
				for (const text of injections(victim.workspaceId)) {
					const put = testPut({ title: text, operationId: Bun.randomUUIDv7(), recordId: Bun.randomUUIDv7() });
					await writeOne(attacker.send, put);
					await attacker.send("PATCH", "/users/me", { firstName: text });
					await attacker.send("PATCH", `/connections/${idOf(attacker.ids, "connections")}`, { name: text });
					const read = (await attacker.send("GET", `/records/${put.record.id}`)).body as { source?: { title: string } };
					kept.push(read.source?.title === text);
				}
				const lists = await Promise.all(
					["/records?limit=200", "/targets", "/connections"].map((path) => attacker.send("GET", path)),
				);
				// The texts themselves name the victim's workspace.
				const found = idsIn(JSON.stringify(lists.map(({ body }) => body)).replaceAll(victim.workspaceId, ""), victim);
				return `stored ${kept.every(Boolean) ? "word for word" : "otherwise"}; ${found} of theirs`;
			}),
	},
	{
		name: "queue dashboard",
		tries: "an owner opens the page that shows every tenant's jobs, by a token and by the cookie of the sign-in page",
		promised: "by a token: sent to the sign-in page; by the cookie: 404 request/not-found",
		attack: async ({ backend, attacker }) => {
			const { browser } = attacker.member.person;
			const byToken = await ask(`${backend.url}/admin/queues`, attacker.token, { redirect: "manual" });
			const place = byToken.headers.get("location") === "/oauth/sign-in" ? "sent to the sign-in page" : byToken.status;
			const byCookie = await Promise.all(
				["/admin/queues", "/admin/queues/api/queues"].map((path) => browser.get(path)),
			);
			return `by a token: ${place}; by the cookie: ${together(await Promise.all(byCookie.map(apiAnswer)))}`;
		},
	},
	{
		name: "job that names another workspace",
		tries: "a job with one's own workspace and somebody else's lane sends their records, and the other way round",
		promised: "nothing is sent, 2 times; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { victim, attacker, backend } = world;
				const provider = createTestConnector();
				const { connector } = provider;
				const airtable = { ...connector, manifest: { ...connector.manifest, id: "airtable" } };
				const { deps } = createTestEngine(backend.testDatabase, { ...provider, connector: airtable });
				const laneOf = (ids: typeof victim.ids) => `${idOf(ids, "connections")}/app1`;
				const jobs = [
					{ workspaceId: attacker.workspaceId, lane: laneOf(victim.ids) },
					{ workspaceId: victim.workspaceId, lane: laneOf(attacker.ids) },
				];
				for (const job of jobs) await deliverLane(deps, job, new AbortController().signal);
				return `${provider.requests.length === 0 ? "nothing is sent" : "records are sent"}, ${jobs.length} times`;
			}),
	},
	{
		name: "figures and health",
		tries: "what everybody may read names a tenant, a person or a row",
		promised: "0 of theirs",
		attack: async ({ backend, victim }) => {
			const paths = [
				"/metrics",
				"/healthz",
				"/readyz",
				"/openapi.json",
				"/.well-known/oauth-authorization-server",
				"/oauth/jwks",
			];
			const texts = await Promise.all(paths.map(async (path) => await (await fetch(backend.url + path)).text()));
			return `${idsIn(texts.join("\n"), victim)} of theirs`;
		},
	},
];

export const sideDoorProbes: TenancyGroup = { title: "Side doors", requirement: "TEN-3", probes };
