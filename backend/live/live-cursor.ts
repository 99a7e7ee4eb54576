/**
 * How far a reader has come. `seen` is the snapshot of the last look that was read to its end. While a look is read in parts, `upTo` is its own
 * snapshot and `after` the last change that was told of it.
 */
export type LiveCursor = {
	workspaceId: string;
	/** The cluster and its timeline: transaction ids of another one mean something else. */
	life: string;
	/** When it was made, in milliseconds since the epoch. */
	at: number;
	/** As PostgreSQL writes a `pg_snapshot`. */
	seen: string;
	part: { upTo: string; after: ChangeKey } | null;
};

export type ChangeKey = { changedBy: string; subject: string; subjectId: string };

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const snapshot = "\\d{1,20}:\\d{1,20}:[\\d,]{0,3000}";
const shape = new RegExp(
	`^(${uuid})\\|(\\d{1,20}/\\d{1,10})\\|(\\d{1,15})\\|(${snapshot})(?:\\|(${snapshot})\\|(\\d{1,20})\\|([a-z_]{1,40})\\|(${uuid}))?$`,
);

/** Opaque to clients, so that what it holds may change. */
export function writeCursor({ workspaceId, life, at, seen, part }: LiveCursor): string {
	const rest = part === null ? [] : [part.upTo, part.after.changedBy, part.after.subject, part.after.subjectId];
	return Buffer.from([workspaceId, life, at, seen, ...rest].join("|")).toString("base64url");
}

/** @returns null for what `writeCursor` did not write. Whether the snapshots in it are any is for PostgreSQL to say. */
export function readCursor(text: string): LiveCursor | null {
	const found = shape.exec(Buffer.from(text, "base64url").toString());
	if (found === null) return null;
	const [, workspaceId = "", life = "", at = "", seen = "", upTo, changedBy = "", subject = "", subjectId = ""] = found;
	const part = upTo === undefined ? null : { upTo, after: { changedBy, subject, subjectId } };
	return { workspaceId, life, at: Number(at), seen, part };
}
