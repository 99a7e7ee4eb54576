import { testPut } from "../../records/test-operations.ts";
import { together } from "../oauth/probes/test-probe.ts";
import { comparedWith, idOf, said, type TenancyGroup, type TenancyProbe, watching } from "./test-tenancy-world.ts";

type RecordPage = { records: { id: string }[]; nextCursor: string | null };

/** Several requests that each carry one id of the victim's, from the attacker, and whether anything came of it. */
function byIds(
	name: string,
	tries: string,
	about: { resource: string; promised: string; requests: (id: string) => readonly [string, string, object?][] },
): TenancyProbe {
	return {
		name,
		tries,
		promised: `${about.promised}, like what is not there; theirs unchanged`,
		attack: (world) =>
			watching(world, world.victim, async () => {
				const id = idOf(world.victim.ids, about.resource);
				const answers: string[] = [];
				for (const index of about.requests(id).keys()) {
					const compared = await comparedWith(id, (asked) => {
						const [method = "", path = "", body] = about.requests(asked)[index] ?? [];
						return world.attacker.send(method, path, body);
					});
					answers.push(compared);
				}
				return together(answers);
			}),
	};
}

const inAddresses: readonly TenancyProbe[] = [
	byIds("record by its id", "reads somebody else's record, or makes it go out again", {
		resource: "records",
		promised: "404 records/not-found",
		requests: (id) => [
			["GET", `/records/${id}`],
			["POST", `/records/${id}/retry`],
		],
	}),
	byIds("target by its id", "reads, renames, pauses, empties and deletes somebody else's target", {
		resource: "targets",
		promised: "404 targets/not-found",
		requests: (id) => [
			["GET", `/targets/${id}`],
			["PATCH", `/targets/${id}`, { name: "Mine" }],
			["PATCH", `/targets/${id}`, { paused: true }],
			["POST", `/targets/${id}/runs`],
			["DELETE", `/targets/${id}`],
		],
	}),
	byIds("connection by its id", "looks into, renames, takes over and disconnects somebody else's account", {
		resource: "connections",
		promised: "404 connections/not-found",
		requests: (id) => [
			["GET", `/connections/${id}`],
			["GET", `/connections/${id}/tables`],
			["PATCH", `/connections/${id}`, { name: "Mine" }],
			["PATCH", `/connections/${id}`, { credential: { token: "mine" } }],
			["DELETE", `/connections/${id}`],
			["DELETE", `/connections/${id}?force=true`],
		],
	}),
	byIds("connection under a new target", "writes into somebody else's account through a target of one's own", {
		resource: "connections",
		promised: "404 targets/connection-unknown",
		requests: (connectionId) => {
			const table = { connectionId, tableId: "tbl1" };
			const mapping = [{ from: "title", to: "fld1" }];
			const settings = { name: "T", mapping, matchKey: ["fld1"], frequency: "manual", conflictPolicy: "overwrite" };
			return [
				["POST", "/targets", { ...table, ...settings }],
				["POST", "/targets/suggest", { ...table, fields: [{ name: "title", type: "text" }] }],
			];
		},
	}),
	byIds("workspace by its id", "reads, renames, leaves, gives away and deletes a workspace one is not in", {
		resource: "workspaces",
		promised: "404 workspaces/not-found",
		requests: (id) => [
			["GET", `/workspaces/${id}`],
			["PATCH", `/workspaces/${id}`, { name: "Mine" }],
			["GET", `/workspaces/${id}/members`],
			["GET", `/workspaces/${id}/invites`],
			["POST", `/workspaces/${id}/invites`, { role: "admin" }],
			["POST", `/workspaces/${id}/leave`],
			["POST", `/workspaces/${id}/transfer`, { userId: Bun.randomUUIDv7() }],
			["DELETE", `/workspaces/${id}`, { confirm: "Team" }],
			["POST", "/users/session/workspace", { workspaceId: id }],
		],
	}),
];

