import { ask, makePerson } from "../api/testing/test-person.ts";
import type { RecordPutOperation } from "../contract/writes.ts";
import { testPut } from "../records/test-operations.ts";
import type { Ground } from "./test-ground.ts";

/** Somebody who saves all the while, as an extension does: what is not answered goes again under its own id, elsewhere. */
export type Saver = {
	workspaceId: string;
	/** The base that only this person's account opens. */
	baseId: string;
	/** The newest operation the backend said it stored, by the address of its page. */
	stored: Map<string, RecordPutOperation>;
	/** How many operations were answered as stored, however often they were sent. */
	operations: number;
	/** Records that no table can take (no match key). */
	poisoned: string[];
	/** What became of the same record and version with other content, where it was not refused (I2). */
	merged: string[];
	save(): Promise<void>;
};

const batchSize = 10;
const fields = [{ name: "Name", type: "singleLineText" } as const, { name: "URL", type: "url" } as const];

/** @param refused the account's token is taken back at once, so that nothing of this person's can be delivered */
export async function makeSaver(ground: Ground, index: number, { refused = false } = {}): Promise<Saver> {
	const [baseId, token] = [`appCrowd${String(index).padStart(9, "0")}`, `patCrowd${index}.token`];
	ground.airtable.control.addBase({ id: baseId, name: `Base ${index}`, tables: [{ name: "Pages", fields }] });
	ground.airtable.control.addToken({ token, bases: [baseId] });
	const person = await makePerson(ground.url);
	const tokens = await person.tokens();
	const bearer: Bearer = {
		token: tokens.access_token,
		renew: () => person.token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token }),
	};
	const post = async (path: string, body: unknown) => {
		const init = { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
		const answer = await ask(`${ground.url}/api/v1${path}`, bearer.token, init);
		return (await answer.json()) as { id: string };
	};
	const connection = await post("/connections", { provider: "airtable", credential: { token } });
	const { id: targetId } = await post("/targets", {
		name: "Pages",
		connectionId: connection.id,
		tableId: ground.airtable.control.table(baseId, "Pages").id,
		mapping: [
			{ from: "title", to: "Name" },
			{ from: "url", to: "URL" },
		],
		matchKey: ["url"],
		frequency: "on_capture",
		conflictPolicy: "overwrite",
	});
	if (refused) ground.airtable.control.revokeToken(token);
	const [target] = await ground.admin<{ workspaceId: string }[]>`
		select workspace_id as "workspaceId" from sheaf.targets where id = ${targetId}`;
	const saver: Saver = {
		workspaceId: target?.workspaceId ?? "",
		baseId,
		stored: new Map(),
		operations: 0,
		poisoned: [],
		merged: [],
		save: async () => {
			const operations = nextBatch(saver, targetId);
			const answered = await sendUntilAnswered(ground, bearer, operations);
			for (const [at, operation] of operations.entries()) note(saver, operation, answered[at]);
			const [other] = await sendUntilAnswered(ground, bearer, otherContent(operations));
			if (other?.error?.code !== "writes/version-conflict") saver.merged.push(JSON.stringify(other));
		},
	};
	return saver;
}

/** New pages, a second version of one saved before, and something that no table takes. */
function nextBatch(saver: Saver, targetId: string): RecordPutOperation[] {
	const [before] = saver.stored.values();
	const fresh = Array.from({ length: batchSize - 2 }, () => testPut({ targetId, title: "first" }));
	const poison = testPut({ targetId, url: " " });
	saver.poisoned.push(poison.record.id);
	if (before === undefined) return [...fresh, poison];
	const { id: recordId, version, source } = before.record;
	const edit = testPut({ recordId, version: version + 1, targetId, url: source.url, title: `edit ${version + 1}` });
	return [...fresh, edit, poison];
}

/** One of the records once more, in the same version, saying something else. */
function otherContent([first]: readonly RecordPutOperation[]): RecordPutOperation[] {
	if (first === undefined) return [];
	const { id: recordId, version, source } = first.record;
	return [testPut({ recordId, version, targetId: first.targetId, url: source.url, title: "never to be seen" })];
}

/** The access token lives for five minutes, which a long run outlives. */
type Bearer = { token: string; renew(): Promise<Response> };

type Result = { id: string; status: string; error?: { code: string } };

/** I7: whoever was not answered knows nothing, and asks again with the same ids, at the next process. */
async function sendUntilAnswered(ground: Ground, bearer: Bearer, operations: readonly unknown[]): Promise<Result[]> {
	for (let attempt = 0; ; attempt += 1) {
		const apis = ground.apis();
		const url = `${apis[attempt % apis.length]}/api/v1/writes/batch`;
		const init = {
			method: "POST",
			body: JSON.stringify({ operations }),
			headers: { "content-type": "application/json" },
		};
		try {
			const answer = await ask(url, bearer.token, init);
			if (answer.ok) return ((await answer.json()) as { results: Result[] }).results;
			if (answer.status === 401) {
				const renewed = await bearer.renew();
				if (renewed.ok) bearer.token = ((await renewed.json()) as { access_token: string }).access_token;
			}
		} catch {
			// Killed in mid-answer, or not there yet: the next one is asked.
		}
		await Bun.sleep(20);
	}
}

function note(saver: Saver, operation: RecordPutOperation, result: Result | undefined): void {
	if (result?.id !== operation.id || (result.status !== "stored" && result.status !== "duplicate")) {
		throw new Error(`A record was not taken: ${JSON.stringify(result)}`);
	}
	saver.operations += 1;
	if (!saver.poisoned.includes(operation.record.id)) saver.stored.set(operation.record.source.url, operation);
}
