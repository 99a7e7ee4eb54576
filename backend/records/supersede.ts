/** A record of a target that has a match key. */
export type Member = {
	id: string;
	targetId: string;
	matchKey: string;
	capturedAtMs: number;
};

export type StoredMember = Member & { supersededBy: string | null };

export type Standing = {
	/** Batch record → the newer record that stands for its row; those that stand themselves are not in it. */
	supersededBy: Map<string, string>;
	/** Stored records, not of the batch, whose `supersededBy` is no longer right. */
	repointed: { id: string; supersededBy: string | null }[];
	/** Stored records, not of the batch, that now stand for a record of the batch: they have to go out (again). */
	headsToSend: string[];
};

/**
 * Says which record stands for each row (OUT-5): of all records of a target with one match key the one captured last, ids
 * deciding between equals. The others keep their data and are folded under it when it is delivered. Pure.
 *
 * @param batch records as they are after the batch
 * @param stored every other stored record of the match keys that the batch touches: those it arrives in and those it leaves
 */
export function standing(batch: readonly Member[], stored: readonly StoredMember[]): Standing {
	const heads = new Map<string, Member>();
	for (const member of [...batch, ...stored]) {
		const head = heads.get(groupOf(member));
		if (head === undefined || isNewer(member, head)) heads.set(groupOf(member), member);
	}
	const headOf = (member: Member): string | null => {
		const head = heads.get(groupOf(member));
		return head === undefined || head.id === member.id ? null : head.id;
	};
	const result: Standing = { supersededBy: new Map(), repointed: [], headsToSend: [] };
	const storedIds = new Set(stored.map(({ id }) => id));
	const toSend = new Set<string>();
	for (const member of batch) {
		const headId = headOf(member);
		if (headId === null) continue;
		result.supersededBy.set(member.id, headId);
		if (storedIds.has(headId)) toSend.add(headId);
	}
	for (const member of stored) {
		const headId = headOf(member);
		if (headId !== member.supersededBy) result.repointed.push({ id: member.id, supersededBy: headId });
	}
	result.headsToSend = [...toSend];
	return result;
}

/** Ids are UUIDs, whose text order is their order in the database too. */
export function isNewer(a: Pick<Member, "id" | "capturedAtMs">, b: Pick<Member, "id" | "capturedAtMs">): boolean {
	return a.capturedAtMs === b.capturedAtMs ? a.id > b.id : a.capturedAtMs > b.capturedAtMs;
}

/** Target ids have a fixed length, so that the two parts cannot be mistaken for another pair. */
export function groupOf({ targetId, matchKey }: Pick<Member, "targetId" | "matchKey">): string {
	return targetId + matchKey;
}
