import type { Sql, TransactionSql } from "postgres";

/** What the driver says when the connection under a statement has ended. */
const endedCodes = new Set(["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "ECONNRESET", "EPIPE"]);

/**
 * One transaction of a pool, whose `sql` is of no use once it is over.
 *
 * postgres.js binds a transaction to its connection object and not to the session behind it: when the session ends, `begin` rejects, the object
 * connects anew and serves whoever comes next, and work that is still going on would put its statements, and then its ROLLBACK or COMMIT,
 * into their transaction, under their tenant's settings (TEN-1). So statements are refused after the end, and the driver is told of no outcome.
 */
export async function inTransaction<Result>(
	pool: Sql,
	work: (sql: TransactionSql) => Promise<Result>,
): Promise<Result> {
	let over = false;
	const lost = Promise.withResolvers<never>();
	const begun = pool.begin(async (sql) => {
		// Wrapped, because postgres.js awaits arrays of queries that a transaction returns.
		const done = work(whileOpen(sql, () => over)).then((value) => ({ value }));
		const error: unknown = await done.then(
			() => null,
			(thrown: unknown) => thrown,
		);
		if (isConnectionEnd(error)) {
			over = true;
			lost.reject(error);
		}
		// Nobody waits for the driver's transaction any more, and it stays where it is: before its COMMIT or ROLLBACK.
		return over ? await new Promise<never>(() => undefined) : await done;
	});
	try {
		return (await Promise.race([begun, lost.promise])).value;
	} finally {
		over = true;
		// Whichever was slower has been told of by the other.
		begun.catch(() => undefined);
	}
}

function isConnectionEnd(error: unknown): boolean {
	if (typeof error !== "object" || error === null) return false;
	if ("severity" in error && (error.severity === "FATAL" || error.severity === "PANIC")) return true;
	return "code" in error && typeof error.code === "string" && endedCodes.has(error.code);
}

function whileOpen(sql: TransactionSql, isOver: () => boolean): TransactionSql {
	const refuse = () => {
		if (!isOver()) return;
		const message = "This transaction is over: its connection ended, or its work went on after it.";
		throw Object.assign(new Error(message), { code: "CONNECTION_CLOSED" });
	};
	return new Proxy(sql, {
		apply: (target, self, given) => {
			refuse();
			return Reflect.apply(target, self, given);
		},
		get: (target, name) => {
			refuse();
			return Reflect.get(target, name);
		},
	});
}
