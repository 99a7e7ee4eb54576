import type { AsService } from "../db/as-service.ts";
import type { WatchPlace } from "./notice-address.ts";

/** In one round; what is left is due in the next. */
const atMost = 50;

/** A container (or, with an empty `containerId`, an account) whose provider could tell of changes and is not asked to yet. */
export type Unwatched = { workspaceId: string; connectionId: string; containerId: string };

/** @param providers by how they are watched; those that cannot be are left out */
export async function findUnwatched(
	asService: AsService,
	{ opened, standing }: { opened: readonly string[]; standing: readonly string[] },
): Promise<Unwatched[]> {
	return await asService("find accounts that are not watched yet", async (sql) => [
		...(await sql<Unwatched[]>`
			select distinct t.workspace_id, t.connection_id, place.container_id
			from sheaf.targets t
			join sheaf.connections c on c.workspace_id = t.workspace_id and c.id = t.connection_id
			cross join lateral (
				select t.container_id where c.provider = any(${[...opened]})
				union all select '' where c.provider = any(${[...standing]})
			) place (container_id)
			where t.status = 'active' and c.status in ('healthy', 'expiring')
				and not exists (
					select from sheaf.watches w
					where w.workspace_id = t.workspace_id and w.connection_id = t.connection_id and w.container_id = place.container_id)
			limit ${atMost}`),
	]);
}

export type DueWatch = WatchPlace & { provider: string };

export async function findDueWatches(asService: AsService): Promise<DueWatch[]> {
	return await asService("find watches whose turn it is", async (sql) => [
		...(await sql<DueWatch[]>`
			select workspace_id, id, provider from sheaf.watches where next_at <= now() order by next_at limit ${atMost}`),
	]);
}

/** Those whose container no target fills any more; where nobody can reach us, all that were opened. */
export async function findForsaken(
	asService: AsService,
	{ opened, reachable }: { opened: readonly string[]; reachable: boolean },
): Promise<DueWatch[]> {
	return await asService("find watches that nobody needs", async (sql) => [
		...(await sql<DueWatch[]>`
			select w.workspace_id, w.id, w.provider from sheaf.watches w
			where w.provider = any(${[...opened]}) and not ${reachable} or not exists (
				select from sheaf.targets t
				where t.workspace_id = w.workspace_id and t.connection_id = w.connection_id and w.container_id in (t.container_id, ''))
			order by w.id limit ${atMost}`),
	]);
}

/** Whose account this is, by what the provider's notices call it. */
export async function findBySubject(
	asService: AsService,
	{ provider, subject }: { provider: string; subject: string },
): Promise<WatchPlace[]> {
	return await asService("find the accounts that a notice is about", async (sql) => [
		...(await sql<WatchPlace[]>`
			select workspace_id, id from sheaf.watches where provider = ${provider} and remote_id = ${subject} and state = 'open'`),
	]);
}
