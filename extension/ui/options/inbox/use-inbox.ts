import { useState } from "preact/hooks";
import { ask } from "../../../messages/ask.ts";
import { uuidV7 } from "../../../outbox/uuid-v7.ts";
import { askFlush } from "../../local/ask-flush.ts";
import { refreshTargets } from "../../local/refresh-targets.ts";
import { type RecordSource, readRecordForm } from "../../record/record-form.ts";
import { inboxWords as words } from "../../words/inbox.ts";
import { type OptionsWorld, useWorld } from "../context.ts";
import { useDoing } from "../use-doing.ts";
import { type HeldRecord, isChanged, putOf } from "./held-record.ts";
import { useHeld } from "./use-held.ts";

/** What waits for review, and what can be done with it. */
export function useInbox() {
	const world = useWorld();
	const list = useHeld();
	const { held } = list;
	const { busy, problem, run } = useDoing();
	const [doing, setDoing] = useState<string | null>(null);
	const runFor = (id: string | null, work: () => Promise<void>) =>
		run(async () => {
			setDoing(id);
			await work();
		});
	const leave = async (ids: readonly string[]) => {
		await list.leave(ids);
		await Promise.allSettled([refreshTargets(), ask("records.refresh", {})]);
	};
	/** What was changed, before it is approved. What cannot be read is marked, and stops everything. */
	const write = async (records: readonly HeldRecord[]): Promise<void> => {
		for (const one of records) {
			const read = readRecordForm(one.form);
			list.change(one.view.id, () => ({ problems: read.ok ? {} : read.problems }));
			if (!read.ok) throw new Error(words.mend);
			if (isChanged(one, read.fields)) await writeOne(world, one, read);
		}
	};
	const approve = (one: HeldRecord) =>
		runFor(one.view.id, async () => {
			await write([one]);
			await world.client.approveRecords({ ids: [one.view.id] });
			await leave([one.view.id]);
		});
	/** Also what is not on this page yet. */
	const approveAll = () =>
		runFor(null, async () => {
			await write(held);
			for (const targetId of targetsOf(world, held)) await world.client.approveRecords({ targetId });
			await leave(held.map(({ view }) => view.id));
		});
	const discard = (one: HeldRecord, title: string) =>
		runFor(one.view.id, async () => {
			const bringBack = await discardOne(world, one);
			const undo = async () => list.bringBack(one, await bringBack());
			world.offerUndo({ words: words.discarded(title), undo });
			await leave([one.view.id]);
		});
	return { ...list, busy, doing: busy ? doing : null, problem, approve, approveAll, discard };
}

function targetsOf({ settings }: OptionsWorld, held: readonly HeldRecord[]): Set<string> {
	const known = settings.targets.filter(({ inReview }) => inReview > 0).map(({ id }) => id);
	return new Set([...known, ...held.flatMap(({ view }) => view.targetId ?? [])]);
}

async function writeOne({ client }: OptionsWorld, one: HeldRecord, read: RecordSource): Promise<void> {
	const [result] = await client.writeBatch([putOf(one, read)]);
	if (result?.status === "rejected") throw new Error(result.error?.message ?? words.mend);
}

/**
 * What this device has too goes by way of its outbox, which else would miss it at the server; the rest at the server itself.
 * @returns what brings it back, and tells its version then
 */
async function discardOne(world: OptionsWorld, one: HeldRecord): Promise<() => Promise<number>> {
	const { client, outbox } = world;
	const { id: recordId, version, fields } = one.view;
	const own = await outbox.get(recordId);
	if (own) {
		await outbox.remove(recordId);
		askFlush();
		return async () => {
			const restored = await outbox.restore({ ...own, fields, version });
			askFlush();
			return restored.version;
		};
	}
	await client.writeBatch([{ id: uuidV7(), kind: "record.delete", recordId, version }]);
	return async () => {
		await writeOne(world, one, one.view);
		return version + 1;
	};
}
