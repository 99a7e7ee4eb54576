import type { Probe, ProbeGroup } from "../oauth/probes/test-probe.ts";
import type { TestBackend } from "../testing/test-backend.ts";
import { type Answer, type Send, sender, type TestMember } from "../testing/test-member.ts";
import { type Ids, makeTwoTenants, rowsOf } from "../testing/test-two-tenants.ts";

export type TenancyProbe = Probe<TenancyWorld>;
export type TenancyGroup = ProbeGroup<TenancyWorld>;

/** Somebody with a shared workspace of theirs, which has a row of everything. */
export type Side = { member: TestMember; workspaceId: string; ids: Ids; token: string; send: Send };

/** Two owners who have nothing to do with one another, and somebody who may look at the first one's workspace. */
export type TenancyWorld = {
	backend: TestBackend;
	victim: Side;
	attacker: Side;
	viewer: Pick<Side, "member" | "token" | "send">;
};

export async function makeTenancyWorld(backend: TestBackend): Promise<TenancyWorld> {
	const { own, foreign, token, foreignToken, viewerToken, people } = await makeTwoTenants(backend);
	const side = (member: TestMember, ids: Ids, shown: string): Side => ({
		member,
		workspaceId: idOf(ids, "workspaces"),
		ids,
		token: shown,
		send: sender(backend.url, shown),
	});
	return {
		backend,
		victim: side(people.owner, own, token),
		attacker: side(people.foreigner, foreign, foreignToken),
		viewer: { member: people.viewer, token: viewerToken, send: sender(backend.url, viewerToken) },
	};
}

export function idOf(ids: Ids, resource: string): string {
	const id = ids[resource];
	if (id === undefined) throw new Error(`test-tenant.ts fills no ${resource}.`);
	return id;
}

/** `404 records/not-found`, or `200`. */
export function said({ status, code }: Answer): string {
	return code === null ? String(status) : `${status} ${code}`;
}

/** What is answered about the victim's, and whether the same is answered about what is not there: status, code and every word. */
export async function comparedWith(id: string, send: (id: string) => Promise<Answer>): Promise<string> {
	const absent = Bun.randomUUIDv7();
	const [theirs, nobodys] = [await send(id), await send(absent)];
	const text = (answer: Answer, asked: string) => JSON.stringify(answer.body).replaceAll(asked, "the id");
	const alike = theirs.status === nobodys.status && text(theirs, id) === text(nobodys, absent);
	return `${said(theirs)}, ${alike ? "like" : "unlike"} what is not there`;
}

/** `stored`, or `rejected writes/target-unknown`: what became of one operation. */
export async function writeOne(send: Send, operation: object): Promise<string> {
	const answer = await send("POST", "/writes/batch", { operations: [operation] });
	const { results = [] } = answer.body as { results?: { status: string; error?: { code: string } }[] };
	const [result] = results;
	if (!result) return said(answer);
	return result.error ? `${result.status} ${result.error.code}` : result.status;
}

/** What was answered, and whether any row of the side's workspace is another one afterwards. */
export async function watching(
	{ backend }: TenancyWorld,
	{ token }: Side,
	work: () => Promise<string>,
): Promise<string> {
	const before = await rowsOf(backend, token);
	const answer = await work();
	const same = JSON.stringify(before) === JSON.stringify(await rowsOf(backend, token));
	return `${answer}; theirs ${same ? "unchanged" : "changed"}`;
}

/** How many of a side's ids a text holds. */
export function idsIn(text: string, { ids }: Side): number {
	return Object.values(ids).filter((id) => text.includes(id)).length;
}
