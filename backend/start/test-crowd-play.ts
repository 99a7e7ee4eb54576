import type { Crowd } from "./test-crowd.ts";
import { makeSaver, type Saver } from "./test-crowd-load.ts";
import { brokenPromises, untilSettled } from "./test-crowd-promises.ts";
import type { Ground } from "./test-ground.ts";
import { until } from "./test-process.ts";

/** Enough for a provider to be busy at every strike, and little enough for it to be done soon after the last. */
const mostWaiting = 60;

export type Played = { broken: string[]; kills: number; records: number };

/**
 * People save all the while, one of them with an account that was taken back. Whenever `batchesBetween` batches more were
 * stored and something is on its way to a provider, one API process and one worker are killed. In the end the promises are counted out.
 */
export async function playCrowd(
	crowd: Crowd,
	{ people, strikes, batchesBetween }: { people: number; strikes: number; batchesBetween: number },
): Promise<Played> {
	const savers: Saver[] = [];
	for (let index = 0; index < people; index += 1) {
		savers.push(await makeSaver(crowd, index, { refused: index === people - 1 }));
	}
	const over = new AbortController();
	let batches = 0;
	const saving = savers.map(async (saver) => {
		while (!over.signal.aborted) {
			await until(async () => over.signal.aborted || (await waiting(crowd, saver)) < mostWaiting);
			await saver.save();
			batches += 1;
		}
	});
	let kills = 0;
	const striking = async () => {
		for (let strike = 1; strike <= strikes; strike += 1) {
			await until(async () => batches >= strike * batchesBetween && (await isDelivering(crowd)));
			await Promise.all([crowd.kill("api"), crowd.kill("worker")]);
			kills += 2;
		}
	};
	await striking().finally(() => {
		over.abort();
	});
	await Promise.all(saving);
	await crowd.whole();
	await untilSettled(crowd, savers);
	const records = savers.reduce((sum, { stored, poisoned }) => sum + stored.size + poisoned.length, 0);
	return { broken: await brokenPromises(crowd, savers), kills, records };
}

/** How many of somebody's records are not where they go yet. */
export async function waiting({ admin }: Ground, { workspaceId }: Saver): Promise<number> {
	const [row] = await admin<{ waiting: number }[]>`
		select count(*)::integer as waiting from sheaf.deliveries
		where workspace_id = ${workspaceId} and state in ('pending', 'delivering')`;
	return row?.waiting ?? 0;
}

async function isDelivering(crowd: Crowd): Promise<boolean> {
	const rows =
		await crowd.admin`select 1 from sheaf.deliveries where state = 'delivering' and lease_until > now() limit 1`;
	return rows.length > 0;
}