const inLists: readonly TenancyProbe[] = [
	{
		name: "member or invitation under one's own workspace",
		tries: "an id of another workspace behind an address that begins with one's own",
		promised:
			"404 workspaces/member-not-found, like what is not there; 404 workspaces/invite-invalid, like what is not there; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { send, workspaceId } = world.attacker;
				const member = idOf(world.victim.ids, "members");
				const invite = idOf(world.victim.ids, "invites");
				return together([
					await comparedWith(member, (id) =>
						send("PATCH", `/workspaces/${workspaceId}/members/${id}`, { role: "viewer" }),
					),
					await comparedWith(member, (id) => send("DELETE", `/workspaces/${workspaceId}/members/${id}`)),
					await comparedWith(member, (userId) => send("POST", `/workspaces/${workspaceId}/transfer`, { userId })),
					await comparedWith(invite, (id) => send("DELETE", `/workspaces/${workspaceId}/invites/${id}`)),
				]);
			}),
	},
	{
		name: "target in a filter",
		tries: "the list of records is narrowed to somebody else's target",
		promised: "200 with 0 records, like what is not there",
		attack: async ({ victim, attacker }) => {
			await victim.send("POST", "/writes/batch", { operations: [testPut({ targetId: idOf(victim.ids, "targets") })] });
			const count = async (targetId: string) => {
				const { status, body } = await attacker.send("GET", `/records?targetId=${targetId}`);
				return `${status} with ${(body as RecordPage).records.length} records`;
			};
			const [theirs, nobodys] = [await count(idOf(victim.ids, "targets")), await count(Bun.randomUUIDv7())];
			return `${theirs}, ${theirs === nobodys ? "like" : "unlike"} what is not there`;
		},
	},
	{
		name: "records in a list of ids",
		tries: "somebody else's ids between one's own",
		promised: "200 with one's own",
		attack: async ({ victim, attacker }) => {
			const ids = [idOf(victim.ids, "records"), idOf(attacker.ids, "records"), Bun.randomUUIDv7()];
			const { status, body } = await attacker.send("GET", `/records?ids=${ids.join(",")}`);
			const found = (body as RecordPage).records.map(({ id }) => id);
			return `${status} with ${found.join() === idOf(attacker.ids, "records") ? "one's own" : found.join()}`;
		},
	},
	{
		name: "page of another tenant",
		tries: "the cursor that somebody else got goes on in their list",
		promised: "200 with 0 of theirs",
		attack: async ({ victim, attacker }) => {
			await victim.send("POST", "/writes/batch", { operations: [testPut(), testPut(), testPut()] });
			const first = (await victim.send("GET", "/records?limit=1")).body as RecordPage;
			const all = (await victim.send("GET", "/records?limit=200")).body as RecordPage;
			const theirs = new Set(all.records.map(({ id }) => id));
			const { status, body } = await attacker.send("GET", `/records?limit=200&cursor=${first.nextCursor}`);
			return `${status} with ${(body as RecordPage).records.filter(({ id }) => theirs.has(id)).length} of theirs`;
		},
	},
	{
		name: "page made up",
		tries: "a cursor with a tenant or with SQL in it",
		promised: "400 request/invalid",
		attack: async ({ victim, attacker }) => {
			const instant = "2026-01-01T00:00:00.000000Z";
			const texts = [
				`${instant}|${idOf(victim.ids, "records")}|${victim.workspaceId}`,
				`${instant}|' or true --`,
				`${instant}') or workspace_id <> sheaf.current_workspace() --|${idOf(victim.ids, "records")}`,
				"",
			];
			const cursors = texts.map((text) => Buffer.from(text).toString("base64url"));
			const answers = cursors.map(async (cursor) => said(await attacker.send("GET", `/records?cursor=${cursor}`)));
			return together(await Promise.all(answers));
		},
	},
];

export const idProbes: TenancyGroup = {
	title: "Ids of another tenant",
	requirement: "TEN-3",
	probes: [...inAddresses, ...inLists],
};
