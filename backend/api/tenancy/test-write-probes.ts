import { testDelete, testPut } from "../../records/test-operations.ts";
import { together } from "../oauth/probes/test-probe.ts";
import { ask } from "../testing/test-person.ts";
import { idOf, said, type TenancyGroup, type TenancyProbe, watching, writeOne } from "./test-tenancy-world.ts";

const probes: readonly TenancyProbe[] = [
	{
		name: "target in a write",
		tries: "a record is sent into somebody else's table",
		promised: "rejected writes/target-unknown, like what is not there; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const write = (targetId: string) => writeOne(world.attacker.send, testPut({ targetId }));
				const [theirs, nobodys] = [await write(idOf(world.victim.ids, "targets")), await write(Bun.randomUUIDv7())];
				return `${theirs}, ${theirs === nobodys ? "like" : "unlike"} what is not there`;
			}),
	},
	{
		name: "record of the same id",
		tries: "a newer version of somebody else's record, to overwrite it or to learn that it is there",
		promised: "stored, as one's own; theirs unchanged",
		attack: async (world) => {
			const put = testPut({ recordId: Bun.randomUUIDv7(), operationId: Bun.randomUUIDv7(), title: "Theirs" });
			const recordId = put.record.id;
			await writeOne(world.victim.send, put);
			return await watching(world, world.victim, async () => {
				const stored = await writeOne(world.attacker.send, testPut({ recordId, version: 9, title: "Mine" }));
				const { body } = await world.attacker.send("GET", `/records/${recordId}`);
				const { version, supersededBy } = body as { version: number; supersededBy: string | null };
				return `${stored}, ${version === 9 && supersededBy === null ? "as one's own" : "mixed with theirs"}`;
			});
		},
	},
	{
		name: "version of the same number",
		tries: "the conflict that one's own record gets would tell that somebody else's is there",
		promised: "stored; the same again in one's own workspace: rejected writes/version-conflict",
		attack: async ({ victim, attacker }) => {
			const recordId = Bun.randomUUIDv7();
			const put = (title: string) => testPut({ operationId: Bun.randomUUIDv7(), recordId, version: 1, title });
			await writeOne(victim.send, put("Theirs"));
			const [first, second] = [await writeOne(attacker.send, put("Mine")), await writeOne(attacker.send, put("Other"))];
			return `${first}; the same again in one's own workspace: ${second}`;
		},
	},
	{
		name: "operation of the same id",
		tries: "an operation's id that somebody else used is refused, or answered as a duplicate",
		promised: "stored",
		attack: async ({ victim, attacker }) => {
			const operationId = Bun.randomUUIDv7();
			await writeOne(victim.send, testPut({ operationId, title: "Theirs" }));
			return await writeOne(attacker.send, testPut({ operationId, title: "Mine" }));
		},
	},
	{
		name: "deletion of another's record",
		tries: "a removal by id, with and without a version",
		promised: "stored, like what is not there; theirs unchanged",
		attack: async (world) => {
			const put = testPut({ recordId: Bun.randomUUIDv7(), operationId: Bun.randomUUIDv7() });
			await writeOne(world.victim.send, put);
			return await watching(world, world.victim, async () => {
				const { send } = world.attacker;
				const remove = async (id: string) =>
					together([
						await writeOne(send, testDelete(id, Bun.randomUUIDv7())),
						await writeOne(send, testDelete(id, Bun.randomUUIDv7(), 9)),
					]);
				const [theirs, nobodys] = [await remove(put.record.id), await remove(Bun.randomUUIDv7())];
				return `${theirs}, ${theirs === nobodys ? "like" : "unlike"} what is not there`;
			});
		},
	},
	{
		name: "row that two tenants have",
		tries: "the same match key in two workspaces: one record takes the other's place",
		promised: "each stands for itself",
		attack: async ({ victim, attacker }) => {
			const title = Bun.randomUUIDv7();
			const ids = [Bun.randomUUIDv7(), Bun.randomUUIDv7()] as const;
			await writeOne(victim.send, testPut({ recordId: ids[0], title, targetId: idOf(victim.ids, "targets") }));
			await writeOne(attacker.send, testPut({ recordId: ids[1], title, targetId: idOf(attacker.ids, "targets") }));
			const views = [await victim.send("GET", `/records/${ids[0]}`), await attacker.send("GET", `/records/${ids[1]}`)];
			const superseded = views.map(({ body }) => (body as { supersededBy: string | null }).supersededBy);
			return superseded.every((id) => id === null) ? "each stands for itself" : superseded.join();
		},
	},
	{
		name: "tenant in a write",
		tries: "a workspace and an owner in the record, the operation, the batch, the address and the headers",
		promised: "stored, in the token's workspace and name; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { attacker, victim, backend } = world;
				const tenant = { workspaceId: victim.workspaceId, ownerId: victim.member.userId };
				const names = { ...tenant, workspace_id: victim.workspaceId, owner_id: victim.member.userId };
				const put = testPut();
				const operation = { ...put, ...names, record: { ...put.record, ...names } };
				const answer = await ask(
					`${backend.url}/api/v1/writes/batch?workspaceId=${victim.workspaceId}`,
					attacker.token,
					{
						method: "POST",
						headers: {
							"content-type": "application/json",
							"x-workspace-id": victim.workspaceId,
							"x-sheaf-actor": victim.member.userId,
						},
						body: JSON.stringify({ ...names, operations: [operation] }),
					},
				);
				const { results } = (await answer.json()) as { results: { status: string }[] };
				const { testDatabase } = backend;
				const principal = { userId: attacker.member.userId, workspaceId: attacker.workspaceId, role: "owner" } as const;
				const [row] = await testDatabase.database.asTenant(
					{ ...principal, sessionId: null, deviceId: null },
					(sql) => sql<{ workspaceId: string; ownerId: string }[]>`
						select workspace_id, owner_id from sheaf.records where id = ${put.record.id}`,
				);
				const own = row?.workspaceId === attacker.workspaceId && row.ownerId === attacker.member.userId;
				return `${results[0]?.status}, ${own ? "in the token's workspace and name" : "elsewhere"}`;
			}),
	},
	{
		name: "tenant in another body",
		tries: "a workspace, an owner, an id or an address where a person, a workspace or settings are made or changed",
		promised: "not read: everything is one's own; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { workspaceId, member } = world.victim;
				const { send, workspaceId: own, member: eve } = world.attacker;
				const theirs = { id: member.userId, userId: member.userId, ownerId: member.userId, workspaceId };
				const made = await send("POST", "/workspaces", { name: "Mine", ...theirs, id: workspaceId });
				const renamed = await send("PATCH", `/workspaces/${own}`, { name: "Mine", ...theirs, id: workspaceId });
				const changed = await send("PATCH", "/users/me", { firstName: "Eve", ...theirs, email: member.person.email });
				await send("PATCH", "/users/me/settings", { settings: { a: 1 }, ...theirs });
				await send("POST", `/workspaces/${own}/invites`, { role: "viewer", ...theirs });
				const user = changed.body as { id: string; email: string };
				const isOwn =
					(made.body as { id: string }).id !== workspaceId &&
					(renamed.body as { id: string }).id === own &&
					user.id === eve.userId &&
					user.email === eve.person.email;
				return isOwn ? "not read: everything is one's own" : "read";
			}),
	},
	{
		name: "tenant in a target",
		tries: "a target is moved to somebody else's workspace, owner or connection when it is changed",
		promised: "200, where it was; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { victim, attacker } = world;
				const path = `/targets/${idOf(attacker.ids, "targets")}`;
				const moved = { workspaceId: victim.workspaceId, ownerId: victim.member.userId };
				const connectionId = idOf(victim.ids, "connections");
				const answer = await attacker.send("PATCH", path, { name: "Mine", connectionId, ...moved });
				const view = (await attacker.send("GET", path)).body as { connectionId: string };
				const own = view.connectionId === idOf(attacker.ids, "connections");
				return `${said(answer)}, ${own ? "where it was" : "elsewhere"}`;
			}),
	},
	{
		name: "viewer's writes",
		tries: "whoever may only look sends records and changes, deletes and runs what is there",
		promised: "403 auth/forbidden; theirs unchanged",
		attack: (world) =>
			watching(world, world.victim, async () => {
				const { send } = world.viewer;
				const { ids, workspaceId } = world.victim;
				const requests: [string, string, object?][] = [
					["POST", "/writes/batch", { operations: [testPut(), testDelete(idOf(ids, "records"))] }],
					["POST", `/records/${idOf(ids, "records")}/retry`],
					["PATCH", `/targets/${idOf(ids, "targets")}`, { paused: true }],
					["POST", `/targets/${idOf(ids, "targets")}/runs`],
					["DELETE", `/targets/${idOf(ids, "targets")}`],
					["PATCH", `/connections/${idOf(ids, "connections")}`, { name: "Mine" }],
					["DELETE", `/connections/${idOf(ids, "connections")}?force=true`],
					["POST", "/connections", { provider: "airtable", credential: { token: "x" } }],
					["PATCH", `/workspaces/${workspaceId}`, { name: "Mine" }],
					["POST", `/workspaces/${workspaceId}/invites`, { role: "admin" }],
					["DELETE", `/workspaces/${workspaceId}/members/${world.victim.member.userId}`],
				];
				const answers: string[] = [];
				for (const [method, path, body] of requests) answers.push(said(await send(method, path, body)));
				return together(answers);
			}),
	},
];

export const writeProbes: TenancyGroup = { title: "Writes that name somebody else", requirement: "TEN-2", probes };
