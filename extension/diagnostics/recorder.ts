import type { DiagnosticContext } from "../../backend/contract/diagnostics.ts";
import { type Entry, entryOf } from "./entry.ts";
import type { Note } from "./note.ts";
import type { Ring } from "./ring-database.ts";

export type RecorderDeps = {
	context: DiagnosticContext;
	/** Who is here, null for the guest; asked at every note, so it should know by heart. */
	owner: () => Promise<string | null>;
	/** The same, asked of the storage. */
	ownerNow: () => Promise<string | null>;
	open: (owner: string | null) => Promise<Ring>;
	/** Calls later, and never at once: a note is taken in the middle of a gesture. */
	later: (work: () => void, delayMs: number) => void;
};

export type Recorder = {
	take(note: Note): void;
	/** Writes what waits. Never rejects: diagnostics must not be one more thing that breaks. */
	write(): Promise<void>;
};

/**
 * Entries of one batch cost one transaction. Short against the 30 s after which an idle worker is stopped; and a popup is closed as soon as
 * it has said that something is saved.
 */
const gatherMs = { background: 500, popup: 30, panel: 100, options: 100 } as const satisfies Record<
	DiagnosticContext,
	number
>;
/** After the disk refused: what waits is bounded, and nothing is gained by asking a full disk at once. */
const restMs = 30_000;
const maxWaiting = 500;

/** Whose entry it is could not be read: no person has this id, so nobody gets it. */
const nobody = "";

type Waiting = { entry: Entry; owner: Promise<string | null> };

/** Gathers notes and writes them into the ring of whoever was here when they were taken. */
export function createRecorder(deps: RecorderDeps): Recorder {
	let waiting: Waiting[] = [];
	let lost = 0;
	let dueIn: number | null = null;
	let writing: Promise<void> = Promise.resolve();
	const ring = keptRing(deps);

	const write = () => {
		writing = writing.then(writeAll);
		return writing;
	};
	const writeIn = (delayMs: number) => {
		if (dueIn !== null && dueIn <= delayMs) return;
		dueIn = delayMs;
		deps.later(() => {
			dueIn = null;
			void write();
		}, delayMs);
	};
	const push = (more: readonly Waiting[], where: "front" | "back") => {
		waiting = where === "back" ? [...waiting, ...more] : [...more, ...waiting];
		lost += Math.max(0, waiting.length - maxWaiting);
		waiting = waiting.slice(-maxWaiting);
	};
	const take = (note: Note) => {
		const entry = entryOf(note, deps.context);
		if (entry === null) return;
		push([{ entry, owner: deps.owner().catch(() => nobody) }], "back");
		writeIn(entry.level === "error" ? 0 : gatherMs[deps.context]);
	};
	const writeAll = async () => {
		const left = byOwner(waiting.splice(0));
		try {
			const here = await deps.ownerNow();
			for (const [owner, batch] of await left) {
				// Whoever has left since has no ring any more, and none may be made for them.
				if (owner === null || owner === here) {
					const told = lost > 0 && owner === here ? [lostEntry(lost, deps.context)] : [];
					await (await ring.of(owner)).append([...told, ...batch.map(({ entry }) => entry)]);
					lost = told.length > 0 ? 0 : lost;
				}
				(await left).delete(owner);
			}
		} catch {
			ring.letGo();
			push([...(await left).values()].flat(), "front");
			writeIn(restMs);
		}
	};
	return { take, write };
}

/** So many entries were not kept, or not taken by the server. */
export function lostEntry(entries: number, context: DiagnosticContext): Entry {
	return { at: Date.now(), level: "warn", context, event: "diagnostics.lost", attributes: { entries } };
}

async function byOwner(batch: readonly Waiting[]): Promise<Map<string | null, Waiting[]>> {
	const groups = new Map<string | null, Waiting[]>();
	for (const one of batch) {
		const owner = await one.owner;
		groups.set(owner, [...(groups.get(owner) ?? []), one]);
	}
	return groups;
}

/** The ring of one person at a time stays open. */
function keptRing({ open }: Pick<RecorderDeps, "open">) {
	let kept: { owner: string | null; ring: Promise<Ring> } | null = null;
	const letGo = () => {
		kept?.ring.then((ring) => ring.close()).catch(() => undefined);
		kept = null;
	};
	const of = (owner: string | null): Promise<Ring> => {
		if (kept?.owner !== owner) {
			letGo();
			kept = { owner, ring: open(owner) };
		}
		return (kept ?? { ring: open(owner) }).ring;
	};
	return { of, letGo };
}
