import type { Principal } from "../../../backend/db/principal.ts";
import { getRecord, listRecords } from "../../../backend/records/list-records.ts";
import { ownerOf, type Pick, recordIdOf, resolve } from "./population.ts";
import type { Side } from "./side.ts";

/** What a tenant asks for, by the function that answers over HTTP. */
export type Read = {
	name: string;
	ask(side: Side, principal: Principal, at: { workspace: number; number: number }): Promise<number>;
	/** How many records come back. */
	answers: number;
};

const pollSize = 40;

export const reads: readonly Read[] = [
	{
		name: "a page of the newest",
		answers: 50,
		ask: async (side, principal) => (await listRecords(side, principal, {})).records.length,
	},
	{
		name: "one record by id",
		answers: 1,
		ask: async (side, principal, { workspace, number }) => {
			await getRecord(side, principal, recordIdOf(workspace, number));
			return 1;
		},
	},
	{
		name: `a status poll for ${pollSize} ids`,
		answers: pollSize,
		ask: async (side, principal, { workspace, number }) => {
			const ids = Array.from({ length: pollSize }, (_, index) => recordIdOf(workspace, number + index)).join(",");
			return (await listRecords(side, principal, { ids, limit: pollSize })).records.length;
		},
	},
];

/** @returns milliseconds, of the whole transaction as the API runs it */
export async function timeRead(read: Read, side: Side, pick: Pick): Promise<number> {
	const at = resolve(side.population, pick);
	const principal = ownerOf(at.workspace);
	const start = performance.now();
	const answered = await read.ask(side, principal, at);
	const took = performance.now() - start;
	if (answered !== read.answers) throw new Error(`${read.name} answered ${answered} records on ${side.name}.`);
	return took;
}
